namespace DisclosureCloud.Ledger;

/// <summary>Whether somebody complains, or objects to what a notice announces.</summary>
public enum ComplaintSort
{
    Complaint,

    /// <summary>To a notice, which may still be changed: its period says until when.</summary>
    Objection,
}

/// <summary>What is said to be wrong. A few that a villager tells apart, by which complaints can be counted.</summary>
public enum ComplaintCategory
{
    /// <summary>A figure that is shown is not what was given, paid or built.</summary>
    FalseFigure,
    NotPaid,
    NotBuilt,
    Quality,

    /// <summary>Somebody got what others should have, or too little.</summary>
    UnfairShare,
    NotDisclosed,
    Misuse,
    Other,
}

/// <summary>How far a complaint has come.</summary>
public enum ComplaintState
{
    Received,
    InHand,
    Answered,

    /// <summary>Given to another body, which the answer names.</summary>
    Referred,

    /// <summary>Nothing that this county's disclosure is about; the answer says whose it is.</summary>
    NotOurs,
}

/// <summary>What follows from a state.</summary>
public static class ComplaintStates
{
    /// <summary>True where nothing comes after it.</summary>
    public static bool Closes(this ComplaintState state) => state is ComplaintState.Answered or ComplaintState.Referred or ComplaintState.NotOurs;
}

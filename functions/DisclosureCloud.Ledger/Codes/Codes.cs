namespace DisclosureCloud.Ledger;

/// <summary>The level of government, or the other side, that money came from. An unclear level is never guessed.</summary>
public enum SourceLevel
{
    Central,
    Provincial,
    Municipal,
    County,
    Township,
    CentralAndProvincial,
    HigherUnspecified,

    /// <summary>Aid from elsewhere, donations.</summary>
    Outside,

    /// <summary>Raised by the village or unit.</summary>
    Own,
}

/// <summary>What sort of money it is.</summary>
public enum SourceNature
{
    Earmarked,
    Sector,
    Integrated,
    Bond,
    PairedAid,
    FixedPointAid,
    Donation,
    SelfRaised,
    VillageAward,
    CarriedOver,
    Interest,
}

/// <summary>公示 comes before a decision takes effect; 公告 states what was decided; a document is reproduced.</summary>
public enum NoticeForm
{
    Gongshi,
    Gonggao,
    Document,
}

/// <summary>Whether money goes to works or to a programme (subsidies, training and the like without works).</summary>
public enum ProjectType
{
    Project,
    Programme,
}

/// <summary>What a disbursement is for.</summary>
public enum DisbursementNature
{
    Advance,
    Progress,
    Settlement,
    RetentionRelease,
    HouseholdSubsidy,
    InterestSubsidy,

    /// <summary>Moved, not spent, until the unit's claims are posted.</summary>
    TransferToUnit,
}

/// <summary>How far a project has got.</summary>
public enum ProgressStage
{
    NotStarted,
    Started,
    Completed,
}

public enum AcceptanceResult
{
    Passed,
    PassedWithConditions,
    Failed,
}

/// <summary>The way by which a posting came.</summary>
public enum Channel
{
    Http,
    Import,
    Queue,

    /// <summary>The publisher itself, of its publications.</summary>
    Publisher,
}

/// <summary>The five programmes of the fight against poverty.</summary>
public enum Programme
{
    BasicNeeds,
    Relocation,
    Industry,
    Skills,
    Guarantee,
}

/// <summary>The four categories of a plan.</summary>
public enum PlanCategory
{
    Infrastructure,
    PublicWelfare,
    ProductionDevelopment,
    TrainingAndEducation,
}

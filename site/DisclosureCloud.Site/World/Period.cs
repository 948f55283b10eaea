namespace DisclosureCloud.Site;

/// <summary>The days on which objections to a notice are taken, both included.</summary>
/// <param name="To">Null where it is open for ever.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Period(DateOnly From, DateOnly? To)
{
    public bool IsOpenOn(DateOnly day) => From <= day && (To is null || day <= To);

    /// <summary>The days left, today included; null where it is open for ever.</summary>
    public int? DaysLeft(DateOnly day) => To is { } to ? to.DayNumber - day.DayNumber + 1 : null;
}

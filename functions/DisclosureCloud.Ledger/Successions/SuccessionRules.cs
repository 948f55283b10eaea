namespace DisclosureCloud.Ledger;

/// <summary>The rules of places and departments: each goes on once, as one if renamed or merged, as several if split, never as itself.</summary>
public static class SuccessionRules
{
    public static Rejection? Check(SuccessionState? state, Fact fact, About about) => fact switch
    {
        RegionChange one => Check(state, one.Place.Value, one.Change, [.. one.Successors.Select(code => code.Value)])
            ?? (one.SuccessorNames.Length == one.Successors.Length ? null : new Rejection.NamesDoNotMatch(one.SuccessorNames.Length, one.Successors.Length)),
        UnitChange one => Check(state, one.DepartmentId.Value, one.Change, [.. one.Successors.Select(unit => unit.Value)]) ?? CheckOwn(one.DepartmentId, about),
        Department one => state is { HasSuccessors: true } ? new Rejection.SucceededBefore(one.DepartmentId.Value) : CheckOwn(one.DepartmentId, about) ?? RegisterRules.Check(state, one),
        CreditReport one => CheckReport(one),
        _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of a place or a department."),
    };

    // A department speaks of itself: no other may rename it, or send its readers elsewhere.
    private static Rejection? CheckOwn(DepartmentId unit, About about) =>
        about.Department == unit ? null : new Rejection.OfOtherDepartment(unit, about.Department);

    /// <summary>What becomes of anything that goes on as others.</summary>
    /// <param name="split">True where it goes on as several.</param>
    internal static Rejection? CheckSuccessors(string id, bool split, string[] successors)
    {
        if (successors.Contains(id, StringComparer.Ordinal) || successors.Distinct(StringComparer.Ordinal).Count() != successors.Length)
        {
            return new Rejection.BadSuccessors("It goes on as others, each named once.");
        }

        return split == successors.Length > 1 ? null : new Rejection.BadSuccessors(split ? "A split has several successors." : "It goes on as one.");
    }

    private static Rejection? Check(SuccessionState? state, string id, SuccessionType change, string[] successors) => state is { HasSuccessors: true }
        ? new Rejection.SucceededBefore(id)
        : CheckSuccessors(id, change == SuccessionType.Split, successors);

    private static Rejection? CheckReport(CreditReport report)
    {
        if (report.To < report.From)
        {
            return new Rejection.PeriodEndsBeforeItBegins(report.From, report.To);
        }

        return report.Overdue > report.Outstanding
            ? new Rejection.ExceedsOutstanding(report.Outstanding, report.Overdue, "overdue")
            : Rejection.TooFewHouseholds.Of(report.Households, "households"); // Others may report for a place that holds this one: their difference tells.
    }
}

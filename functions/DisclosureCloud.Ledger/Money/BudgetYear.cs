namespace DisclosureCloud.Ledger;

/// <summary>The year whose budget money belongs to. A fund keeps it for ever.</summary>
public readonly record struct BudgetYear
{
    public const int First = 1990;
    public const int Last = 2100;

    /// <exception cref="ArgumentOutOfRangeException">Before 1990 or after 2100.</exception>
    public BudgetYear(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, First);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Last);
        Value = value;
    }

    public int Value { get; }

    /// <summary>31 December: from then on what is left at the end of the year can be stated.</summary>
    public DateOnly LastDay => new(Value, 12, 31);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The dates that make sense in a posting.</summary>
public static class CivilDate
{
    public static DateOnly First { get; } = new(BudgetYear.First, 1, 1);

    public static DateOnly Last { get; } = new(BudgetYear.Last, 12, 31);
}

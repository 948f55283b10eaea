namespace DisclosureCloud.Ledger;

/// <summary>A whole number of hundredths, from 0 to 100.</summary>
public readonly record struct Percent
{
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 100.</exception>
    public Percent(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
        Value = value;
    }

    public int Value { get; }
}

using System.Runtime.InteropServices;

namespace DisclosureCloud.Ledger;

/// <summary>The budget years in which a code list is in force, both included.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CodeYears(int First, int Last)
{
    /// <summary>The five programmes and the four plan categories.</summary>
    /// <remarks>
    /// From the first budget year of targeted poverty alleviation (2014) to the end of the five years of transition that followed it
    /// (2025). Ours, read from published plans; a deployment that knows better changes it here.
    /// </remarks>
    public static CodeYears PovertyAlleviation { get; } = new(2014, 2025);

    public bool Cover(BudgetYear year) => year.Value >= First && year.Value <= Last;

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{First} to {Last}");
}

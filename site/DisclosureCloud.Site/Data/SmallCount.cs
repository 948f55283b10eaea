using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Counts of persons and households that are too small to be given: with 1 to 9 a neighbour could tell who they are.</summary>
internal static class SmallCount
{
    public const int Least = 10;
    public const string Under = "under-10";

    /// <summary>The number where it may be given: 0, and <see cref="Least"/> or more.</summary>
    public static Cell Shown(Headcount? count) => IsSmall(count) ? Cell.Missing : Cell.Of(count?.Value);

    public static Cell Word(Headcount? count) => IsSmall(count) ? Cell.Of(Under) : Cell.Missing;

    public static bool IsSmall(Headcount? count) => count?.Value is > 0 and < Least;
}

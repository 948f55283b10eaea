using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Counts of persons and households that are too small to be given: with 1 to 9 a neighbour could tell who they are.</summary>
internal static class SmallCount
{
    public const int Least = 10;
    public const string Under = "under-10";

    /// <summary>The number where it may be given: 0, and <see cref="Least"/> or more.</summary>
    public static DataCell Shown(Headcount? count) => IsSmall(count) ? DataCell.Missing : DataCell.Of(count?.Value);

    public static DataCell Word(Headcount? count) => IsSmall(count) ? DataCell.Of(Under) : DataCell.Missing;

    /// <summary>The column that stands beside a count and says where it is too small to be given.</summary>
    public static Column Column(string field, string chinese, string english, Func<Row, Headcount?> value) =>
        Common.Optional($"{field}Suppressed", $"{chinese}:不足{Least}时不列数字", $"{english}: a number under {Least} is not given", row => Word(value(row))) with
        {
            Codes = [Under],
        };

    public static bool IsSmall(Headcount? count) => count?.Value is > 0 and < Least;
}

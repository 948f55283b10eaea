using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>The words for a count that is not given. Which counts are not is decided before: see <c>PublicFact</c>.</summary>
internal static class SmallCount
{
    public const string Under = "under-10";
    public const string NotShown = "not-shown";

    public static string? Word(Headcount? count) => count switch
    {
        { IsSmall: true } => Under,
        { IsCovered: true } => NotShown,
        _ => null,
    };

    /// <summary>The column that stands beside a count and says why no number is given.</summary>
    public static Column Column(string field, string chinese, string english, Func<Row, Headcount?> value) =>
        Common.Optional(
            $"{field}Suppressed",
            $"{chinese}:不足{Headcount.LeastShown}时不列数字(under-10);会让人推算出这种数的,也不列(not-shown)",
            $"{english}: a number under {Headcount.LeastShown} is not given (under-10), and neither is one that would tell such a number (not-shown)",
            row => DataCell.Of(Word(value(row)))) with
        {
            Codes = [Under, NotShown],
        };
}

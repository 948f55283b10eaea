using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Ledger;
using DisclosureCloud.Ledger.Tests;

namespace DisclosureCloud.Functions.Tests.Sheets;

/// <summary>A fact with every field stated, as the cells of a row say it.</summary>
internal static class SampleRow
{
    /// <summary>The day on which the row is read.</summary>
    public static DateOnly Today { get; } = new(2026, 11, 22);

    public static DateOnly Date { get; } = new(2018, 6, 1);

    /// <summary>The kinds that a row can say.</summary>
    public static IEnumerable<KindSchema> Kinds => KindSchema.All.Where(KindColumns.AreOf);

    // The names of a region go with its code.
    public static Fact FactOf(KindSchema kind) => SampleFacts.Of(kind, name => name switch
    {
        "fund-regionNames-1" => "北关区",
        "fund-regionNames-2" => "某村",
        _ => $"文字 {name}",
    });

    /// <summary>What stands in each column of a kind's table; null where the fact does not state it.</summary>
    public static ImmutableArray<(KindColumn Column, string? Text)> Of(Fact fact, int groupCount = 2) =>
        [.. KindColumns.Of(KindSchema.Of(fact), groupCount).Select(column => (column, TextOf(fact, column)))];

    /// <summary>All that a fact states, to be compared.</summary>
    public static IEnumerable<string> Texts(Fact fact) => Of(fact, GroupSchema.CountMax).Where(one => one.Text is not null).Select(one => $"{one.Column.Name}={one.Text}");

    /// <summary>Reads a row's posting and says what it states; fails with the findings.</summary>
    public static IEnumerable<string> Read(byte[] body)
    {
        var findings = new Findings();
        Draft? draft = PostingReader.ReadPosting(body, Today, findings);
        findings.All.ShouldBeEmpty();
        draft!.Date.ShouldBe(Date);
        return Texts(draft.Facts(SampleFacts.Posting).Single());
    }

    private static string? TextOf(Fact fact, KindColumn column)
    {
        KindSchema kind = KindSchema.Of(fact);
        switch (column.Name)
        {
            case KindColumns.KindName:
                return kind.Name;
            case "date":
                return Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case "unit":
                return "fen";
            default:
                FieldSchema field = kind.Fields.Single(one => one.Name == column.Member);
                object? owner = column.Part is null ? fact : field.Values(fact).ElementAtOrDefault(Math.Max(0, column.Number - 1));
                FieldSchema leaf = column.Part is null ? field : field.Group!.Fields.Single(one => one.Name == column.Part);
                string[] texts = owner is null ? [] : [.. leaf.Values(owner).Select(Text)];
                return texts.Length == 0 ? null : string.Join(';', texts);
        }
    }

    private static string Text(object value) => value switch
    {
        Enum code => Code.Text(code),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Money money => money.Fen.ToString(CultureInfo.InvariantCulture),
        Percent percent => percent.Value.ToString(CultureInfo.InvariantCulture),
        BudgetYear year => year.Value.ToString(CultureInfo.InvariantCulture),
        EvidenceFile file => file.Id.Value,
        IForgettable text => text.Plain!,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

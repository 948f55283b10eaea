using System.Collections.Concurrent;
using System.Globalization;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>The rules as tables, a theme a file: every rejection has its row, and beside it the nearest row that is none.</summary>
public sealed class RuleTableTests
{
    private static readonly ConcurrentDictionary<string, Lazy<RuleTable>> Told = new(StringComparer.Ordinal);

    public static TheoryData<string> Tables() =>
    [
        .. typeof(RuleTableTests).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("tables/", StringComparison.Ordinal))
            .Select(name => name["tables/".Length..])
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Rules_AsWritten_SayToEveryRowWhatStandsBesideIt(string table)
    {
        string[] wrong = [.. Run(table).Rows.Where(row => row.Found != row.Wanted).Select(row => $"{row.Line}  <- {row.Found}: {row.Rejection?.Detail}")];

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public void Rejections_OfEveryName_HaveARowAndTheNearestThatIsNone()
    {
        HashSet<Type> raised = [];
        HashSet<Type> shown = [];
        foreach (List<RuleRow> rows in Tables().Select(table => Run(table.Data).Rows))
        {
            foreach (RuleRow row in rows.Where(row => row.Rejection is not null))
            {
                raised.Add(row.Rejection!.GetType());
                if (rows.Any(other => other.Rejection is null && IsNearest(row, other)))
                {
                    shown.Add(row.Rejection.GetType());
                }
            }
        }

        Type[] all = [.. typeof(Rejection).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Rejection)))];
        all.Except(raised).Select(type => type.Name).ShouldBeEmpty("They have no row.");
        all.Except(shown).Select(type => type.Name).ShouldBeEmpty("They have no neighbour that is accepted.");
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Rejections_OfEveryRow_PointToAMemberOfTheBodyThatWasSent(string table)
    {
        string[] wrong =
        [
            .. Run(table).Rows.Where(row => row.Rejection is not null && !row.Sends(row.Rejection.Pointer)).Select(row => $"{row.Line}  <- {row.Rejection!.Pointer}"),
        ];

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Rejections_OfEveryRow_SayWhatWasFoundWhereTheySayWhatWasWanted(string table)
    {
        foreach (RuleRow row in Run(table).Rows.Where(row => row.Rejection is not null))
        {
            Finding finding = row.Rejection!.ToFinding();
            finding.Detail.ShouldNotBeNullOrWhiteSpace(row.Line);
            finding.Code.ShouldMatch("^[a-z]+(-[a-z]+)*$", row.Line);
            (finding.Found is null || finding.Wanted is not null || row.Rejection is Rejection.HasDependents).ShouldBeTrue(row.Line);
        }
    }

    [Fact]
    public void Rejections_WithFigures_SayWhatWasFoundAndWanted()
    {
        Rejection rejection = Run("limits").Rows.Concat(Run("chain").Rows).First(row => row.Found == "rejected exceeds-free").Rejection!;

        rejection.ToFinding().ShouldBe(new Finding(
            "/amount", "exceeds-free", "The fund has 40004.01 CNY free; 40004.02 CNY is more.", "4000402 fen", "at most 4000401 fen"));
    }

    [Fact]
    public void Rejections_OfWhatOthersRestUpon_SayHowMany()
    {
        EntryId[] ids = [.. Enumerable.Range(1, 2).Select(number => EntryId.Of(PostingId.Of(TinyLedger.Finance, "one"), number))];

        new Rejection.HasDependents([ids[0]]).Detail.ShouldBe("1 entry depends on it: amend that one first.");
        new Rejection.HasDependents(ids).Detail.ShouldBe("2 entries depend on it: amend them first.");
    }

    [Fact]
    public void Rejections_OfAFund_NameTheMemberOfTheBodyThatWasSent()
    {
        var rows = Run("chain").Rows.Where(row => row.Found == "rejected fund-exists").ToList();

        rows.Single(row => row.Said[0] == "fund").Rejection!.Pointer.ShouldBe("/fund");
        rows.Single(row => row.Said[0] == "notice").Rejection!.Pointer.ShouldBe("/id");
    }

    // What the rows say is looked at in several ways, and told once.
    private static RuleTable Run(string table) => Told.GetOrAdd(table, name => new Lazy<RuleTable>(() => RunAnew(name))).Value;

    internal static RuleTable RunAnew(string table)
    {
        using Stream stream = typeof(RuleTableTests).Assembly.GetManifestResourceStream($"tables/{table}")!;
        using var reader = new StreamReader(stream);
        return RuleTable.Run(reader.ReadToEnd());
    }

    // The same words, at another moment; or all but one the same; and where that one is a figure, the smallest step away.
    private static bool IsNearest(RuleRow refused, RuleRow taken)
    {
        string[] more = refused.Said.Length >= taken.Said.Length ? refused.Said : taken.Said;
        string[] less = ReferenceEquals(more, refused.Said) ? taken.Said : refused.Said;
        if (more.Length == less.Length)
        {
            int[] other = [.. Enumerable.Range(0, more.Length).Where(i => more[i] != less[i])];
            return other.Length == 0 || (other is [var at] && at > 0 && IsStep(refused.Said[at], taken.Said[at]));
        }

        return more.Length == less.Length + 1 && Enumerable.Range(1, less.Length).Any(at => more.Where((_, i) => i != at).SequenceEqual(less, StringComparer.Ordinal));
    }

    private static bool IsStep(string one, string other) =>
        !Figure(one, out decimal x) || !Figure(other, out decimal y) || Math.Abs(x - y) == (one.Contains("quantity", StringComparison.Ordinal) ? 0.001m : 0.01m);

    private static bool Figure(string word, out decimal figure)
    {
        string text = word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..];
        figure = 0;
        return (text.Contains('.', StringComparison.Ordinal) || word.StartsWith("quantity=", StringComparison.Ordinal))
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out figure);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>Sites as they are really rendered: their tables and figures come to what the leaves come to by other arithmetic.</summary>
public sealed partial class RenderedSiteTests
{
    public static TheoryData<string> Worlds { get; } = ["notices", "money", .. Enumerable.Range(0, 12).Select(seed => $"random {seed}")];

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Verify_OfARenderedWorld_FindsNothing(string world)
    {
        ImmutableArray<Entry> entries = EntriesOf(world);
        using SignedSite site = Render(entries);
        VerifyReport report = await site.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        long named = site.Files.Where(path => path.EndsWith(".html", StringComparison.Ordinal)).Sum(path => Named.Count(Encoding.UTF8.GetString(site.Read(path))));
        report.Proven.ShouldContain(line => line.Contains($" {named} of them say what they are", StringComparison.Ordinal));
        named.ShouldBeGreaterThan(world == "random 0" ? 0 : 10);
    }

    [Fact]
    public async Task Verify_OfAnyMarkedFigureThatIsFalse_NamesItsPage()
    {
        using SignedSite site = Render(MoneyWorld.Entries);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in new[] { "index.html", "funds/county-2020/index.html", "funds/herd-2020/index.html", "projects/school/index.html", "en/projects/deposit/index.html" })
        {
            string right = Encoding.UTF8.GetString(site.Read(path));
            foreach (Match match in Named.Matches(right))
            {
                long fen = long.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture) + 100_000;
                string figure = $"<data value=\"{fen}\" data-of=\"{match.Groups["of"].Value}\">{SmallWorld.Figure(fen)}</data>";
                site.WriteText(path, right[..match.Index] + figure + right[(match.Index + match.Length)..]);
                if (kinds.Add(match.Groups["of"].Value.Split('/')[^1] + path))
                {
                    // Published anew, the log vouches for the false page; the leaves do not.
                    site.Publish(new Dictionary<string, byte[]>(StringComparer.Ordinal));
                    (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldStartWith($"{path}: shows {fen} fen as {match.Groups["of"].Value}; the leaves come to ");
                }
            }

            site.WriteText(path, right);
        }

        kinds.Count.ShouldBeGreaterThan(25);
    }

    private static ImmutableArray<Entry> EntriesOf(string world) => world switch
    {
        "notices" => SampleWorld.Entries,
        "money" => MoneyWorld.Entries,
        _ => RandomWorld.Entries(int.Parse(world["random ".Length..], CultureInfo.InvariantCulture), 120),
    };

    private static SignedSite Render(ImmutableArray<Entry> entries)
    {
        var site = new SignedSite();
        var salts = new SeededSalts(1);
        foreach (Entry entry in entries)
        {
            site.Add(SealedFact.Seal((Fact)Opened(entry.Fact)!, entry.Date, salts, entry.Id.Posting, []).ToLeaf(entry.Id, entry.RecordedAt, entry.Department, entry.Channel).Bytes.ToArray());
        }

        var snapshot = new Snapshot(entries.Length, MoneyWorld.AsOf, entries, SiteSettings.Trial);
        site.Publish(SiteRenderer.Plan(snapshot).Concat(DataFiles.Plan(snapshot)).ToDictionary(file => file.Path, file => file.Render(), StringComparer.Ordinal));
        return site;
    }

    // What is withheld cannot be sealed again: its place is taken by another text, which no sum asks for.
    private static object? Opened(object? value) => value switch
    {
        FreeText { Value: null } => FreeText.Of("甲"),
        ImmutableArray<FreeText> texts => texts.Select(text => (FreeText)Opened(text)!).ToImmutableArray(),
        ImmutableArray<Target> targets => targets.Select(one => one with { Indicator = (FreeText)Opened(one.Indicator)!, Measure = (FreeText)Opened(one.Measure)! }).ToImmutableArray(),
        Fact fact => fact.GetType().GetConstructors().Single(made => made.GetParameters().Length > 1) is var made
            ? made.Invoke([.. made.GetParameters().Select(part => Opened(fact.GetType().GetProperty(part.Name!)!.GetValue(fact)))])
            : null,
        _ => value,
    };

    [GeneratedRegex("<data value=\"(?<value>[^\"]*)\" data-of=\"(?<of>[^\"]*)\">[^<]*</data>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Named { get; }
}

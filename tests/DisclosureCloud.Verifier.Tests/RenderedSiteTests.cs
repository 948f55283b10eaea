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
        string[] paths = ["index.html", "funds/county-2020/index.html", "funds/herd-2020/index.html", "projects/school/index.html", "en/projects/deposit/index.html"];
        var right = paths.ToDictionary(path => path, path => Encoding.UTF8.GetString(site.Read(path)), StringComparer.Ordinal);
        int changed = 0;
        for (int i = 0; right.Values.Any(page => Named.Count(page) > i); i++)
        {
            var wanted = new List<string>();
            foreach ((string path, string page) in right)
            {
                Match[] figures = Named.Matches(page).ToArray();
                if (figures.Length > i)
                {
                    (string of, long fen) = (figures[i].Groups["of"].Value, long.Parse(figures[i].Groups["value"].Value, CultureInfo.InvariantCulture) + 100_000);
                    string figure = $"<data value=\"{fen}\" data-of=\"{of}\">{SmallWorld.Figure(fen)}</data>";
                    site.WriteText(path, page[..figures[i].Index] + figure + page[(figures[i].Index + figures[i].Length)..]);
                    wanted.Add($"{path}: shows {fen} fen as {of}; the leaves come to {fen - 100_000}.");
                }
                else
                {
                    site.WriteText(path, page);
                }
            }

            // Published anew, the log vouches for the false pages; the leaves do not.
            site.Publish(new Dictionary<string, byte[]>(StringComparer.Ordinal));
            (await site.VerifyAsync()).Findings.Select(finding => finding.ToString()).Order(StringComparer.Ordinal).ShouldBe(wanted.Order(StringComparer.Ordinal));
            changed += wanted.Count;
        }

        changed.ShouldBeGreaterThan(30);
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

using System.Collections.Immutable;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>The site of a snapshot, rendered and read as a browser would.</summary>
internal sealed class TestSite
{
    private TestSite(ImmutableSortedDictionary<string, byte[]> files) => Files = files;

    public static TestSite Sample { get; } = Of(SampleSnapshot());

    public ImmutableSortedDictionary<string, byte[]> Files { get; }

    public IEnumerable<string> Pages => Files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal));

    public static Snapshot SampleSnapshot(DateOnly? asOf = null) => SnapshotOf(SampleWorld.Entries, asOf);

    public static Snapshot SnapshotOf(ImmutableArray<Entry> entries, DateOnly? asOf = null) =>
        new(entries.Length, asOf ?? SampleWorld.Today, entries, SiteSettings.Trial);

    /// <summary>The same, with a log whose every fourth leaf is a publication made from the leaves before it. It publishes no openings.</summary>
    public static Snapshot Logged(Snapshot snapshot)
    {
        ImmutableArray<long> leaves = [.. snapshot.Entries.Select((_, i) => i + (i / 3L))];
        long[] checkpoints = [.. leaves.Where((_, i) => i % 3 == 2).Select(leaf => leaf + 1), leaves[^1] + 1];
        return snapshot with
        {
            Log = new LogView("log.example/county", leaves, [.. checkpoints.Distinct()], [.. snapshot.Entries.Select(_ => ImmutableArray<Opening>.Empty)]),
        };
    }

    public static TestSite Of(Snapshot snapshot) => new(
        SiteRenderer.Plan(snapshot).Concat(DataFiles.Plan(snapshot)).ToImmutableSortedDictionary(file => file.Path, file => file.Render(), StringComparer.Ordinal));

    public IHtmlDocument Page(string path) => new HtmlParser().ParseDocument(new MemoryStream(Files[path]));

    /// <summary>The bytes of a page and of its stylesheets.</summary>
    public int Weight(string path) => Files[path].Length + Page(path).QuerySelectorAll("link[rel=stylesheet]").Sum(link => Files[link.GetAttribute("href")!.Split('?')[0][1..]].Length);

    /// <summary>The whole of a page's text, as a reader gets it.</summary>
    public string Text(string path) => Page(path).Body!.TextContent;

    /// <summary>The value of each figure in an element, in fen.</summary>
    public static IEnumerable<long> Fen(IParentNode element) => element.QuerySelectorAll("data")
        .Select(figure => long.Parse(figure.GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture));
}

using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Browser.Tests;

/// <summary>The sample site as a browser asks for it: the bytes and media type of each address. No server, no port.</summary>
internal static class SiteFolder
{
    // Over https, as browsers give pages cryptography nowhere else. Every request is answered before it leaves the browser.
    public const string Origin = "https://site.test";

    /// <summary>A day on which one of the sample notices is open for objections.</summary>
    public static DateOnly AsOf { get; } = new(2021, 8, 1);

    public static ImmutableArray<Entry> Entries { get; } = SampleWorld.Entries.AddRange(MoneyWorld.Entries).AddRange(LongWorld.Payments(130));

    private static readonly ImmutableDictionary<string, byte[]> Files = SiteRenderer
        .Plan(new Snapshot(Entries.Length, AsOf, Entries, SiteSettings.Trial))
        .ToImmutableDictionary(file => file.Path, file => file.Render(), StringComparer.Ordinal);

    /// <summary>One page of each type, by its path below a language's root.</summary>
    public static ImmutableArray<string> PageTypes { get; } =
    [
        "", "funds/", "funds/xinxiang-gaoxin-2018/", "funds/haidong-2018/", "projects/", "projects/beiguan-2018-p01/", "regions/", "regions/430511/",
        Village, "notices/", "notices/shapotou-2021/", "notices/beita-2020-batch1/", "funds/county-2020/", "funds/herd-2020/", "funds/city-2020/", "funds/gone-2020/", "projects/road/", "projects/subsidy/", "projects/old-road/",
        "funds/long-2020/", "funds/long-2020/movements/_1/", "projects/project-0/", "projects/project-0/payments-long-2020/_1/", "plans/", "plans/road-2020/", "corrections/", "project-assets/", "adjustments/", "regions/410503/", "regions/410506/", "departments/", "departments/import/", "data/", "data/dictionary/", "data/dictionary/project/", "glossary/", "about/", "verify/", "status/", "404.html",
    ];

    private static string Village => Files.Keys.Where(path => path.StartsWith("regions/410503-", StringComparison.Ordinal)).Min(StringComparer.Ordinal)![..^"index.html".Length];

    public static byte[]? Find(string path) => Files.GetValueOrDefault(path);

    /// <summary>The file that an address is answered with.</summary>
    public static string PathOf(string address)
    {
        string path = new Uri(address).AbsolutePath[1..];
        return path.Length == 0 || path.EndsWith('/') ? path + "index.html" : path;
    }

    public static string MediaType(string address) => Path.GetExtension(new Uri(address).AbsolutePath) switch
    {
        ".css" => "text/css",
        ".js" => "text/javascript",
        ".svg" => "image/svg+xml",
        _ => "text/html; charset=utf-8",
    };
}

using System.Security.Cryptography;
using AngleSharp.Dom;

namespace DisclosureCloud.Site.Tests;

/// <summary>What pages may load, over all pages of every world: own files, each held against its hash, and nothing inline.</summary>
public sealed class ContentPolicyTests
{
    private static readonly string[] Unsafe = ["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:", "data:", "blob:"];

    public static TheoryData<string> Worlds => [.. All.Keys];

    private static readonly Dictionary<string, Func<TestSite>> All = new(StringComparer.Ordinal)
    {
        ["sample"] = () => TestSite.Sample,
        ["logged"] = () => TestSite.Of(TestSite.Logged(TestSite.SampleSnapshot())),
        ["money"] = () => TestSite.Of(TestSite.SnapshotOf(DisclosureCloud.Testing.MoneyWorld.Entries)),
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Pages_OfAWorld_LoadOwnFilesAloneAndHoldEachAgainstItsHash(string world)
    {
        TestSite site = All[world]();
        int held = 0;
        foreach (string path in site.Pages)
        {
            IDocument page = site.Page(path);
            page.QuerySelectorAll("meta[http-equiv=Content-Security-Policy]").Single().GetAttribute("content").ShouldBe(ContentPolicy.Page, path);
            page.QuerySelectorAll("[style], style, script:not([src]), iframe, frame, object, embed, applet, base, form, portal, link[rel=preload], link[rel=preconnect], link[rel=dns-prefetch], link[rel=prefetch]")
                .ShouldBeEmpty(path);
            page.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(path);
            page.QuerySelectorAll("img[src], source, video, audio, track, use").ShouldAllBe(element => (element.GetAttribute("src") ?? "/").StartsWith('/'), path);
            foreach (IElement asset in page.QuerySelectorAll("script, link[rel~=stylesheet]"))
            {
                string address = (asset.GetAttribute("src") ?? asset.GetAttribute("href"))!;
                address.ShouldStartWith("/assets/");
                byte[] file = site.Files[address.Split('?')[0][1..]];
                asset.GetAttribute("integrity").ShouldBe($"sha256-{Convert.ToBase64String(SHA256.HashData(file))}", $"{path}: {address}");
                held++;
            }
        }

        held.ShouldBeGreaterThanOrEqualTo(2 * site.Pages.Count());
    }

    [Theory]
    [InlineData(ContentPolicy.Page)]
    [InlineData(ContentPolicy.Header)]
    public void Policy_BeginsWithNothingAndAllowsOwnFilesAlone(string policy)
    {
        Dictionary<string, string> directives = policy.Split("; ").ToDictionary(one => one.Split(' ', 2)[0], one => one.Split(' ', 2)[1], StringComparer.Ordinal);
        directives["default-src"].ShouldBe("'none'");
        directives.Values.ShouldAllBe(value => value == "'none'" || value == "'self'");
        directives.ShouldContainKey("base-uri");
        directives.ShouldContainKey("form-action");
        foreach (string word in Unsafe)
        {
            policy.ShouldNotContain(word, Case.Sensitive);
        }
    }

    [Fact]
    public void Stylesheets_LoadNothing()
    {
        foreach ((string path, byte[] file) in TestSite.Sample.Files.Where(file => file.Key.EndsWith(".css", StringComparison.Ordinal)))
        {
            string text = System.Text.Encoding.UTF8.GetString(file);
            text.ShouldNotContain("url(", Case.Insensitive, path);
            text.ShouldNotContain("@import", Case.Insensitive, path);
        }
    }
}

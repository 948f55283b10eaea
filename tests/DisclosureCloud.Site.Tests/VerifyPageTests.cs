using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace DisclosureCloud.Site.Tests;

/// <summary>The page that tells how to check the site, and the words of its script.</summary>
public sealed partial class VerifyPageTests
{
    private const int ScriptSizeMax = 24 * 1024;

    private static TestSite Site => TestSite.Sample;

    [Theory]
    [InlineData("verify/index.html", "叶序号", "不能说明")]
    [InlineData("en/verify/index.html", "leaf index", "does not prove")]
    public void Page_WithoutScript_TellsTheWaysAndTheirLimits(string path, string index, string limits)
    {
        IHtmlDocument page = Site.Page(path);

        foreach (string named in (string[])["disclosurecloud verify --site", "c2sp.org/tlog-tiles", "golang.org/x/mod/sumdb/note", "RFC 6962", "log/vkey", "log/checkpoint", "data/manifest.json"])
        {
            page.QuerySelector("main")!.TextContent.ShouldContain(named);
        }

        page.QuerySelector("main")!.TextContent.ShouldContain(index);
        page.QuerySelector("#not-proven")!.TextContent.ShouldContain(limits);
        page.QuerySelector("noscript").ShouldNotBeNull();
        page.QuerySelector("#check")!.HasAttribute("hidden").ShouldBeTrue("nothing is offered that does not work without script");
        page.QuerySelector("#verdict")!.GetAttribute("aria-live").ShouldBe("polite");
    }

    [Theory]
    [InlineData("verify/index.html")]
    [InlineData("en/verify/index.html")]
    public void Page_ItsScripts_AreItsOwnAndSmall(string path)
    {
        IHtmlDocument page = Site.Page(path);
        string[] scripts = [.. page.QuerySelectorAll("script").Select(script => script.GetAttribute("src")!.Split('?')[0][1..])];

        scripts.ShouldBe(["assets/find.js", "assets/proof.js", "assets/verify.js"]);
        scripts.Sum(script => Site.Files[script].Length).ShouldBeLessThan(ScriptSizeMax);
        page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content").ShouldBe(
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'");
    }

    [Fact]
    public void Pages_AllButThisOne_LoadNoneOfItsScripts()
    {
        Site.Pages.Where(path => Site.Page(path).QuerySelector("script[src*='verify.js'], script[src*='proof.js']") is not null)
            .ShouldBe(["en/verify/index.html", "verify/index.html"]);
        Site.Pages.ShouldAllBe(path => Site.Page(path).QuerySelectorAll(".foot a").Any(link => link.GetAttribute("href")!.EndsWith("/verify/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Words_OfTheScript_AreInThePageAndNoOthers()
    {
        string script = Encoding.UTF8.GetString(Site.Files["assets/proof.js"]) + Encoding.UTF8.GetString(Site.Files["assets/verify.js"]);
        HashSet<string> used = [.. Quoted.Matches(script).Select(match => match.Groups["word"].Value)];
        string[] dynamic = ["mark-good", "mark-bad", "mark-open", "verdict-good", "verdict-bad", "verdict-open"]; // Made of a kind and its prefix.
        string[] there = [.. CheckWords.All.Select(one => one.Name)];

        there.ShouldBeUnique(StringComparer.Ordinal);
        there.Except(dynamic, StringComparer.Ordinal).Where(name => !used.Contains(name)).ShouldBeEmpty("a sentence that nobody says");
        Said.Matches(script).Select(match => match.Groups["word"].Value).Where(name => !there.Contains(name, StringComparer.Ordinal)).ShouldBeEmpty("a sentence that is not there");
        foreach ((string name, Both words) in CheckWords.All)
        {
            words.Chinese.ShouldNotBeNullOrWhiteSpace(name);
            words.English.ShouldNotBeNullOrWhiteSpace(name);
            new Phrase(words.Chinese).Holes.ShouldBe(new Phrase(words.English).Holes, name);
        }

        foreach (string root in (string[])["", "en/"])
        {
            Site.Page($"{root}verify/index.html").QuerySelectorAll("#check-words li").Select(item => item.GetAttribute("data-word")!).ShouldBe(there);
        }
    }

    [GeneratedRegex("\"(?<word>[a-z-]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted { get; }

    [GeneratedRegex("(say\\(|(Wrong|Unread)\\([^\"()]*(\\([^()]*\\)[^\"()]*)*, )\"(?<word>[a-z-]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Said { get; }
}

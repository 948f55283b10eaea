using System.Globalization;
using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;
using Microsoft.Playwright;

namespace DisclosureCloud.Browser.Tests;

/// <summary>The page that checks an entry or a page in the browser: what is right is proven, and each thing that was changed is named.</summary>
public sealed class VerifyInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Page = "en/projects/beiguan-2018-p01/index.html";

    private static string Entry => LoggedSite.Notice.Id.Value;

    private static int Leaf => LoggedSite.LeafOf(LoggedSite.Notice);

    private static string Bundle => Part("entries", Leaf / 256, LoggedSite.Size);

    private static string Openings => string.Create(CultureInfo.InvariantCulture, $"data/openings/{Leaf / 256:D6}.ndjson");

    [Theory]
    [InlineData("/", "对得上", "公示", "已核对")]
    [InlineData("/en/", "It is right", "Leaf", "fits its commitment")]
    public async Task Entry_ThatIsInTheLog_IsProvenAndShown(string root, string right, string leaf, string opened)
    {
        Visit visit = await OpenAsync($"{root}verify/?entry={Entry}");

        (await VerdictAsync(visit)).ShouldStartWith($"✓ {right}");
        (await visit.Page.Locator("#steps .bad").CountAsync()).ShouldBe(0);
        (await visit.Page.Locator("#leaf").TextContentAsync())!.ShouldContain(((Notice)LoggedSite.Notice.Fact).Title.Value!);
        (await visit.Page.Locator("#leaf").TextContentAsync())!.ShouldContain(opened);
        (await visit.Page.Locator("main").TextContentAsync())!.ShouldContain(leaf);
        visit.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaf_AtEveryEdgeOfATile_IsProven()
    {
        LoggedSite.Size.ShouldBeGreaterThan(257, "the log must have more than one bundle");
        foreach (int leaf in (int[])[0, 1, 255, 256, LoggedSite.Size - 1])
        {
            Visit visit = await OpenAsync($"/en/verify/?leaf={leaf}");

            (await VerdictAsync(visit)).ShouldStartWith("✓");
            visit.Faults.ShouldBeEmpty();
        }
    }

    /// <summary>Tiles of three levels, and addresses of more than a thousand tiles, are not in a sample world.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(300_001)]
    public async Task Leaf_OfALogOfAnySize_IsProvenFromItsTiles(int size)
    {
        var log = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        TreeHead head = LoggedSite.AddTiles(log, [.. Enumerable.Range(0, size).Select(i => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{i}}}")))]);
        Visit visit = await OpenAsync("/en/verify/", file => log.GetValueOrDefault(file) ?? LoggedSite.Find(file));

        foreach (int leaf in new[] { 0, size / 3, size / 2, size - 1 })
        {
            int found = await visit.Page.EvaluateAsync<int>(
                "async ([leaf, size, root]) => (await Proof.included(leaf, { size, rootHash: Uint8Array.from(atob(root), (one) => one.charCodeAt(0)) })).entry.id",
                new object[] { leaf, size, head.Root.ToBase64() });
            found.ShouldBe(leaf);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/en/")]
    public async Task PageAndFile_AsPublished_AreProven(string root)
    {
        foreach (string path in (string[])[$"/{Page[..^"index.html".Length]}", "/", "data/entries.csv", "data/manifest.json"])
        {
            Visit visit = await OpenAsync($"{root}verify/?page={Uri.EscapeDataString(path)}");

            (await VerdictAsync(visit)).ShouldStartWith("✓");
            visit.Faults.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Notice_ItsLink_LeadsToItsProof()
    {
        Visit visit = await OpenAsync("/en/notices/beita-2020-batch1/");

        await visit.Page.Locator(".proof a").Last.ClickAsync();

        (await VerdictAsync(visit)).ShouldStartWith($"✓ It is right. The entry {Entry}");
    }

    [Fact]
    public async Task Typed_WhateverItIs_IsChecked()
    {
        foreach (string typed in (string[])[Entry, $" {Leaf} ", $"{SiteFolder.Origin}/en/about/"])
        {
            Visit visit = await OpenAsync("/en/verify/");
            await visit.Page.Locator("#wanted").FillAsync(typed);
            await visit.Page.Locator("#wanted").PressAsync("Enter");
            await visit.Page.WaitForURLAsync("**/verify/?check=*");

            (await VerdictAsync(visit)).ShouldStartWith("✓");
        }
    }

    [Theory]
    [InlineData("entry=aaaaaaaaaaaaaaaaaaaaaaaaaa-1", "data/leaves/aa.ndjson")]
    [InlineData("leaf=999999", "log/checkpoint")]
    [InlineData("page=/nowhere/", "nowhere/index.html")]
    [InlineData("page=/status.json", "status.json")]
    [InlineData("page=https%3A%2F%2Felsewhere.example%2F", "https://elsewhere.example")]
    [InlineData("check=what", "what")]
    public async Task What_CannotBeChecked_IsNeitherRightNorWrong(string query, string named)
    {
        Visit visit = await OpenAsync($"/en/verify/?{query}");

        (await VerdictAsync(visit)).ShouldStartWith($"– No answer. {named}: ");
    }

    [Theory]
    [InlineData("checkpoint", "log/checkpoint")]
    [InlineData("signature", "log/checkpoint")]
    [InlineData("key", "log/vkey")]
    [InlineData("status", "status.json")]
    [InlineData("lookup", "data/leaves/")]
    [InlineData("bundle", "log/tile/entries/")]
    [InlineData("tile", "log/tile/0/")]
    [InlineData("opening", "data/openings/")]
    [InlineData("salt", "data/openings/")]
    [InlineData("no bundle", "log/tile/entries/")]
    public async Task Entry_WithOneThingChanged_IsToldAsWrongAndWhere(string what, string named)
    {
        (string path, byte[]? changed) = Changed(what);
        foreach (string root in (string[])["/", "/en/"])
        {
            Visit visit = await OpenAsync($"{root}verify/?entry={Entry}", file => file == path ? changed : LoggedSite.Find(file));

            (await VerdictAsync(visit)).ShouldStartWith(root == "/" ? "✗ 有错。" : "✗ Something is wrong.");
            (await VerdictAsync(visit)).ShouldContain(named, Case.Sensitive, what);
            (await visit.Page.Locator("#steps .bad").CountAsync()).ShouldBe(1);
            (await visit.Page.Locator("#leaf dt").CountAsync()).ShouldBe(0, "what is not proven is not shown");
        }
    }

    [Theory]
    [InlineData("page", Page)]
    [InlineData("manifest", "data/manifest.json")]
    [InlineData("publication", "status.json")]
    [InlineData("no page", Page)]
    public async Task Page_WithOneThingChanged_IsToldAsWrongAndWhere(string what, string named)
    {
        (string path, byte[]? changed) = Changed(what);
        foreach (string root in (string[])["/", "/en/"])
        {
            Visit visit = await OpenAsync($"{root}verify/?page={Page}", file => file == path ? changed : LoggedSite.Find(file));

            (await VerdictAsync(visit)).ShouldStartWith(root == "/" ? "✗ 有错。" : "✗ Something is wrong.");
            (await VerdictAsync(visit)).ShouldContain(named, Case.Sensitive, what);
        }
    }

    [Fact]
    public async Task Site_ThatDoesNotAnswer_IsNotToldAsWrong()
    {
        Visit visit = await OpenAsync("/en/verify/");
        await visit.Page.Context.RouteAsync("**/log/checkpoint", route => route.AbortAsync());
        await visit.GoAsync($"/en/verify/?entry={Entry}", 360);

        string verdict = await VerdictAsync(visit);
        await visit.Page.Context.UnrouteAsync("**/log/checkpoint");

        verdict.ShouldStartWith("– No answer. log/checkpoint: could not be fetched");
    }

    [Theory]
    [InlineData("/", "没有脚本")]
    [InlineData("/en/", "Without it")]
    public async Task Page_WithoutScript_TellsHowToCheck(string root, string words)
    {
        Visit visit = await chromium.OpenAsync($"{root}verify/?entry={Entry}", 360, script: false, find: LoggedSite.Find);

        (await visit.Page.Locator("#check:visible").CountAsync()).ShouldBe(0);
        (await visit.Page.Locator("noscript").TextContentAsync())!.ShouldContain(words);
        (await visit.Page.Locator(".command:visible").TextContentAsync())!.ShouldBe($"disclosurecloud verify --site {SiteFolder.Origin}");
    }

    [Theory]
    [InlineData("/verify/", 360)]
    [InlineData("/en/verify/", 1280)]
    public async Task Result_RightOrWrong_IsAccessibleAndFits(string page, int width)
    {
        byte[]? broken = Changed("opening").Bytes;
        foreach (Func<string, byte[]?> find in (Func<string, byte[]?>[])[LoggedSite.Find, file => file == Openings ? broken : LoggedSite.Find(file)])
        {
            Visit visit = await chromium.OpenAsync($"{page}?entry={Entry}", width, find: find);
            await Accessibility.CheckAsync(visit, await VerdictAsync(visit));
        }
    }

    private Task<Visit> OpenAsync(string address, Func<string, byte[]?>? find = null) => chromium.OpenAsync(address, 360, find: find ?? LoggedSite.Find);

    private static async Task<string> VerdictAsync(Visit visit)
    {
        await visit.Page.WaitForSelectorAsync("#verdict:not([aria-busy]):not(:empty)");
        return (await visit.Page.Locator("#verdict").TextContentAsync())!;
    }

    private static string Part(string folder, int index, int count)
    {
        int width = Math.Min(256, count - (index * 256));
        return string.Create(CultureInfo.InvariantCulture, $"log/tile/{folder}/{index:D3}{(width == 256 ? "" : $".p/{width}")}");
    }

    // One bit of one thing; null is a file that is gone.
    private static (string Path, byte[]? Bytes) Changed(string what) => what switch
    {
        "checkpoint" => Text("log/checkpoint", $"\n{LoggedSite.Size}\n", $"\n{LoggedSite.Size + 1}\n"),
        "signature" => Flip("log/checkpoint", LoggedSite.Files["log/checkpoint"].Length - 20),
        "key" => Flip("log/vkey", LoggedSite.Files["log/vkey"].Length - 20),
        "status" => Text("status.json", $"\"treeSize\":{LoggedSite.Size}}}", $"\"treeSize\":{LoggedSite.Size - 1}}}"),
        "lookup" => Lookup(),
        "bundle" => Flip(Bundle, Find(Bundle, Entry) + 40),
        "tile" => Flip(Part("0", Leaf / 256, LoggedSite.Size), (((Leaf % 256) ^ 1) * 32) + 5),
        "opening" => Text(Openings, Line(Openings), Line(Openings).Replace("\"value\":\"", "\"value\":\"一", StringComparison.Ordinal)),
        "salt" => Text(Openings, Line(Openings), Line(Openings).Replace("\"salt\":\"", "\"salt\":\"0", StringComparison.Ordinal)),
        "no bundle" => (Bundle, null),
        "page" => Flip(Page, LoggedSite.Files[Page].Length / 2),
        "manifest" => Text("data/manifest.json", "\"format\":1", "\"format\":2"),
        "publication" => Text("status.json", $"\"leafIndex\":{LoggedSite.Size - 1}", $"\"leafIndex\":{LoggedSite.Size - 2}"),
        "no page" => (Page, null),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such change."),
    };

    private static (string Path, byte[]? Bytes) Flip(string path, int at)
    {
        byte[] changed = [.. LoggedSite.Files[path]];
        changed[at] ^= 1;
        return (path, changed);
    }

    private static (string Path, byte[]? Bytes) Text(string path, string before, string after)
    {
        string text = Encoding.UTF8.GetString(LoggedSite.Files[path]);
        int at = text.IndexOf(before, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"{path} must have {before}");
        return (path, Encoding.UTF8.GetBytes($"{text[..at]}{after}{text[(at + before.Length)..]}"));
    }

    // The lookup sends the reader to the leaf before.
    private static (string Path, byte[]? Bytes) Lookup()
    {
        string path = $"data/leaves/{Entry[..2]}.ndjson";
        string line = Encoding.UTF8.GetString(LoggedSite.Files[path]).Split('\n').Single(one => one.Contains(Entry[..26], StringComparison.Ordinal));
        long leaf = System.Text.Json.Nodes.JsonNode.Parse(line)!["leafIndex"]!.GetValue<long>();
        string wrong = string.Create(CultureInfo.InvariantCulture, $"\"leafIndex\":{(leaf == 0 ? 1 : leaf - 1)},");
        return Text(path, line, line.Replace(string.Create(CultureInfo.InvariantCulture, $"\"leafIndex\":{leaf},"), wrong, StringComparison.Ordinal));
    }

    private static string Line(string path) => Encoding.UTF8.GetString(LoggedSite.Files[path]).Split('\n').Single(line => line.Contains($"\"leafIndex\":{Leaf},", StringComparison.Ordinal));

    private static int Find(string path, string text)
    {
        int at = LoggedSite.Files[path].AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        return at >= 0 ? at : throw new InvalidOperationException($"{path} does not have {text}.");
    }
}

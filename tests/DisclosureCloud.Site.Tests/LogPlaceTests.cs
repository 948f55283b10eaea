using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Tests.Codes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>Where a page's newest entry stands in the log, and the code on a printed notice.</summary>
public sealed partial class LogPlaceTests
{
    private const int PageSizeMax = 60 * 1024;
    private const string Address = "https://sun.county.example";

    private static readonly Snapshot Money = TestSite.Logged(TestSite.SnapshotOf(MoneyWorld.Entries, MoneyWorld.AsOf));
    private static readonly Snapshot Sample = TestSite.Logged(TestSite.SampleSnapshot());
    private static readonly TestSite MoneySite = TestSite.Of(Money);
    private static readonly TestSite SampleSite = TestSite.Of(Sample);

    [Fact]
    public void Pages_OfEveryFundProjectAndNotice_ShowTheirNewestEntry()
    {
        History history = History.Of(Money.Entries);
        int pages = 0;
        foreach (string path in MoneySite.Pages.Where(IsOfAThing))
        {
            string[] parts = path.Split('/');
            string id = parts[^2];
            int newest = Enumerable.Range(0, Money.Entries.Length).Last(i => IsAbout(parts[^3], id, SubjectOf(history, Money.Entries[i].Fact)));
            ShouldShow(MoneySite, path, Money, newest);
            pages++;
        }

        pages.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Notice_NothingSaidOfItSince_ShowsItsOwnEntry()
    {
        for (int i = 0; i < Sample.Entries.Length; i++)
        {
            if (Sample.Entries[i].Fact is Notice notice)
            {
                ShouldShow(SampleSite, $"notices/{notice.NoticeId.Value}/index.html", Sample, i);
                ShouldShow(SampleSite, $"en/notices/{notice.NoticeId.Value}/index.html", Sample, i);
            }
        }
    }

    [Fact]
    public void Notice_WithARowWithdrawn_ShowsTheWithdrawal()
    {
        Entry row = Sample.Entries.First(entry => entry.Fact is Allocation { ProjectId.Value: "beiguan-2018-p01" });
        var withdrawal = new Entry(
            EntryId.Of(PostingId.Of(SampleWorld.Department, "w"), 1), SampleWorld.Today, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, new Withdrawal(row.Id, FreeText.Of("重复"), null));
        Snapshot snapshot = TestSite.Logged(TestSite.SnapshotOf([.. Sample.Entries, withdrawal]));
        TestSite site = TestSite.Of(snapshot);

        foreach (string path in (string[])["notices/beiguan-2018/", "funds/beiguan-2018/", "projects/beiguan-2018-p01/"])
        {
            ShouldShow(site, $"{path}index.html", snapshot, snapshot.Entries.Length - 1);
        }
    }

    [Fact]
    public void Pages_WithoutALog_SayNothingOfOne()
    {
        TestSite.Sample.Pages.ShouldAllBe(path => TestSite.Sample.Page(path).QuerySelector(".proof, .stamp, .qr") == null);
        TestSite.Sample.Files.Keys.ShouldNotContain(path => path.StartsWith(LeafFiles.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_WithALog_AreSmallAndTheSameEachTime()
    {
        MoneySite.Pages.Where(path => MoneySite.Weight(path) > PageSizeMax).ShouldBeEmpty();
        Snapshot snapshot = WithAddress(Sample);
        TestSite site = TestSite.Of(snapshot);
        TestSite again = TestSite.Of(snapshot);

        foreach (string path in site.Pages)
        {
            site.Weight(path).ShouldBeLessThanOrEqualTo(PageSizeMax, path);
            again.Files[path].AsSpan().SequenceEqual(site.Files[path]).ShouldBeTrue(path);
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("en/", "en/")]
    public void PrintedNotice_WithTheSitesAddress_HasACodeThatLeadsToItsProof(string root, string way)
    {
        TestSite site = TestSite.Of(WithAddress(Sample));
        Entry notice = Sample.Entries.Single(entry => entry.Fact is Notice { NoticeId.Value: "beiguan-2018" });
        string address = $"{Address}/{way}verify/?entry={notice.Id.Value}";
        IElement stamp = site.Page($"{root}notices/beiguan-2018/index.html").QuerySelector(".sheet .stamp")!;

        Scan(stamp.QuerySelector("svg.qr")!).ShouldBe(address);
        stamp.QuerySelector(".url")!.TextContent.ShouldBe(address);
        site.Pages.Where(path => site.Page(path).QuerySelector(".qr") is not null).ShouldAllBe(path => path.Contains("notices/", StringComparison.Ordinal));
    }

    [Fact]
    public void PrintedNotice_WithoutTheSitesAddress_HasItsPlaceInTheLogAlone()
    {
        IElement stamp = SampleSite.Page("notices/beiguan-2018/index.html").QuerySelector(".sheet .stamp")!;

        stamp.QuerySelector("svg").ShouldBeNull();
        stamp.TextContent.ShouldContain("叶序号");
        stamp.TextContent.ShouldContain("签名存证点");
        stamp.TextContent.ShouldNotContain("https");
    }

    [Fact]
    public void LeafFiles_OfEveryEntry_TellItsLeafIndex()
    {
        for (int i = 0; i < Sample.Entries.Length; i++)
        {
            string id = Sample.Entries[i].Id.Value;
            string[] lines = System.Text.Encoding.UTF8.GetString(SampleSite.Files[$"data/leaves/{id[..2]}.ndjson"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            long[] found =
            [
                .. lines.Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!)
                    .Select(run => (Posting: run["posting"]!.GetValue<string>(), Number: int.Parse(id[27..], CultureInfo.InvariantCulture) - run["first"]!.GetValue<int>(), Run: run))
                    .Where(one => id.StartsWith($"{one.Posting}-", StringComparison.Ordinal) && one.Number >= 0 && one.Number < one.Run["count"]!.GetValue<int>())
                    .Select(one => one.Run["leafIndex"]!.GetValue<long>() + one.Number),
            ];
            found.ShouldBe([Sample.Log!.LeafIndexes[i]], id);
        }
    }

    private static Snapshot WithAddress(Snapshot snapshot) => snapshot with { Settings = snapshot.Settings with { Address = Address } };

    private static void ShouldShow(TestSite site, string path, Snapshot snapshot, int newest)
    {
        IElement proof = site.Page(path).QuerySelector("main .proof").ShouldNotBeNull(path);
        long leaf = snapshot.Log!.LeafIndexes[newest];
        string root = path.StartsWith("en/", StringComparison.Ordinal) ? "/en/" : "/";
        proof.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).ShouldBe(["/log/checkpoint", $"{root}verify/?entry={snapshot.Entries[newest].Id.Value}"], path);
        Digits.Matches(proof.QuerySelector("p")!.TextContent).Select(match => match.Value).ShouldBe(
            [leaf.ToString(CultureInfo.InvariantCulture), snapshot.Log.FirstCheckpoint(leaf).ToString(CultureInfo.InvariantCulture)], path);
        proof.TextContent.ShouldContain(root == "/" ? "叶序号" : "leaf index");
        proof.TextContent.ShouldContain(root == "/" ? "签名存证点" : "checkpoint");
    }

    private static bool IsOfAThing(string path)
    {
        string[] parts = (path.StartsWith("en/", StringComparison.Ordinal) ? path[3..] : path).Split('/');
        return parts is ["funds" or "projects" or "notices", [not '_', ..], "index.html"];
    }

    private static Fact SubjectOf(History history, Fact fact) => fact switch
    {
        Correction one => history.Find(one.Corrected)!.First.Fact,
        Withdrawal one => history.Find(one.Withdrawn)!.First.Fact,
        _ => fact,
    };

    private static bool IsAbout(string folder, string id, Fact fact) => folder switch
    {
        "funds" => (fact as IOfFund)?.FundId.Value == id,
        "projects" => (fact as IOfProject)?.ProjectId.Value == id || (fact as OpeningBalance)?.ProjectId?.Value == id || (fact as Evaluation)?.ProjectId?.Value == id,
        _ => fact.NoticeOf()?.Value == id,
    };

    // The picture as paper has it: runs of dark modules, a row at a time.
    private static string Scan(IElement svg)
    {
        const int Margin = 4;
        int side = int.Parse(svg.GetAttribute("viewBox")!.Split(' ')[2], CultureInfo.InvariantCulture);
        var dark = new HashSet<(int, int)>();
        foreach (Match run in Run.Matches(svg.QuerySelectorAll("path")[1].GetAttribute("d")!))
        {
            int[] at = [.. run.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture))];
            dark.UnionWith(Enumerable.Range(at[0], at[2]).Select(x => (x - Margin, at[1] - Margin)));
        }

        return QrReader.Read(side - (2 * Margin), (x, y) => dark.Contains((x, y)));
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits { get; }

    [GeneratedRegex("M(?<x>[0-9]+) (?<y>[0-9]+)h(?<length>[0-9]+)v1h-[0-9]+z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Run { get; }
}

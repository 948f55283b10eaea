using System.Collections.Immutable;
using AngleSharp.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>A correction says in words what it is about, and what entries it names: nobody reads an id.</summary>
public sealed class CorrectionPageTests
{
    private static readonly DepartmentId Finance = Id.Parse<DepartmentId>("finance");

    [Fact]
    public void Field_ThatNamesAnEntry_IsALinkToWhatThatIs()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(MoneyWorld.Entries, MoneyWorld.AsOf));
        IElement withdrawn = Amendment(site, "en/", "重复填报");

        // As it was recorded and where: its department lists it, whatever became of it.
        IElement[] links = [.. withdrawn.QuerySelectorAll(".said a")];
        links.Select(link => link.TextContent).ShouldContain(text => text == "allocation · 400,000 yuan · 10 March 2020");
        string address = links.Single(link => link.TextContent.StartsWith("allocation", StringComparison.Ordinal)).GetAttribute("href")!;
        address.ShouldEndWith($"#{MoneyWorld.Named["road"].Value}");
        site.Page($"{address.Split('#')[0][1..]}index.html").GetElementById(MoneyWorld.Named["road"].Value).ShouldNotBeNull();
        withdrawn.QuerySelector(".said")!.TextContent.ShouldNotContain(MoneyWorld.Named["road"].Value);
    }

    [Fact]
    public void Correction_OfWhichEntryIsCited_ShowsBothInWords()
    {
        Allocation road = (Allocation)MoneyWorld.Entries.Single(entry => entry.Id == MoneyWorld.Named["road"]).Fact;
        TestSite site = With(
            new Correction(MoneyWorld.Named["road"], FreeText.Of("资金来源写错"), null),
            road with { Appropriation = MoneyWorld.Named["provincial"] });
        IElement corrected = Amendment(site, "", "资金来源写错");

        corrected.QuerySelector("del")!.TextContent.ShouldBe("资金下达 · 600,000元（60万元） · 2019年12月20日");
        corrected.QuerySelector("ins")!.TextContent.ShouldBe("资金下达 · 400,000元（40万元） · 2020年1月10日");
        corrected.QuerySelectorAll("del a, ins a").Length.ShouldBe(2);
    }

    [Fact]
    public void Withdrawal_OfWhatATierSaid_NamesTheItemAndTheTier()
    {
        IElement one = Amendment(With(new Withdrawal(MoneyWorld.Named["tier-county"], FreeText.Of("批错了"), null)), "en/", "批错了");

        one.QuerySelector(".soft a[href^='/en/plans/']")!.TextContent.ShouldBe("道路硬化");
        one.QuerySelector(".soft")!.TextContent.ShouldContain("道路硬化 · county");
    }

    [Fact]
    public void Withdrawal_OfAChangeOfADepartment_LinksTheDepartmentByItsName()
    {
        FreeText reason = FreeText.Of("机构改革");
        EntryId change = IdOf(2);
        IElement one = Amendment(
            With(
                new Department(Finance, FreeText.Of("某县财政局"), null, null, null, []),
                new UnitChange(Finance, SuccessionType.Renamed, [Id.Parse<DepartmentId>("other")], reason, reason),
                new Withdrawal(change, FreeText.Of("改革推迟"), null)),
            "",
            "改革推迟");

        one.QuerySelectorAll(".soft a").Select(link => (link.GetAttribute("href"), link.TextContent)).ShouldContain(("/departments/finance/", "某县财政局"));
        one.QuerySelector(".soft")!.TextContent.ShouldEndWith("某县财政局");
    }

    [Fact]
    public void Redaction_OfWhatAFundWasCalled_NamesTheFieldAndTheApproverAndTheFundAsItIsCalledNow()
    {
        Entry opened = MoneyWorld.Entries.First(entry => entry.Fact is Fund);
        var fund = (Fund)opened.Fact;
        TestSite site = TestSite.Of(TestSite.SnapshotOf(
            [
                .. MoneyWorld.Entries.Select(entry => entry.Id == opened.Id ? entry with { Fact = fund with { Name = FreeText.Withheld } } : entry),
                EntryOf(1, new Correction(opened.Id, FreeText.Of("名称有误"), null)),
                EntryOf(2, fund with { Name = FreeText.Of("新名称专项资金") }),
                EntryOf(3, new Redaction(opened.Id, [Id.Parse<ValuePointer>("/name")], FreeText.Of("不该公开"), null, Id.Parse<PersonId>("finance-approver"))),
            ],
            MoneyWorld.AsOf));

        IElement one = Amendment(site, "en/", "不该公开");
        one.QuerySelector("h2")!.TextContent.ShouldBe("Redaction: fund");
        one.QuerySelector("li")!.TextContent.ShouldBe("Its name /name");
        one.TextContent.ShouldContain("Approved by finance-approver (the id of a person)");
        one.QuerySelector($".soft a[href='/en/funds/{fund.FundId}/']")!.TextContent.ShouldBe("新名称专项资金");
        Amendment(site, "", "不该公开").TextContent.ShouldContain("批准人编号：finance-approver");
        site.Page("en/corrections/index.html").QuerySelector("h1 ~ p:not(.answer)")!.TextContent.ShouldStartWith("1 redaction:");
        site.Page("en/about/index.html").QuerySelector("a[href='/en/corrections/']")!.TextContent.ShouldEndWith("1 redaction.");
    }

    [Fact]
    public void Redaction_OfAnEvidenceFile_DoesNotSayThatItWasPublic()
    {
        EntryId fund = MoneyWorld.Entries.First(entry => entry.Fact is Fund).Id;
        ValuePointer name = Id.Parse<ValuePointer>("/name"), file = Id.Parse<ValuePointer>("/evidenceFiles/0");
        IElement ofFile = Amendment(With(new Redaction(fund, [file], FreeText.Of("误传文件"), null, null)), "en/", "误传文件");
        ofFile.QuerySelector("li")!.TextContent.ShouldBe("Evidence files, never public /evidenceFiles/0");
        ofFile.TextContent.ShouldContain("Their keys are destroyed");
        ofFile.TextContent.ShouldNotContain("should not have been public");

        IElement ofBoth = Amendment(With(new Redaction(fund, [file, name], FreeText.Of("两样都去"), null, null)), "", "两样都去");
        ofBoth.QuerySelectorAll("ul").Select(list => list.TextContent.Trim()).ShouldBe(["名称 /name", "证明文件（从不公开） /evidenceFiles/0"]);
    }

    [Fact]
    public void Redaction_OfTheReasonOfACorrection_IsAboutWhatThatCorrects()
    {
        TestSite site = With(
            new Withdrawal(MoneyWorld.Named["tier-county"], FreeText.Of("批错了"), null),
            new Redaction(IdOf(1), [Id.Parse<ValuePointer>("/reason")], FreeText.Of("理由里有不该写的"), null, null));
        IElement one = Amendment(site, "", "理由里有不该写的");
        one.QuerySelector("h2")!.TextContent.ShouldBe("隐去：撤销");
        one.QuerySelector(".soft a[href^='/plans/']")!.TextContent.ShouldBe("道路硬化");
    }

    [Fact]
    public void Entry_ThatIsNotHereYet_IsNamedByItsId()
    {
        EntryId sent = MoneyWorld.Entries.Single(entry => entry.Fact is PassDown).Id;
        EntryId receipt = MoneyWorld.Entries.Single(entry => entry.Fact is Appropriation { PassDown: not null }).Id;
        ImmutableArray<Entry> entries =
        [
            .. MoneyWorld.Entries.Where(entry => MoneyWorld.StreamOf(entry).Value != "fund/city-2020"),
            EntryOf(1, new Withdrawal(receipt, FreeText.Of("误报收到"), null)),
        ];

        Amendment(TestSite.Of(TestSite.SnapshotOf(entries, MoneyWorld.AsOf)), "", "误报收到").QuerySelector(".said code")!.TextContent.ShouldBe(sent.Value);
    }

    /// <summary>What is recorded late in the evening in UTC is of the next day in China, and pages say whose day it is.</summary>
    [Fact]
    public void Days_OfRecording_AreThoseOfTheDeploymentsZone()
    {
        DateTimeOffset evening = new(2026, 11, 30, 17, 0, 0, TimeSpan.Zero);
        ImmutableArray<Entry> entries = [.. MoneyWorld.Entries.Select(entry => entry with { RecordedAt = evening })];
        Snapshot china = TestSite.SnapshotOf(entries, MoneyWorld.AsOf);
        Snapshot utc = china with { Settings = SiteSettings.Trial with { Zone = TimeZoneInfo.Utc } };
        foreach ((Snapshot snapshot, string day, string zone) in new[] { (china, "1 December 2026", "Beijing time"), (utc, "30 November 2026", "the zone UTC") })
        {
            TestSite site = TestSite.Of(snapshot);
            site.Page("en/corrections/index.html").QuerySelectorAll(".amendment .soft").ShouldAllBe(line => line.TextContent.Contains($"recorded on {day}", StringComparison.Ordinal));
            site.Page("en/plans/mistaken/index.html").QuerySelector(".notice")!.TextContent.ShouldContain($"recorded on {day}");
            site.Page("en/departments/finance/index.html").QuerySelector(".answer")!.TextContent.ShouldEndWith($"the latest recorded on {day}.");
            site.Page("en/departments/index.html").QuerySelector("tbody")!.TextContent.ShouldContain(day);
            foreach (string path in new[] { "en/corrections/", "en/status/", "en/departments/finance/" })
            {
                site.Text($"{path}index.html").ShouldContain($"Days of recording are in {zone}", Case.Sensitive, path);
            }
        }
    }

    private static TestSite With(params Fact[] facts) =>
        TestSite.Of(TestSite.SnapshotOf([.. MoneyWorld.Entries, .. facts.Select((fact, index) => EntryOf(index + 1, fact))], MoneyWorld.AsOf));

    private static EntryId IdOf(int number) => EntryId.Of(PostingId.Of(Finance, "further"), number);

    private static Entry EntryOf(int number, Fact fact) => new(IdOf(number), new(2021, 12, 5), SampleWorld.RecordedAt.AddDays(1), Finance, Channel.Http, fact);

    private static IElement Amendment(TestSite site, string root, string reason) => site.Page($"{root}corrections/index.html").QuerySelectorAll(".amendment")
        .Single(one => one.TextContent.Contains(reason, StringComparison.Ordinal));
}

using System.Collections.Immutable;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>The pages of a world with every kind of money.</summary>
public sealed class MoneyWorldTests
{
    private const int PageSizeMax = 60 * 1024;

    private static readonly TestSite Site = TestSite.Of(TestSite.SnapshotOf(MoneyWorld.Entries, MoneyWorld.AsOf));

    [Fact]
    public void Pages_EveryLink_LeadsToAFileAndAnAnchorThatAreThere()
    {
        foreach (string path in Site.Pages)
        {
            foreach (string address in Site.Page(path).QuerySelectorAll("[href]").Select(link => link.GetAttribute("href")!).Where(address => address.StartsWith('/')))
            {
                string file = address.Split('?')[0].Split('#')[0][1..];
                file = file.Length == 0 || file.EndsWith('/') ? file + "index.html" : file;
                (Site.Files.ContainsKey(file) || file is "data/manifest.json" or "status.json").ShouldBeTrue($"{path} links {address}");
                if (address.Contains('#', StringComparison.Ordinal))
                {
                    Site.Page(file).GetElementById(address.Split('#')[1]).ShouldNotBeNull($"{path} links {address}");
                }
            }
        }
    }

    [Fact]
    public void Pages_Markup_KeepsTheHouseForm()
    {
        foreach (string path in Site.Pages)
        {
            IHtmlDocument page = Site.Page(path);
            page.QuerySelectorAll("h1").Length.ShouldBe(1, path);
            page.QuerySelectorAll("[id]").Select(element => element.Id).ShouldBeUnique(StringComparer.Ordinal, path);
            page.QuerySelectorAll("table").ShouldAllBe(table => table.QuerySelector("caption") != null, path);
            page.QuerySelectorAll("[style], style, script:not([src])").ShouldBeEmpty(path);
            foreach (IElement figure in page.QuerySelectorAll("data"))
            {
                long fen = long.Parse(figure.GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture);
                figure.TextContent.ShouldBe(Amount.Text(fen), path);
            }
        }
    }

    [Fact]
    public void Pages_WithTheirStylesheet_AreAtMost60KiB()
    {
        foreach (string path in Site.Pages)
        {
            Site.Weight(path).ShouldBeLessThanOrEqualTo(PageSizeMax, path);
        }
    }

    [Fact]
    public void Pages_InEnglish_HaveNoChineseWordsOfOurs()
    {
        foreach (string path in Site.Pages.Where(page => page.StartsWith("en/", StringComparison.Ordinal)))
        {
            foreach (IElement part in Site.Page(path).QuerySelectorAll("main *").Where(part => part.Children.Length == 0 && part.TextContent.Any(c => c is >= '\u4E00' and <= '\u9FFF')))
            {
                (part.Closest("[lang=zh-Hans]") is not null).ShouldBeTrue($"{path}: {part.OuterHtml}");
            }
        }
    }

    [Fact]
    public void Funnel_OfAFund_ShowsEachStageAndWhatPaidIsMadeUpOf()
    {
        Dictionary<string, long[]> rows = Site.Page("en/funds/county-2020/index.html").QuerySelectorAll("#funnel-table tbody tr")
            .ToDictionary(row => row.QuerySelector("th")!.TextContent, row => TestSite.Fen(row).ToArray(), StringComparer.Ordinal);

        rows["Given"].ShouldBe([120_000_000]);
        rows["Interest"].ShouldBe([12_345]);
        rows["Returned to source"].ShouldBe([2_000_000]);
        rows["Allocated"].ShouldBe([85_000_000]);
        rows["Under contract"].ShouldBe([39_000_000]);
        rows["of which moved"].ShouldBe([5_000_000]);
        rows["of which placed"].ShouldBe([5_000_000]);
        rows["Paid"].Single().ShouldBe(rows["of which moved"].Single() + rows["of which placed"].Single() + rows["of which spent"].Single());
        rows["Left to share out"].ShouldBe([120_000_000 + 12_345 - 2_000_000 - 85_000_000]);
    }

    [Theory]
    [InlineData("county-2020", "This fund was given 1,200,000 yuan (1.2 million); 850,000 yuan is allocated to 4 projects.")]
    [InlineData("city-2020", "This fund was given 500,000 yuan; 300,000 yuan of it was passed down to lower governments in 1 share.")]
    public void Answer_OfAFund_SaysHowMuchOfItIsAllocated(string fund, string answer) =>
        Site.Page($"en/funds/{fund}/index.html").QuerySelector(".answer")!.TextContent.ShouldBe(answer);

    [Fact]
    public void Answer_OfAFundWithNothingAllocated_SaysSo()
    {
        ImmutableArray<Entry> entries = [.. MoneyWorld.Entries.Where(entry => entry.Fact is Fund or Appropriation { PassDown: null })];

        TestSite.Of(TestSite.SnapshotOf(entries, MoneyWorld.AsOf)).Page("en/funds/county-2020/index.html").QuerySelector(".answer")!.TextContent
            .ShouldBe("This fund was given 1,000,000 yuan (1 million). Nothing is allocated to a project yet.");
    }

    /// <summary>The page of one project need not say its name in every row; a fund's has to.</summary>
    [Fact]
    public void Payments_OfAProject_AreNamedByTheirDays()
    {
        IElement own = Site.Page("en/projects/road/index.html").QuerySelector("#payments-county-2020-table")!;
        own.QuerySelectorAll("thead th").Select(head => head.TextContent).ShouldBe(["Date", "What sort", "Amount (yuan)", "Came back (yuan)"]);
        own.QuerySelectorAll("tbody th time").Length.ShouldBe(2);
        own.QuerySelectorAll("tbody th a.mark").Length.ShouldBe(1);
        own.QuerySelectorAll("tfoot > tr > *").Sum(cell => int.Parse(cell.GetAttribute("colspan") ?? "1", System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(4);
        Site.Page("en/funds/county-2020/index.html").QuerySelector("#payments-table tbody th")!.TextContent.ShouldContain("道路");
        Site.Page("en/projects/road/index.html").QuerySelector("#far ~ figure figcaption, #far ~ .picture figcaption")!.TextContent.ShouldBe("297,000 yuan of 420,000 yuan allocated has been paid.");
    }

    [Theory]
    [InlineData("county-2020")]
    [InlineData("city-2020")]
    [InlineData("herd-2020")]
    [InlineData("old-2015")]
    public void Movements_LastBalances_AreThoseOfTheBooks(string fund)
    {
        FundBooks books = FundBooks.Fold(History.Of(MoneyWorld.Entries).Live)[Id.Parse<FundId>(fund)];
        IElement last = Site.Page($"funds/{fund}/index.html").QuerySelectorAll("#movements-table tbody tr")[^1];

        TestSite.Fen(last.QuerySelectorAll("td.n")[1]).First().ShouldBe(books.Free.Fen);
        TestSite.Fen(last.QuerySelectorAll("td.n")[2]).First().ShouldBe(books.Cash.Fen);
    }

    [Fact]
    public void Shares_OfSources_AddUpToWhatIsAllocatedAndSayHowTheyAreKnown()
    {
        IElement shares = Site.Page("en/funds/county-2020/index.html").QuerySelector("#shares-table")!;

        TestSite.Fen(shares.QuerySelector("tfoot")!).ShouldBe([85_000_000]);
        shares.QuerySelectorAll("tbody tr").First(row => row.TextContent.Contains("道路", StringComparison.Ordinal)).TextContent.ShouldContain("recorded");
        shares.TextContent.ShouldContain("computed, not recorded");
    }

    [Fact]
    public void Contracts_Retention_IsWhatIsHeldBack() =>
        TestSite.Fen(Site.Page("funds/county-2020/index.html").QuerySelector("#contracts-table tbody tr")!).ShouldBe([39_000_000, 11_700_000, 29_700_000, 1_170_000, 1_170_000]);

    [Fact]
    public void Finding_OfAPassDownReceivedInPart_SaysHowMuchWasSentAndHowMuchIsOutstanding() =>
        Site.Page("en/funds/city-2020/index.html").QuerySelector("figcaption")!.TextContent.ShouldBe("300,000 yuan was sent to lower governments; the receipt of 100,000 yuan is not yet posted.");

    [Fact]
    public void PassDown_WithItsReceipt_ShowsSentReceivedAndInBetween() =>
        TestSite.Fen(Site.Page("funds/city-2020/index.html").QuerySelector("#passed-table tfoot")!).ShouldBe([30_000_000, 20_000_000, 10_000_000]);

    /// <summary>On a phone each row is a list with the heads as labels: a figure that one has to scroll to is not seen.</summary>
    [Theory]
    [InlineData("funds/county-2020", "#movements-table")]
    [InlineData("funds/herd-2020", "#movements-table")]
    [InlineData("funds/county-2020", "#payments-table")]
    [InlineData("projects/road", "#payments-county-2020-table")]
    [InlineData("regions/410500", "#regions-table")]
    [InlineData("funds", "#funds-table")]
    public void LongTables_OnAPhone_LabelEveryCellWithItsHead(string page, string table)
    {
        IElement found = Site.Page($"{page}/index.html").QuerySelector(table)!;
        string[] heads = [.. found.QuerySelectorAll("thead th").Skip(1).Select(head => head.TextContent)];

        found.ClassList.ShouldContain(name => name == "stack");
        foreach (IElement row in found.QuerySelectorAll("tbody tr"))
        {
            row.QuerySelectorAll("td").Select(cell => cell.GetAttribute("data-l")).ShouldBe(
                row.QuerySelector(".goods") is null ? heads : heads.Select(head => head == "金额（元）" ? "数量" : head));
        }

        found.QuerySelectorAll("tfoot td").ShouldAllBe(cell => heads.Contains(cell.GetAttribute("data-l"), StringComparer.Ordinal));
    }

    [Fact]
    public void Year_Closed_NamesWhatWasRecordedAfterwards()
    {
        string text = Site.Text("en/funds/county-2020/index.html");

        text.ShouldContain("Recorded after 2020 was closed: 1 entry.");
        text.ShouldContain("notified in advance");
    }

    [Fact]
    public void RevolvingFund_Identity_HoldsWithItsFigures()
    {
        long[] fen = [.. TestSite.Fen(Site.Page("funds/herd-2020/index.html").QuerySelector(".identity")!)];

        (fen[0] + fen[1]).ShouldBe(fen[2] + fen[3] + fen[4]);
        fen.ShouldBe([10_000_000, 350_000, 6_850_000, 3_000_000, 500_000]);
        Site.Text("en/funds/herd-2020/index.html").ShouldContain("It has turned 1.50 times");
        IElement loans = Site.Page("en/funds/herd-2020/index.html").QuerySelector("#loans-table")!;
        loans.QuerySelectorAll(".late").Length.ShouldBe(1);
        loans.QuerySelector("tbody tr th")!.TextContent.ShouldEndWith("due 1 February 2021 · overdue"); // With the purpose: figures alone have columns.
        loans.QuerySelectorAll("thead th:not(.n)").Length.ShouldBe(1);
    }

    [Fact]
    public void RevolvingFund_SharesNothingOutAndSaysWhatIsLeftToLend()
    {
        string page = Site.Page("en/funds/herd-2020/index.html").DocumentElement.TextContent;
        page.ShouldContain("Left to lend");
        page.ShouldNotContain("Left to share out");
        Site.Page("en/funds/county-2020/index.html").DocumentElement.TextContent.ShouldNotContain("Left to lend");
    }

    /// <summary>A project that went into another has a row in the table of what a fund is for, and no bar of nothing.</summary>
    [Fact]
    public void Uses_WithoutMoney_HaveARowAndNoBar()
    {
        IDocument page = Site.Page("funds/county-2020/index.html");
        page.QuerySelector("#uses-table")!.TextContent.ShouldContain("旧路");
        string picture = page.QuerySelector("#uses ~ figure, #uses ~ .picture, [id=uses-picture]")!.TextContent;
        picture.ShouldContain("道路");
        picture.ShouldNotContain("旧路");
    }

    [Fact]
    public void RevolvingFund_Goods_StandInATableOfTheirOwn()
    {
        IElement goods = Site.Page("funds/herd-2020/index.html").QuerySelector("#goods-table")!;

        goods.TextContent.ShouldContain("只羊");
        TestSite.Fen(goods).ShouldBeEmpty();
    }

    /// <summary>Lent, come back, written off: what is counted by number is nowhere a sum of money, not even of nothing.</summary>
    [Fact]
    public void RevolvingFund_GoodsAmongTheMovements_StandByNumberAndNeverAsZero()
    {
        Entry sheep = MoneyWorld.Entries.Single(entry => entry.Fact is Loan { Quantity: not null });
        FundId herd = Id.Parse<FundId>("herd-2020");
        FreeText reason = FreeText.Of("病死");
        Fact[] further =
        [
            new WriteOff(herd, sheep.Id, null, Quantity.OfThousandths(3_000), reason, Tier.County, FreeText.Of("4号")),
            new Repayment(herd, sheep.Id, null, new Money(500), Quantity.OfThousandths(1_000), null),
        ];
        TestSite site = TestSite.Of(TestSite.SnapshotOf(
            [.. MoneyWorld.Entries, .. further.Select((fact, index) => new Entry(EntryId.Of(PostingId.Of(SampleWorld.Department, "goods"), index + 1), new(2021, 12, 3), SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact))],
            MoneyWorld.AsOf));
        IElement[] rows = [.. site.Page("en/funds/herd-2020/index.html").QuerySelectorAll("#movements-table tbody tr")];

        rows.Where(row => row.QuerySelector(".goods") is not null).Select(row => $"{row.QuerySelector("th")!.FirstChild!.TextContent.Trim()} {row.QuerySelector("td.n")!.TextContent}")
            .ShouldBe(["Lent 20 只羊", "Repayment 12 只羊", "Write-off 3 只羊", "Repayment 5 1 只羊"]);
        rows.SelectMany(row => TestSite.Fen(row.QuerySelector("td.n")!)).ShouldAllBe(fen => fen != 0);
        site.Page("en/departments/finance/index.html").QuerySelectorAll("#entries-table .goods").Select(goods => goods.TextContent).ShouldContain(text => text == "12 只羊");
    }

    [Fact]
    public void OpeningBalance_OnItsFund_IsMarkedAsBeforeTheLog()
    {
        string text = Site.Text("en/funds/old-2015/index.html");

        text.ShouldContain("From before the log: given 90,000 yuan");
        text.ShouldContain("There is no entry for each.");
    }

    [Fact]
    public void Project_WithEverything_ShowsTargetsStepsChangesAndAssets()
    {
        IHtmlDocument page = Site.Page("en/projects/road/index.html");

        page.QuerySelector("#targets-table-county-2020 tbody tr")!.TextContent.ShouldContain("1.8");
        page.QuerySelectorAll("#steps-table-county-2020 tbody tr").Select(row => row.LastElementChild!.TextContent)
            .ShouldBe(["done, 1 October 2020", "past its day; nobody has said whether it is done"]);
        page.QuerySelectorAll(".change").Length.ShouldBe(2);
        page.QuerySelector("#changes-county-2020")!.ParentElement!.QuerySelector("del")!.TextContent.ShouldBe("31 October 2020");
        page.Body!.TextContent.ShouldContain("It came from");
        TestSite.Fen(page.QuerySelector("#assets-county-2020-table tbody")!).ShouldBe([39_500_000, 500_000, 300_000, 200_000]);
    }

    [Fact]
    public void Project_Merged_LeadsOnToItsSuccessor()
    {
        IHtmlDocument page = Site.Page("en/projects/old-road/index.html");

        page.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe("/en/projects/road/");
        page.QuerySelector(".notice a")!.GetAttribute("href").ShouldBe("/en/projects/road/");
    }

    [Fact]
    public void Project_ContractorAndImplementingUnit_AreEachAsStated()
    {
        Facts("road").ShouldContainKeyAndValue("Contractor", "安阳路桥公司");
        Facts("road").ShouldContainKeyAndValue("Carried out by", "田江村委会");
        Facts("school").ContainsKey("Contractor").ShouldBeFalse();
        Facts("school").ContainsKey("Carried out by").ShouldBeFalse();
    }

    [Fact]
    public void Households_UnderTen_AreNotShownNorWhatTellsTheirNumber()
    {
        IElement small = Site.Page("en/projects/subsidy/index.html").QuerySelectorAll("#households-table-county-2020 tbody tr")[1];

        small.TextContent.ShouldContain("under 10");
        small.TextContent.ShouldNotContain("五百元");
        small.QuerySelectorAll("td").Count(cell => cell.TextContent == "too few households to show").ShouldBe(1);
        small.QuerySelectorAll("td").Count(cell => cell.TextContent == "not shown").ShouldBe(1);
        foreach (string path in Site.Pages)
        {
            Site.Text(path).ShouldNotContain("五百元整", Case.Sensitive, path);
        }
    }

    [Theory]
    [InlineData("road-2020", "in the annual plan", "is allocated")]
    [InlineData("pond-2020", "removed", "It was removed from the library.")]
    [InlineData("mill-2021", "entered", "not in the annual plan yet")]
    public void PlanItem_InEachState_SaysWhatBecameOfIt(string item, string state, string answer)
    {
        string text = Site.Text($"en/plans/{item}/index.html");

        text.ShouldContain(state);
        text.ShouldContain(answer);
    }

    [Fact]
    public void PlanItem_OfAProject_LinksItAndEachTier()
    {
        IHtmlDocument page = Site.Page("plans/road-2020/index.html");

        page.QuerySelectorAll("a").ShouldContain(link => link.GetAttribute("href") == "/projects/road/");
        page.QuerySelectorAll(".history li").Length.ShouldBe(4); // Three tiers spoke; the city has said nothing.
        Site.Page("projects/road/index.html").QuerySelectorAll("a").ShouldContain(link => link.GetAttribute("href") == "/plans/road-2020/");
    }

    [Fact]
    public void Correction_OfAPayment_ShowsBothFiguresAndIsLinkedBothWays()
    {
        IElement one = Site.Page("en/corrections/index.html").QuerySelectorAll(".amendment").Single(part => part.TextContent.Contains("凭证金额看错", StringComparison.Ordinal));

        TestSite.Fen(one.QuerySelector("del")!).ShouldBe([20_000_000]);
        TestSite.Fen(one.QuerySelector("ins")!).ShouldBe([18_000_000]);
        one.QuerySelectorAll("a").ShouldContain(link => link.GetAttribute("href") == "/en/funds/county-2020/");
        string id = one.QuerySelector("h2")!.Id!;
        Site.Page("en/funds/county-2020/index.html").QuerySelectorAll("a.mark").ShouldContain(link => link.GetAttribute("href") == $"/en/corrections/#{id}");
    }

    [Theory]
    [InlineData("funds/gone-2020/", "重复登记")]
    [InlineData("projects/road-again/", "同一项目登记两次")]
    [InlineData("plans/mistaken/", "误录")]
    public void Withdrawn_Thing_KeepsItsPageWithTheReason(string address, string reason)
    {
        IHtmlDocument page = Site.Page($"en/{address}index.html");

        page.Body!.TextContent.ShouldContain("This was withdrawn");
        page.Body.TextContent.ShouldContain(reason);
        page.QuerySelectorAll("a.mark").ShouldNotBeEmpty();
        Site.Page("en/funds/index.html").Body!.TextContent.ShouldNotContain("重复的资金");
    }

    [Fact]
    public void Withdrawn_Payment_StandsOnItsFundAndCountsInNoTotal()
    {
        IHtmlDocument page = Site.Page("funds/county-2020/index.html");

        page.QuerySelector("#withdrawn-table")!.TextContent.ShouldContain("重复填报");
        page.QuerySelector("#movements-table")!.QuerySelectorAll("tr").ShouldAllBe(row => row.Id != MoneyWorld.Named["mistake"].Value);
    }

    [Fact]
    public void Place_ThatWasMerged_LeadsOnAndItsSuccessorIsCounted()
    {
        IHtmlDocument page = Site.Page("regions/410506/index.html");

        page.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe("/regions/410503/");
        page.QuerySelector(".answer a")!.GetAttribute("href").ShouldBe("/regions/410503/");
        page.Body!.TextContent.ShouldContain("豫政〔2021〕7号");
    }

    [Fact]
    public void Region_WithCreditReports_ShowsThemAsNoMoneyOfAFund() =>
        Site.Page("en/regions/410503/index.html").QuerySelector("#credit-table")!.TextContent.ShouldContain("700,000");

    [Fact]
    public void Assets_AllOfThem_StandApartFromMoney()
    {
        TestSite.Fen(Site.Page("project-assets/index.html").QuerySelector("#assets-table tfoot")!).ShouldBe([39_500_000]);
        Site.Text("en/project-assets/index.html").ShouldContain("households that benefit: under 10");
    }

    [Fact]
    public void Adjustments_OverAllFunds_HaveOldAndNew()
    {
        IElement table = Site.Page("adjustments/index.html").QuerySelector("#adjustments-table tbody")!;

        table.QuerySelectorAll("tr").Select(row => TestSite.Fen(row).ToArray()).ShouldBe([[40_000_000L, 42_000_000L], [30_000_000L, 28_000_000L]]);
    }

    public static TheoryData<string> Streams => [.. MoneyWorld.Entries.Select(MoneyWorld.StreamOf).Distinct().Select(stream => stream.Value)];

    /// <summary>Nothing orders one stream against another: any of them may be behind, and what names it is there already.</summary>
    [Theory]
    [MemberData(nameof(Streams))]
    public void Site_WithoutOneOfItsStreams_IsRendered(string stream)
    {
        ImmutableArray<Entry> entries = [.. MoneyWorld.Entries.Where(entry => MoneyWorld.StreamOf(entry).Value != stream)];

        Should.NotThrow(() => TestSite.Of(TestSite.SnapshotOf(entries, MoneyWorld.AsOf)));
    }

    private static Dictionary<string, string> Facts(string project) => Site.Page($"en/projects/{project}/index.html").QuerySelector("dl.facts")!.QuerySelectorAll("dt")
        .ToDictionary(term => term.TextContent, term => term.NextElementSibling!.TextContent.Trim(), StringComparer.Ordinal);
}

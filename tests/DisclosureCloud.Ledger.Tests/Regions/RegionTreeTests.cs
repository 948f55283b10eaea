namespace DisclosureCloud.Ledger.Tests;

public sealed class RegionTreeTests
{
    private static readonly DepartmentId Department = Id.Parse<DepartmentId>("finance");
    private int _made;

    [Fact]
    public void PassDown_InsideARegionWithItsReceipt_CountsEachFenOnce()
    {
        Entry sent = PassDown("city", 30, "410503");
        RegionTree tree = RegionTree.Of(
        [
            Fund("city", "410500"), Given("city", 100), sent,
            Fund("county", "410503"), Given("county", 30, sent.Id), Given("county", 5),
        ]);

        Totals(tree, "410500").ShouldBe((105, 30, 30, 0, 0));
        Totals(tree, "410503").ShouldBe((35, 0, 0, 0, 30));
        Totals(tree, "410000").ShouldBe((105, 30, 30, 0, 0));
        tree.Country.Appropriated.Fen.ShouldBe(105);
    }

    [Fact]
    public void PassDown_WithoutItsReceipt_IsSentAndNotArrived()
    {
        RegionTree tree = RegionTree.Of([Fund("city", "410500"), Given("city", 100), PassDown("city", 30, "410503")]);

        Totals(tree, "410500").ShouldBe((100, 0, 30, 0, 0));
        Totals(tree, "410503").ShouldBe((0, 0, 0, 0, 30));
    }

    [Fact]
    public void PassDown_OutOfARegion_IsShownAsGoneOut()
    {
        RegionTree tree = RegionTree.Of([Fund("city", "410500"), Given("city", 100), PassDown("city", 30, "410703")]);

        Totals(tree, "410500").ShouldBe((100, 0, 0, 30, 0));
        Totals(tree, "410700").ShouldBe((0, 0, 0, 0, 30));
        Totals(tree, "410000").ShouldBe((100, 0, 30, 0, 0));
    }

    [Fact]
    public void Receipt_ReadBeforeItsPassDown_CountsEachFenOnceAllTheSame()
    {
        Entry sent = PassDown("city", 30, "410503");
        RegionTree tree = RegionTree.Of(
        [
            Fund("county", "410503"), Given("county", 30, sent.Id),
            Fund("city", "410500"), Given("city", 100), sent,
        ]);

        Totals(tree, "410500").ShouldBe((100, 30, 30, 0, 0));
        tree.Country.Appropriated.Fen.ShouldBe(100);
    }

    [Fact]
    public void Names_OfAFundWithOneWithheld_NameNoWrongPlace()
    {
        Entry fund = Fund("county", "410503");
        RegionTree tree = RegionTree.Of(
        [
            fund with { Fact = (Fund)fund.Fact with { RegionNames = [FreeText.Of("河南省"), FreeText.Of("安阳市"), FreeText.Withheld] } },
        ]);

        tree.Find(Id.Parse<RegionCode>("410503"))!.Name.ShouldBeNull();
        tree.Find(Id.Parse<RegionCode>("410500"))!.Name.ShouldBe("安阳市");
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Totals_OfRandomFundsAndReceipts_AgreeWithASumOverEveryPath(int seed)
    {
        var random = new Random(seed);
        string[] places = ["410000", "410500", "410503", "410505", "410700", "410703", "430000", "430500", "430511"];
        for (int world = 0; world < 60; world++)
        {
            (List<Entry> entries, List<(string From, string To, long Fen, bool Posted)> sent, List<(string At, long Fen)> fresh) = World(random, places);
            Entry[][] streams = [.. entries.GroupBy(entry => ((IOfFund)entry.Fact).FundId).Select(group => group.ToArray())];
            random.Shuffle(streams);
            RegionTree tree = RegionTree.Of(streams.SelectMany(stream => stream));
            foreach (string place in places.Where(place => tree.Find(Id.Parse<RegionCode>(place)) is not null))
            {
                // New to a region is what came to its funds from nowhere or from a fund outside it; the rest is its own already.
                long wanted = fresh.Where(one => Inside(one.At, place)).Sum(one => one.Fen)
                    + sent.Where(one => one.Posted && Inside(one.To, place) && !Inside(one.From, place)).Sum(one => one.Fen);
                long received = sent.Where(one => one.Posted && Inside(one.To, place) && Inside(one.From, place)).Sum(one => one.Fen);
                long within = sent.Where(one => Inside(one.From, place) && Inside(one.To, place)).Sum(one => one.Fen);
                long gone = sent.Where(one => Inside(one.From, place) && !Inside(one.To, place)).Sum(one => one.Fen);
                long come = sent.Where(one => !Inside(one.From, place) && Inside(one.To, place)).Sum(one => one.Fen);
                Totals(tree, place).ShouldBe((wanted, received, within, gone, come), $"seed {seed}, world {world}, {place}");
            }

            tree.Country.Appropriated.Fen.ShouldBe(fresh.Sum(one => one.Fen), $"seed {seed}, world {world}");
        }
    }

    [Fact]
    public void Receipt_OfAnotherAmountOrTheSecondOrOfNothing_CountsAsMoneyFromElsewhere()
    {
        Entry pass = PassDown("f0", 100, "410503");
        Entry nothing = PassDown("f0", 100, "410503"); // Not among the entries.
        RegionTree tree = RegionTree.Of(
        [
            Fund("f0", "410500"), Fund("f1", "410503"), Given("f0", 1_000), pass,
            Given("f1", 99, pass.Id), Given("f1", 100, nothing.Id), Given("f1", 100, pass.Id), Given("f1", 100, pass.Id),
        ]);

        Totals(tree, "410500").ShouldBe((1_000 + 99 + 100 + 100, 100, 100, 0, 0));
    }

    [Fact]
    public void Totals_OfTwoFundsOfTheLargestAmount_AreExact()
    {
        RegionTree tree = RegionTree.Of([Fund("f0", "410503"), Fund("f1", "410505"), Given("f0", Money.FenMax), Given("f1", Money.FenMax)]);

        tree.Country.Appropriated.Fen.ShouldBe(2 * Money.FenMax);
    }

    [Fact]
    public void Name_OfAProvinceInAPosting_RenamesItForNobody()
    {
        Entry fund = Fund("county", "410503");
        RegionTree tree = RegionTree.Of(
        [
            fund with { Fact = (Fund)fund.Fact with { RegionNames = [FreeText.Of("某省"), FreeText.Of("某市"), FreeText.Of("北关区")] } },
        ]);

        tree.Find(Id.Parse<RegionCode>("410000"))!.Name.ShouldBe("河南省");
        tree.Find(Id.Parse<RegionCode>("410500"))!.Name.ShouldBe("安阳市");
        tree.Find(Id.Parse<RegionCode>("410503"))!.Name.ShouldBe("北关区");
    }

    [Theory]
    [InlineData("410503", new[] { "河南省", "安阳市", "北关区" }, null)]
    [InlineData("410503", new[] { "河南省", "深圳市", "北关区" }, "深圳市")]
    [InlineData("410503", new[] { "广东省", "安阳市", "北关区" }, "广东省")]
    [InlineData("410503", new[] { "河南省", "彰德府", "北关区" }, null)] // Not a name of today: it may have been one.
    [InlineData("410500-00000000", new[] { "河南省", "安阳市", "某镇" }, "某镇")]
    public void Region_WithNames_MismatchesWhereANameIsOfAnotherPlace(string code, string[] names, string? wrong) =>
        (RegionPath.Mismatch(Id.Parse<RegionCode>(code), names)?.Name).ShouldBe(wrong);

    private (List<Entry> Entries, List<(string From, string To, long Fen, bool Posted)> Sent, List<(string At, long Fen)> Fresh) World(
        Random random, string[] places)
    {
        List<Entry> entries = [.. places.Select((place, index) => Fund($"f{index}", place))];
        var sent = new List<(string, string, long, bool)>();
        var fresh = new List<(string, long)>();
        for (int step = 0; step < 30; step++)
        {
            int from = random.Next(places.Length);
            int to = random.Next(places.Length);
            long fen = random.Next(1, 1_000);
            if (random.Next(2) == 0)
            {
                entries.Add(Given($"f{from}", fen));
                fresh.Add((places[from], fen));
                continue;
            }

            Entry pass = PassDown($"f{from}", fen, places[to]);
            bool posted = to != from && random.Next(3) > 0; // No fund receives from itself.
            entries.Add(pass);
            sent.Add((places[from], places[to], fen, posted));
            if (posted)
            {
                entries.Add(Given($"f{to}", fen, pass.Id));
            }
        }

        return (entries, sent, fresh);
    }

    // By the digits of GB/T 2260 alone: 410000 holds 41xxxx, 410500 holds 4105xx.
    private static bool Inside(string place, string region) =>
        region.EndsWith("0000", StringComparison.Ordinal) ? place[..2] == region[..2]
        : region.EndsWith("00", StringComparison.Ordinal) ? place[..4] == region[..4]
        : place == region;

    private static (long Appropriated, long Received, long Within, long Out, long In) Totals(RegionTree tree, string code)
    {
        RegionNode node = tree.Find(Id.Parse<RegionCode>(code))!;
        return (node.Appropriated.Fen, node.Received.Fen, node.PassedDownWithin.Fen, node.PassedDownOut.Fen, node.PassedDownIn.Fen);
    }

    private Entry Fund(string name, string region) => Made(new Fund(
        FundOf(name), FreeText.Of("专账"), new BudgetYear(2018), Id.Parse<RegionCode>(region), [], FreeText.Of("财政局"), null, null, [], [], null));

    private Entry Given(string fund, long fen, EntryId? receipt = null) => Made(new Appropriation(
        FundOf(fund), SourceLevel.Municipal, SourceNature.Earmarked, FreeText.Of("来源"), new Money(fen), null, receipt, null));

    private Entry PassDown(string fund, long fen, string place) => Made(new PassDown(
        FundOf(fund), new Money(fen), Id.Parse<RegionCode>(place), FreeText.Of("某县"), FreeText.Of("用途"), null, null, null, null, null, null, null,
        null, null, null, null));

    private Entry Made(Fact fact) => new(EntryId.Of(PostingId.Of(Department, $"{_made++}"), 1), null, default, Department, Channel.Http, fact);

    private static FundId FundOf(string name) => Id.Parse<FundId>($"fund-{name}");
}

using System.Text;

namespace DisclosureCloud.Ledger.Tests;

public sealed class RuleBookTests
{
    private const string Default = """
        {"basis": "某文件", "tiers": ["village", "township", "county"], "decidingTier": "county", "moneyNeedsTier": "county",
         "managementFeePerTenThousand": 100, "adjustmentPercent": 10, "gongshiDays": 10}
        """;

    [Fact]
    public void BuiltIn_IsThereAndHoldsTogether()
    {
        PlaceRules rules = RuleBook.BuiltIn.For(Id.Parse<RegionCode>("410503"));

        (rules.DecidingTier, rules.MoneyNeedsTier, rules.GongshiDays).ShouldBe((Tier.County, Tier.County, 10));
        rules.Tiers.ShouldBe([Tier.Village, Tier.Township, Tier.County, Tier.City]);
    }

    [Theory]
    [InlineData("410503", 30)]
    [InlineData("410503-01234567", 30)]
    [InlineData("410505", 20)]
    [InlineData("410000", 10)]
    [InlineData("000000", 10)]
    [InlineData("530000", 10)]
    public void For_APlace_AreItsOwnRulesOrThoseOfTheNearestAbove(string place, int days)
    {
        string file = $$"""
            {"default": {{Default}}, "regions": {
              "410500": {{Default.Replace("\"gongshiDays\": 10", "\"gongshiDays\": 20", StringComparison.Ordinal)}},
              "410503": {{Default.Replace("\"gongshiDays\": 10", "\"gongshiDays\": 30", StringComparison.Ordinal)}} } }
            """;

        Parse(file).For(Id.Parse<RegionCode>(place)).GongshiDays.ShouldBe(days);
    }

    [Theory]
    [InlineData("\"village\", \"township\", \"county\"", "\"township\", \"village\", \"county\"")]
    [InlineData("\"village\", \"township\", \"county\"", "\"village\", \"village\", \"county\"")]
    [InlineData("\"village\", \"township\", \"county\"", "\"village\", \"township\"")]
    [InlineData("\"village\", \"township\", \"county\"", "\"hamlet\", \"county\"")]
    [InlineData("\"decidingTier\": \"county\"", "\"decidingTier\": \"city\"")]
    [InlineData("\"decidingTier\": \"county\"", "\"decidingTier\": null")]
    [InlineData("\"moneyNeedsTier\": \"county\"", "\"moneyNeedsTier\": \"province\"")]
    [InlineData("某文件", " ")]
    [InlineData("\"managementFeePerTenThousand\": 100", "\"managementFeePerTenThousand\": 10001")]
    [InlineData("\"managementFeePerTenThousand\": 100", "\"managementFeePerTenThousand\": -1")]
    [InlineData("\"managementFeePerTenThousand\": 100", "\"managementFeePerTenThousand\": 0.5")]
    [InlineData("\"adjustmentPercent\": 10", "\"adjustmentPercent\": 101")]
    [InlineData("\"gongshiDays\": 10", "\"gongshiDays\": 0")]
    [InlineData("\"gongshiDays\": 10", "\"gongshiDays\": 367")]
    [InlineData("\"gongshiDays\": 10", "\"gongshiDay\": 10")]
    public void Parse_OfAFileThatDoesNotHoldTogether_SaysSo(string good, string bad)
    {
        string file = $$"""{"default": {{Default}} }""";
        string wrong = file.Replace(good, bad, StringComparison.Ordinal);

        string.Equals(wrong, file, StringComparison.Ordinal).ShouldBeFalse();
        Parse(file).ShouldNotBeNull();
        Should.Throw<FormatException>(() => Parse(wrong)).Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"regions\": {}}")]
    public void Parse_OfAFileWithoutDefault_SaysSo(string file) => Should.Throw<FormatException>(() => Parse(file));

    [Fact]
    public void Parse_OfAPlaceThatHasNoSuchCode_NamesIt() =>
        Should.Throw<FormatException>(() => Parse($$"""{"default": {{Default}}, "regions": {"北关区": {{Default}} } }""")).Message.ShouldContain("北关区");

    [Fact]
    public void Parse_OfRulesOfNothing_SaysSo() =>
        Should.Throw<FormatException>(() => Parse($$"""{"default": {{Default}}, "regions": {"410503": null} }"""));

    [Fact]
    public void Parse_OfAPlaceStatedTwice_SaysSo() =>
        Should.Throw<FormatException>(() => Parse($$"""{"default": {{Default}}, "regions": {"410503": {{Default}}, "410503": {{Default}} } }"""));

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(0, 0, false)]
    [InlineData(1_000, 1_100, false)]
    [InlineData(1_000, 1_101, true)]
    [InlineData(1_000, 900, false)]
    [InlineData(1_000, 899, true)]
    [InlineData(1, 2, true)]
    [InlineData(Money.FenMax, 0, true)]
    public void IsLarge_AtTheThreshold_IsExact(long from, long to, bool large) =>
        RuleBook.BuiltIn.For(RegionCode.Country).IsLarge(new Money(from), new Money(to)).ShouldBe(large);

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(199, 1)]
    [InlineData(Money.FenMax, 90_071_992_547_409)]
    public void ManagementFeeMax_OfWhatWasGiven_LeavesOutWhatIsFinerThanAFen(long given, long most) =>
        RuleBook.BuiltIn.For(RegionCode.Country).ManagementFeeMax(new Money(given)).Fen.ShouldBe(most);

    // Where the city must approve before money flows, and no village applies, the tables' rows say otherwise.
    [Fact]
    public void Rules_OfAPlaceOfItsOwn_AreThoseOfItsTiersAndOfItsAmendments()
    {
        RuleBook book = Parse($$"""
            {"default": {{Default}}, "regions": {"410503":
              {"basis": "某区", "tiers": ["township", "county", "city"], "decidingTier": "county", "moneyNeedsTier": "city",
               "managementFeePerTenThousand": 0, "adjustmentPercent": 0, "gongshiDays": 7} } }
            """);
        const string Table = """
            fund      F1  2018                                                       ok
            appropriate  F1  central  100.00 yuan                                    ok
            enter     I1                                                             ok
            approve   I1  village   by=village-1                                     rejected tier-not-in-rules
            approve   I1  township  by=township-1  as V1                             ok
            approve   I1  county    by=county-1                                      ok
            register  F1  P1  targets=1 planItem=I1                                  rejected plan-item-not-approved
            approve   I1  city      by=city-1  as V3                                 ok
            correct   V1  body=更名  by=township-1                                   ok
            correct   V3  tier=village  by=city-1                                    rejected tier-not-in-rules
            withdraw  V3  by=city-1                                                  ok
            register  F1  P1  targets=1 planItem=I1                                  rejected plan-item-not-approved
            approve   I1  city      by=city-1                                        ok
            register  F1  P1  targets=1 planItem=I1                                  ok
            register  F1  P2  targets=1 planItem=I1 type=management-fee              ok
            allocate  F1  P2  0.01 yuan                                              rejected exceeds-management-fee
            allocate  F1  P1  10.00 yuan  as A1                                      ok
            reduce    F1  P1  A1  10.00  9.99  township                              rejected tier-too-low
            reduce    F1  P1  A1  10.00  9.99  county                                ok
            """;

        RuleTable.Run(Table, book).Rows.ShouldAllBe(row => row.Found == row.Wanted);
    }

    private static RuleBook Parse(string file) => RuleBook.Parse(Encoding.UTF8.GetBytes(file));
}

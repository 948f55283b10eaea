using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>The reader of postings and the schema that it publishes say the same.</summary>
public sealed class PostingReaderTests
{
    private const string Good = """
        {"kind": "project", "date": "2026-03-02", "fund": "f-1", "project": "f-1-p01", "type": "project", "name": "路",
         "place": "410503", "planItem": "item-1", "totalInvestment": 1.10, "unit": "yuan"}
        """;

    [Fact]
    public void Posting_WithAnOptionalFieldOfNull_IsRefusedAtIt()
    {
        JsonObject posting = JsonNode.Parse(Good)!.AsObject();
        posting["content"] = null;

        Findings(posting).ShouldHaveSingleItem().ShouldBe(("/content", "wrong-type"));
        posting.Remove("content");
        Findings(posting).ShouldBeEmpty();
    }

    [Fact]
    public void Posting_WithAnOptionalAmountAndNoUnit_IsRefusedAsItsSchemaSays()
    {
        JsonObject posting = JsonNode.Parse(Good)!.AsObject();
        posting.Remove("unit");

        Findings(posting).ShouldHaveSingleItem().ShouldBe(("/unit", "missing"));
        posting.Remove("totalInvestment");
        Findings(posting).ShouldBeEmpty();
        KindJsonSchema.Of(KindSchema.Find("project")!)["dependentRequired"]!.ToJsonString()
            .ShouldBe("""{"totalInvestment":["unit"],"selfRaised":["unit"]}""");
    }

    [Theory]
    [InlineData("1.10", "")]
    [InlineData("\"1.10\"", "/totalInvestment wrong-type; ")]
    [InlineData("-1", "/totalInvestment not-positive; ")]
    [InlineData("0", "/totalInvestment not-positive; ")]
    [InlineData("0.0000001", "/totalInvestment not-whole-fen; ")]
    [InlineData("0.000001", "")]
    [InlineData("9007199254740992", "/totalInvestment amount-too-large; ")]
    [InlineData("9007199254740991", "")]
    public void Posting_WithoutAUnit_IsToldAlsoWhatIsWrongInEveryUnit(string amount, string more)
    {
        foreach (string unit in (string[])["", ", \"unit\": \"jiao\""])
        {
            string sent = Good.Replace("1.10, \"unit\": \"yuan\"", amount + unit, StringComparison.Ordinal);
            string wanted = unit.Length == 0 ? "/unit missing; " : "/unit unknown-code; ";

            string.Concat(Read(sent).Findings.All.Select(finding => $"{finding.Pointer} {finding.Code}; ")).ShouldBe(wanted + more);
        }
    }

    [Fact]
    public void Posting_OfTheSameMoneyWrittenOtherwise_HasTheSameContent()
    {
        Fingerprint? content = Read(Good).Draft!.Content;

        Read(Good.Replace("1.10", "1.1", StringComparison.Ordinal)).Draft!.Content.ShouldBe(content);
        Read(Good.Replace("1.10, \"unit\": \"yuan\"", "110, \"unit\": \"fen\"", StringComparison.Ordinal)).Draft!.Content.ShouldBe(content);
        Read(Good.Replace("1.10", "1.11", StringComparison.Ordinal)).Draft!.Content.ShouldNotBe(content);
    }

    [Theory]
    [InlineData("990000", "[\"河南省\"]", "/region", "bad-region-code")]
    [InlineData("410503", "[\"河南省\",\"深圳市\",\"福田区\"]", "/regionNames", "region-mismatch")]
    [InlineData("410503-00000000", "[\"河南省\",\"安阳市\",\"北关区\",\"某镇\"]", "/regionNames", "region-mismatch")]
    [InlineData("410503", "[\"广东省\"]", "/regionNames", "region-mismatch")]
    [InlineData("410503", "[\"邵阳市\"]", "/regionNames", "region-mismatch")]
    [InlineData("410500", "[\"邵阳市\"]", "/regionNames", "region-mismatch")]
    public void Fund_OfARegionThatIsNotWhatItsNamesSay_IsRefused(string region, string names, string pointer, string code)
    {
        string fund = $$"""
            {"kind": "fund", "date": "2026-03-02", "fund": "f-1", "name": "资金", "budgetYear": 2026, "authority": "财政局",
             "region": "{{region}}", "regionNames": {{names}} }
            """;

        Findings(JsonNode.Parse(fund)!.AsObject()).ShouldHaveSingleItem().ShouldBe((pointer, code));
    }

    // Names that no list has, of places above, and of a county that became a prefecture of its province since.
    [Theory]
    [InlineData("410503", "[\"北关区\"]")]
    [InlineData("410503", "[\"河南省\",\"安阳市\",\"北关区\"]")]
    [InlineData("110101", "[\"北京市\",\"东城区\"]")]
    [InlineData("522401", "[\"贵州省\",\"毕节地区\",\"毕节市\"]")]
    public void Fund_OfARegionThatMayBeWhatItsNamesSay_IsTaken(string region, string names)
    {
        string fund = $$"""
            {"kind": "fund", "date": "2026-03-02", "fund": "f-1", "name": "资金", "budgetYear": 2026, "authority": "财政局",
             "region": "{{region}}", "regionNames": {{names}} }
            """;

        Findings(JsonNode.Parse(fund)!.AsObject()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("北关区", "")]
    [InlineData("广东省", "/placeName region-mismatch")]
    public void PassDown_ToAPlaceThatIsNotWhatItsNameSays_IsRefused(string name, string wanted)
    {
        string sent = $$"""
            {"kind": "pass-down", "date": "2026-03-02", "fund": "f-1", "amount": 1, "unit": "yuan", "place": "410503", "placeName": "{{name}}", "purpose": "路"}
            """;

        string.Concat(Read(sent).Findings.All.Select(finding => $"{finding.Pointer} {finding.Code}")).ShouldBe(wanted);
    }

    [Fact]
    public void Region_ThatIsNotWhatItsNameSays_IsToldWhatIsKnownOfItsCode()
    {
        string sent = """
            {"kind": "pass-down", "date": "2026-03-02", "fund": "f-1", "amount": 1, "unit": "yuan", "place": "410503", "placeName": "广东省", "purpose": "路"}
            """;

        Finding finding = Read(sent).Findings.All.ShouldHaveSingleItem();
        (finding.Found, finding.Wanted).ShouldBe(("广东省", "安阳市"));
    }

    private static (string Pointer, string Code)[] Findings(JsonObject posting) =>
        [.. Read(posting.ToJsonString()).Findings.All.Select(finding => (finding.Pointer, finding.Code))];

    private static (Draft? Draft, Findings Findings) Read(string posting)
    {
        var findings = new Findings();
        return (PostingReader.ReadPosting(Encoding.UTF8.GetBytes(posting), SampleWorld.Today, findings), findings);
    }
}

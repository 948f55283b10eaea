using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

public sealed class NoticeTests
{
    private static readonly PostingId Posting = PostingId.Of(Id.Parse<DepartmentId>("import"), "any");

    [Theory]
    [InlineData("beiguan-2018", 113_500_000, 2, 3, 0, 0, "410503")]
    [InlineData("beita-2020-batch1", 408_000_000, 1, 15, 1, 0, "430511")]
    [InlineData("dehua-2020-batch2", 12_000_000, 1, 3, 0, 0, "350526")]
    [InlineData("haidong-2018", 4_000_000_000, 1, 0, 0, 6, "630200")]
    [InlineData("liling-2019", 1_200_000_000, 1, 3, 2, 0, "430281")]
    [InlineData("shapotou-2021", 598_000_000, 1, 4, 0, 0, "640502")]
    [InlineData("xinxiang-gaoxin-2018", 241_300_000, 3, 0, 1, 0, "410700-高新区")]
    public void Notice_OfTheSeven_MakesExactlyItsFacts(
        string id, long fen, int sources, int projects, int programmes, int passDowns, string region)
    {
        ImmutableArray<Fact> facts = FactsOf(SampleJson(id));

        var fund = (Fund)facts[0];
        fund.FundId.Value.ShouldBe(id);
        fund.Region.Value.ShouldBe(Place(region));
        fund.Notice!.Value.Value.ShouldBe(id);
        facts.OfType<Appropriation>().Count().ShouldBe(sources);
        facts.OfType<Appropriation>().Sum(one => one.Amount.Fen).ShouldBe(fen);
        facts.OfType<Project>().Count(one => one.Type == ProjectType.Project).ShouldBe(projects);
        facts.OfType<Project>().Count(one => one.Type == ProjectType.Programme).ShouldBe(programmes);
        facts.OfType<PassDown>().Count().ShouldBe(passDowns);
        facts.OfType<Allocation>().Count().ShouldBe(projects + programmes);
        facts.OfType<Disbursement>().ShouldBeEmpty();
        (facts.OfType<Allocation>().Sum(one => one.Amount.Fen) + facts.OfType<PassDown>().Sum(one => one.Amount.Fen)).ShouldBe(fen);
        var notice = (Notice)facts[^1];
        notice.Total.Fen.ShouldBe(fen);
        notice.FirstEntry.Value.ShouldBe($"{Posting}-1");
        notice.LastEntry.Value.ShouldBe($"{Posting}-{facts.Length - 1}");
        facts.Length.ShouldBe(2 + sources + (2 * (projects + programmes)) + passDowns);
    }

    [Fact]
    public void Notice_OfNumberedRows_GivesProjectsTheirIds()
    {
        JsonObject notice = Sample();
        Row(notice, 1)["no"] = 7;
        Row(notice, 2)["no"] = 123;

        FactsOf(notice).OfType<Project>().Select(one => one.ProjectId.Value).ShouldBe(["dehua-2020-batch2-p01", "dehua-2020-batch2-p07", "dehua-2020-batch2-p123"]);
    }

    [Theory]
    [InlineData("龙门滩镇霞山村", "350526-龙门滩镇霞山村")]
    [InlineData(null, "350526")]
    [InlineData("德化县", "350526")]
    [InlineData("左权、沩山、茶山、官庄", "350526")]
    [InlineData("甲村,乙村", "350526")]
    [InlineData("甲村;乙村", "350526")]
    [InlineData("全县24个镇", "350526")]
    [InlineData("各乡镇", "350526")]
    [InlineData("民和县", "350526-民和县")]
    [InlineData("Ａ村", "350526-A村")]
    public void Notice_OfARowsPlace_CountsItOnce(string? place, string wanted)
    {
        JsonObject notice = Sample();
        Row(notice, 0)["place"] = place;

        FactsOf(notice).OfType<Project>().First().Place.Value.ShouldBe(Place(wanted));
    }

    [Fact]
    public void Notice_OfSixUncodedRegionsAndAPlace_IsReadBackFromItsLeaves()
    {
        JsonObject notice = Sample();
        notice.Remove("regionCode");
        notice["region"] = new JsonArray("某省", "某市", "某县", "某乡", "某村", "某组");
        var openings = new List<Opening>();

        foreach (Fact fact in FactsOf(notice))
        {
            SealedFact.Seal(fact, null, new SeededSalts(1), Posting, openings).Open(_ => null).GetType().ShouldBe(fact.GetType());
        }
    }

    [Fact]
    public void Notice_WithDisbursedZero_IsNotTheSameAsWithout()
    {
        JsonObject notice = Sample();
        Row(notice, 0)["disbursed"] = 0;
        Row(notice, 1)["disbursed"] = 40000;
        ImmutableArray<Fact> facts = FactsOf(notice);

        facts.OfType<Disbursement>().Select(one => one.Amount.Fen).ShouldBe([0, 4_000_000]);
        foreach (Disbursement paid in facts.OfType<Disbursement>())
        {
            int cited = int.Parse(paid.Allocation.Value[27..], CultureInfo.InvariantCulture);
            ((Allocation)facts[cited - 1]).ProjectId.ShouldBe(paid.ProjectId);
        }

        FundBooks books = facts.Select((fact, index) => (Fact: fact, About: new About(EntryId.Of(Posting, index + 1))))
            .Aggregate((FundBooks?)null, (now, one) => FundRules.Decide(now, one.Fact, one.About).Books)!;
        books.Projects.Values.Select(one => one.Disbursements).ShouldBe([1, 1, 0]);
    }

    [Fact]
    public void Notice_OfALowerGovernmentsRow_IsAPassDownAndNoProject()
    {
        JsonObject notice = Sample();
        Row(notice, 0)["recipient"] = "lower-government";
        Row(notice, 0)["disbursed"] = 100;
        Row(notice, 1)["recipient"] = "programme";
        ImmutableArray<Fact> facts = FactsOf(notice);

        PassDown sent = facts.OfType<PassDown>().ShouldHaveSingleItem();
        sent.Amount.Fen.ShouldBe(4_000_000);
        sent.Transferred!.Value.Fen.ShouldBe(10_000);
        facts.OfType<Disbursement>().ShouldBeEmpty();
        facts.OfType<Project>().Select(one => one.Type).ShouldBe([ProjectType.Programme, ProjectType.Project]);
    }

    [Fact]
    public void Notice_WithSomethingUnallocated_AddsUpWithIt()
    {
        JsonObject notice = Sample();
        notice["total"] = 120_000.5m;
        notice["sources"]![0]!["amount"] = 120_000.5m;
        CodesOf(notice).ShouldBe(["/allocations allocations-do-not-add-up 12000000 fen, 12000050 fen"]);

        notice["unallocated"] = 0.5m;
        FactsOf(notice).OfType<Notice>().Single().Unallocated!.Value.Fen.ShouldBe(50);

        notice["allocations"] = new JsonArray();
        CodesOf(notice).ShouldBe(["/allocations allocations-do-not-add-up 50 fen, 12000050 fen"]);

        notice.Remove("unallocated");
        FactsOf(notice).Length.ShouldBe(3);
    }

    [Fact]
    public void Notice_OneFenOff_IsRefusedWithEveryFigureThatDisagrees()
    {
        JsonObject notice = Sample();
        notice["total"] = 120_000.01m;
        Row(notice, 0)["disbursed"] = 40_000.01m;
        Row(notice, 1)["totalInvestment"] = 39_999.99m;
        Row(notice, 2)["no"] = 1;
        Row(notice, 2)["totalInvestment"] = 50_000;
        Row(notice, 2)["selfRaised"] = 10_000.01m;

        CodesOf(notice).ShouldBe(
        [
            "/sources sources-do-not-add-up 12000000 fen, 12000001 fen",
            "/allocations allocations-do-not-add-up 12000000 fen, 12000001 fen",
            "/allocations/0/disbursed exceeds-allocated 4000001 fen, at most 4000000 fen",
            "/allocations/1/totalInvestment investment-below-amount 3999999 fen, at least 4000000 fen",
            "/allocations/2/no number-twice 1, ",
            "/allocations/2/selfRaised parts-exceed-investment 5000001 fen, at most 5000000 fen",
        ]);
    }

    [Fact]
    public void Notice_OfTheLargestAmounts_IsRefusedAndDoesNotOverflow()
    {
        JsonObject notice = Sample();
        notice["unit"] = "fen";
        notice["total"] = Money.FenMax;
        notice["sources"] = new JsonArray([.. Enumerable.Range(0, NoticeReader.ListMax).Select(_ => (JsonNode)Source(Money.FenMax))]);
        Row(notice, 0)["amount"] = Money.FenMax;
        Row(notice, 0)["totalInvestment"] = Money.FenMax;
        Row(notice, 0)["selfRaised"] = Money.FenMax;

        CodesOf(notice).Length.ShouldBe(3);

        static JsonObject Source(long fen) => new() { ["level"] = "own", ["name"] = "来源", ["amount"] = fen, ["nature"] = "bond" };
    }

    [Theory]
    [InlineData("currency", "5", "/currency wrong-type")]
    [InlineData("currency", "null", "/currency missing")]
    [InlineData("currency", "[]", "/currency wrong-type")]
    [InlineData("currency", "\"USD\"", "/currency unknown-code")]
    [InlineData("unit", "\"jiao\"", "/unit unknown-code")]
    [InlineData("unit", "null", "/unit missing")]
    [InlineData("total", "\"120000\"", "/total wrong-type")]
    [InlineData("total", "0", "/total not-positive")]
    [InlineData("total", "-0", "/total not-positive")]
    [InlineData("total", "-120000", "/total not-positive")]
    [InlineData("total", "120000.001", "/total not-whole-fen")]
    [InlineData("total", "1e400", "/total amount-too-large")]
    [InlineData("total", "1e-400", "/total not-whole-fen")]
    [InlineData("fiscalYear", "1989", "/fiscalYear out-of-range")]
    [InlineData("fiscalYear", "2020.5", "/fiscalYear out-of-range")]
    [InlineData("fiscalYear", "99999999999999999999", "/fiscalYear out-of-range")]
    [InlineData("published", "\"2026-11-23\"", "/published date-out-of-range")]
    [InlineData("published", "\"2019-02-29\"", "/published not-a-date")]
    [InlineData("published", "\"2020-1-1\"", "/published not-a-date")]
    [InlineData("published", "\"2020-01-01\\u0000\"", "/published not-a-date")]
    [InlineData("published", "\"0001-01-01\"", "/published date-out-of-range")]
    [InlineData("region", "[]", "/region bad-length")]
    [InlineData("region", "[\"\"]", "/region/0 empty-text")]
    [InlineData("region", "\"德化县\"", "/region wrong-type")]
    [InlineData("region", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\"]", "/region bad-length")]
    [InlineData("regionCode", "\"35052\"", "/regionCode bad-region-code")]
    [InlineData("regionCode", "\"350526\\n\"", "/regionCode bad-region-code")]
    [InlineData("regionCode", "\"000000\"", "/regionCode bad-region-code")]
    [InlineData("regionCode", "\"990000\"", "/regionCode bad-region-code")]
    [InlineData("regionCode", "\"410526\"", "/regionCode region-mismatch")]
    [InlineData("id", "\"x\\n\"", "/id bad-id")]
    [InlineData("id", "\"dehua-2020-batch2\\n\"", "/id bad-id")]
    [InlineData("sourceUrl", "\"javascript:alert(1)\"", "/sourceUrl bad-url")]
    [InlineData("sourceUrl", "\"/plus/view.php\"", "/sourceUrl bad-url")]
    [InlineData("title", "\"a\\u202eb\"", "/title forbidden-character")]
    [InlineData("noticePeriod", "{\"from\":\"2020-01-02\",\"to\":\"2020-01-01\"}", "/noticePeriod/to period-upside-down")]
    [InlineData("noticePeriod", "null", "/noticePeriod wrong-type")]
    [InlineData("noticePeriod", "{}", "/noticePeriod/from missing")]
    [InlineData("performance", "{\"beneficiaryHouseholds\":-1}", "/performance/beneficiaryHouseholds out-of-range")]
    [InlineData("performance", "{\"beneficiaryPersons\":2147483648}", "/performance/beneficiaryPersons out-of-range")]
    [InlineData("supervisionPhones", "[\"12a17\"]", "/supervisionPhones/0 bad-hotline")]
    [InlineData("supervisionPhones", "[\"12317\\n\"]", "/supervisionPhones/0 forbidden-character")]
    [InlineData("surprise", "1", "/surprise unknown-field")]
    public void Notice_WithOneBadMember_IsRefusedThereAlone(string name, string value, string wanted)
    {
        JsonObject notice = Sample();
        string json = notice.ToJsonString();
        notice.Remove(name);
        json = string.Concat(notice.ToJsonString().AsSpan()[..^1], $",\"{name}\":{value}}}");

        var findings = new Findings();
        PostingReader.ReadNotice(Encoding.UTF8.GetBytes(json), SampleWorld.Today, findings).ShouldBeNull();

        findings.All.Select(one => $"{one.Pointer} {one.Code}").ShouldBe([wanted]);
    }

    [Fact]
    public void Content_HoweverItIsWritten_IsTheSame()
    {
        Fingerprint content = ContentOf(SampleText());
        JsonObject inWanYuan = Sample();
        Scale(inWanYuan, "wan-yuan", yuan => yuan / 10_000);
        JsonObject inFen = Sample();
        Scale(inFen, "fen", yuan => yuan * 100);
        foreach (string name in (string[])["sourceUrl", "documentNumber", "budgetSubject", "published", "regionCode"])
        {
            JsonObject without = Sample();
            without.Remove(name);
            JsonObject stated = Sample();
            stated[name] = null;
            ContentOf(stated).ShouldBe(ContentOf(without), name);
        }

        ContentOf(inWanYuan).ShouldBe(content);
        ContentOf(inFen).ShouldBe(content);
        ContentOf(new JsonObject(Sample().Reverse().Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())))).ShouldBe(content);
        ContentOf(SampleText().Replace("40000", "4.0000e4", StringComparison.Ordinal)).ShouldBe(content);
        ContentOf(SampleText().Replace("德", "\\u5fb7", StringComparison.Ordinal)).ShouldBe(content);
    }

    [Fact]
    public void Content_AfterAnyChange_IsAnother()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, string json) in Variants())
        {
            seen.Add(ContentOf(json).Hex!).ShouldBeTrue(name);
        }
    }

    // The sample with everything stated, and then with one thing changed at a time, whatever the thing is.
    private static IEnumerable<(string Name, string Json)> Variants()
    {
        JsonObject full = Sample();
        full["performance"] = new JsonObject { ["output"] = "成效", ["beneficiaryHouseholds"] = 100, ["beneficiaryPersons"] = 300 };
        full["noticePeriod"] = new JsonObject { ["from"] = "2020-01-01", ["to"] = "2020-01-10" };
        full["allocationPrinciples"] = new JsonArray("原则一", "原则二");
        full["supervisionPhones"] = new JsonArray("12317");
        full["transcriptionNote"] = "说明";
        full["total"] = 130_000;
        full["sources"]![0]!["amount"] = 130_000;
        full["unallocated"] = 10_000;
        Row(full, 0)["totalInvestment"] = 90_000;
        Row(full, 0)["selfRaised"] = 100;
        Row(full, 0)["disbursed"] = 5;
        Row(full, 0)["due"] = "2020-12-01";
        Row(full, 0)["note"] = "备注";
        Row(full, 0)["projectCount"] = 2;
        yield return ("as it is", full.ToJsonString());
        (string Path, JsonNode Value)[] changes =
        [
            ("id", "dehua-2020-batch3"), ("kind", "gonggao"), ("authority", "甲"), ("region/2", "永春县"), ("regionCode", "350525"), ("title", "甲"),
            ("fiscalYear", 2021), ("published", "2020-10-14"), ("sourceUrl", "http://example.gov.cn/"), ("documentNumber", "甲"), ("budgetSubject", "甲"),
            ("sources/0/level", "county"), ("sources/0/name", "甲"), ("sources/0/nature", "bond"),
            ("allocations/0/no", 9), ("allocations/0/project", "甲"), ("allocations/0/place", "甲村"), ("allocations/0/content", "甲"),
            ("allocations/0/responsibleUnit", "甲"), ("allocations/0/totalInvestment", 90_000.01m), ("allocations/0/selfRaised", 100.01m),
            ("allocations/0/disbursed", 0), ("allocations/0/due", "2020-12-02"), ("allocations/0/note", "甲"), ("allocations/0/recipient", "programme"),
            ("allocations/1/recipient", "lower-government"), ("allocations/0/projectCount", 3), ("allocationPrinciples/1", "甲"),
            ("noticePeriod/from", "2020-01-02"), ("noticePeriod/to", "2020-01-11"), ("performance/output", "甲"),
            ("performance/beneficiaryHouseholds", 101), ("performance/beneficiaryPersons", 301), ("supervisionPhones/0", "12345"), ("transcriptionNote", "甲"),
        ];
        foreach ((string path, JsonNode value) in changes)
        {
            var changed = (JsonObject)full.DeepClone();
            string[] steps = path.Split('/');
            JsonNode at = steps[..^1].Aggregate((JsonNode)changed, (node, step) => node is JsonArray items ? items[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
            if (at is JsonArray list)
            {
                list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = value;
            }
            else
            {
                at[steps[^1]] = value;
            }

            yield return (path, changed.ToJsonString());
        }

        var moved = (JsonObject)full.DeepClone();
        Row(moved, 1)["amount"] = 40_000.01m;
        Row(moved, 2)["amount"] = 39_999.99m;
        yield return ("a fen moved", moved.ToJsonString());
        var less = (JsonObject)full.DeepClone();
        less["unallocated"] = 9_999.99m;
        Row(less, 1)["amount"] = 40_000.01m;
        yield return ("a fen allocated", less.ToJsonString());
        foreach (string name in (string[])["published", "sourceUrl", "documentNumber", "budgetSubject", "noticePeriod", "performance", "transcriptionNote"])
        {
            var without = (JsonObject)full.DeepClone();
            without.Remove(name);
            yield return ($"without {name}", without.ToJsonString());
        }
    }

    private static void Scale(JsonObject notice, string unit, Func<decimal, decimal> scale)
    {
        notice["unit"] = unit;
        foreach (JsonObject holder in (IEnumerable<JsonObject>)[.. notice["sources"]!.AsArray().Cast<JsonObject>(), .. notice["allocations"]!.AsArray().Cast<JsonObject>()])
        {
            holder["amount"] = scale(holder["amount"]!.GetValue<decimal>());
        }

        notice["total"] = scale(notice["total"]!.GetValue<decimal>());
    }

    private static string[] CodesOf(JsonObject notice)
    {
        var findings = new Findings();
        PostingReader.ReadNotice(Encoding.UTF8.GetBytes(notice.ToJsonString()), SampleWorld.Today, findings).ShouldBeNull();
        return [.. findings.All.Select(one => $"{one.Pointer} {one.Code} {one.Found}, {one.Wanted}")];
    }

    private static ImmutableArray<Fact> FactsOf(JsonObject notice) => Draft(notice.ToJsonString()).Facts(Posting);

    private static Fingerprint ContentOf(JsonObject notice) => ContentOf(notice.ToJsonString());

    private static Fingerprint ContentOf(string json) => Draft(json).Content;

    private static Draft Draft(string json)
    {
        var findings = new Findings();
        Draft? draft = PostingReader.ReadNotice(Encoding.UTF8.GetBytes(json), SampleWorld.Today, findings);
        findings.All.ShouldBeEmpty(json);
        return draft.ShouldNotBeNull();
    }

    private static JsonObject Row(JsonObject notice, int index) => (JsonObject)notice["allocations"]![index]!;

    private static JsonObject Sample() => SampleJson("dehua-2020-batch2");

    private static string SampleText() => Sample().ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static JsonObject SampleJson(string id) =>
        (JsonObject)JsonNode.Parse(SampleWorld.NoticeBytes(SampleWorld.NoticeFiles.Single(file => file.Contains($"{id}.json", StringComparison.Ordinal))))!;

    // A code, and after a hyphen the name of a place below it, whose hash is made here once more.
    private static string Place(string text)
    {
        string[] parts = text.Split('-');
        return parts.Length == 1 ? text : $"{parts[0]}-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(parts[1])))[..8].ToLowerInvariant()}";
    }
}

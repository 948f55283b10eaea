using System.Reflection;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>A body that is taken. Tests post each of them in this order, and hold the README to them.</summary>
internal sealed record Example(string Name, string Summary, JsonObject Body)
{
    /// <summary>The department and key under which the first example is sent: what follows cites its entry, whose id comes from them.</summary>
    public const string Department = "finance";

    public const string FundKey = "roads-2026";

    /// <summary>The accounts that send and approve them.</summary>
    public const string Poster = "finance-poster";

    public const string Approver = "finance-approver";

    private static string FundEntry => EntryId.Of(PostingId.Of(Id.Parse<DepartmentId>(Department), FundKey), 1).Value;

    public static IEnumerable<Example> Postings()
    {
        yield return new Example("fund", $"A fund, sent by the department '{Department}' under the key '{FundKey}'", Fund("2026年村道硬化专项资金"));
        yield return new Example("appropriation", "Money for it", new JsonObject
        {
            ["kind"] = "appropriation",
            ["date"] = "2026-03-02",
            ["fund"] = "roads-2026",
            ["unit"] = "wan-yuan",
            ["level"] = "provincial",
            ["nature"] = "earmarked",
            ["sourceName"] = "省级财政衔接推进乡村振兴补助资金",
            ["amount"] = 120,
        });
        yield return new Example("correction", "The fund's name put right: its entry is cited, and all of it is sent again", new JsonObject
        {
            ["kind"] = Correction.KindName,
            ["date"] = "2026-03-03",
            ["cites"] = FundEntry,
            ["reason"] = "名称有误",
            [Correction.ReplacementName] = Fund("2026年通村道路硬化专项资金"),
        });
        yield return new Example("redaction", "The name that was wrong is forgotten, too", new JsonObject
        {
            ["kind"] = Redaction.KindName,
            ["date"] = "2026-03-03",
            ["cites"] = FundEntry,
            ["values"] = new JsonArray("/name"),
            ["reason"] = "误将不应公开的文字写入",
        });
        yield return Register;
    }

    /// <summary>What comes last among the postings: from then on only these two act for the department.</summary>
    private static Example Register => new("department", "Who acts for the department; one of them also signs messages of the queue", new JsonObject
    {
        ["kind"] = "department",
        ["date"] = "2026-03-02",
        ["departmentId"] = Department,
        ["name"] = "北关区财政局",
        ["people"] = new JsonArray(
            new JsonObject { ["person"] = Poster, ["roles"] = new JsonArray("poster"), ["signingKey"] = SigningKey.Example.Value },
            new JsonObject { ["person"] = Approver, ["roles"] = new JsonArray("approver") }),
    });

    public static IEnumerable<Example> Notices()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("notices/beiguan-2018.json")!;
        yield return new Example("beiguan-2018", "A notice that a district published in 2018", JsonNode.Parse(stream)!.AsObject());
    }

    public static IEnumerable<Example> Decisions()
    {
        yield return new Example("checked", "What was checked", new JsonObject { ["checked"] = "无涉密、个人隐私和商业秘密" });
    }

    public static IEnumerable<Example> Complaints()
    {
        yield return new Example("complaint", "A road that was paid for and is not there", new JsonObject
        {
            ["sort"] = "complaint",
            ["category"] = "not-built",
            ["about"] = new JsonObject { ["project"] = "beiguan-2018-p01" },
            ["text"] = "公示说道路已经硬化,村口到学校的一段至今还是土路。",
        });
        yield return new Example("objection", "An objection to a notice, while its period runs", new JsonObject
        {
            ["sort"] = "objection",
            ["category"] = "unfair-share",
            ["about"] = new JsonObject { ["notice"] = "beiguan-2018" },
            ["text"] = "名额的分配没有开会讨论过。",
        });
    }

    public static IEnumerable<Example> ComplaintReplies()
    {
        yield return new Example("in-hand", "Somebody looks into it", new JsonObject { ["state"] = "in-hand" });
        yield return new Example("answered", "The last word", new JsonObject { ["state"] = "answered", ["answer"] = "已现场核实,施工单位将于本月底前补修。" });
    }

    private static JsonObject Fund(string name) => new()
    {
        ["kind"] = "fund",
        ["date"] = "2026-03-02",
        ["fund"] = "roads-2026",
        ["name"] = name,
        ["budgetYear"] = 2026,
        ["region"] = "410503",
        ["regionNames"] = new JsonArray("河南省", "安阳市", "北关区"),
        ["authority"] = "北关区财政局",
    };
}

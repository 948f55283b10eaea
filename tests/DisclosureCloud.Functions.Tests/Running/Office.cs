using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>A department at its desk: one who posts and another who approves, over HTTP.</summary>
internal sealed class Office(RunningApp app, string department = "finance", RegionCode? region = null)
{
    public const string Checked = """{"checked":"Nothing in it is secret."}""";

    private static int keys;

    /// <summary>The tiers that approve an item of the project library before money may follow, from below; each is a department of its own.</summary>
    public static readonly string[] Tiers = ["village", "township", "county"];

    public string Poster { get; } = app.Token(department, $"{department}-poster", region, [Role.Poster]);

    public string Approver { get; } = app.Token(department, $"{department}-approver", region, [Role.Approver]);

    public static string NewKey() => string.Create(CultureInfo.InvariantCulture, $"key-{Interlocked.Increment(ref keys)}");

    public static JsonObject Fund(string fund) => Posting("fund", fund, new()
    {
        ["name"] = "专项扶贫资金",
        ["budgetYear"] = 2020,
        ["region"] = "430511",
        ["regionNames"] = new JsonArray("湖南省", "邵阳市", "北塔区"),
        ["authority"] = "北塔区财政局",
    });

    public static JsonObject Appropriation(string fund, long yuan) => Posting("appropriation", fund, new()
    {
        ["unit"] = "yuan",
        ["level"] = "central",
        ["nature"] = "earmarked",
        ["sourceName"] = "中央财政专项扶贫资金",
        ["amount"] = yuan,
    });

    public static JsonObject Project(string fund) => Posting("project", fund, new()
    {
        ["project"] = ProjectOf(fund),
        ["type"] = "project",
        ["name"] = "水果基地",
        ["place"] = "430511",
        ["planItem"] = PlanItemOf(fund),
        ["targets"] = new JsonArray(Target()),
    });

    /// <summary>The item of the project library that the fund's project carries out.</summary>
    public static JsonObject PlanItem(string fund) => Posting("plan-item", fund: null, new()
    {
        ["unit"] = "yuan",
        ["planItem"] = PlanItemOf(fund),
        ["type"] = "project",
        ["name"] = "水果基地",
        ["place"] = "430511",
        ["content"] = "新建水果基地",
        ["year"] = 2020,
        ["planned"] = 100_000,
        ["targets"] = new JsonArray(Target()),
    });

    public static JsonObject PlanApproval(string fund, string tier) => Posting("plan-approval", fund: null, new()
    {
        ["planItem"] = PlanItemOf(fund),
        ["tier"] = tier,
        ["outcome"] = "approved",
        ["body"] = $"审批单位({tier})",
        ["reference"] = $"{tier}〔2020〕1号",
    });

    public static JsonObject Target() => new()
    {
        ["indicator"] = "新增种植面积", ["measure"] = "亩", ["baseline"] = 0, ["target"] = 50, ["due"] = "2020-12-31",
    };

    public static JsonObject Allocation(string fund, long yuan) => Posting("allocation", fund, new()
    {
        ["unit"] = "yuan",
        ["project"] = ProjectOf(fund),
        ["amount"] = yuan,
    });

    public static JsonObject Disbursement(string fund, string cites, long yuan) => Posting("disbursement", fund, new()
    {
        ["unit"] = "yuan",
        ["project"] = ProjectOf(fund),
        ["cites"] = cites,
        ["amount"] = yuan,
    });

    public static JsonObject Progress(string fund) => Posting("progress", fund, new()
    {
        ["project"] = ProjectOf(fund),
        ["stage"] = "started",
        ["done"] = "开工",
    });

    /// <summary>A posting that names evidence files.</summary>
    public static JsonObject WithEvidence(JsonObject posting, params string[] files)
    {
        var shown = (JsonObject)posting.DeepClone();
        shown["evidenceFiles"] = new JsonArray([.. files.Select(file => (JsonNode)file)]);
        return shown;
    }

    public static JsonObject Correction(string cites, JsonObject replacement) => Posting("correction", fund: null, new()
    {
        ["cites"] = cites,
        ["reason"] = "录入时多写一位",
        ["replacement"] = replacement.DeepClone(),
    });

    public static JsonObject Withdrawal(string cites) => Posting("withdrawal", fund: null, new()
    {
        ["cites"] = cites,
        ["reason"] = "重复填报",
    });

    public static JsonObject Redaction(string cites, params string[] values) => Posting("redaction", fund: null, new()
    {
        ["cites"] = cites,
        ["values"] = new JsonArray([.. values.Select(value => (JsonNode)value)]),
        ["reason"] = "误将不应公开的文字写入",
    });

    public static string ProjectOf(string fund) => $"{fund}-p01";

    public static string PlanItemOf(string fund) => $"{fund}-item";

    /// <summary>What it takes to open a fund with money and one project in the annual plan: who posts what, one entry each.</summary>
    public static (string Department, JsonObject Posting)[] Opening(string fund, long yuan) =>
    [
        ("finance", Fund(fund)),
        ("finance", Appropriation(fund, yuan)),
        ("village", PlanItem(fund)),
        .. Tiers.Select(tier => (tier, PlanApproval(fund, tier))),
        ("finance", Project(fund)),
    ];

    /// <summary>A notice of the demo under another id.</summary>
    public static JsonObject Notice(string id, string file = "notices/beita-2020-batch1.json")
    {
        JsonObject notice = JsonNode.Parse(SampleWorld.NoticeBytes(file))!.AsObject();
        notice["id"] = id;
        return notice;
    }

    /// <summary>The largest notice that intake takes.</summary>
    public static JsonObject LargestNotice(string id) => NoticeOfRows(id, NoticeReader.RowsMax);

    /// <summary>A notice of so many rows, each with words of its own.</summary>
    public static JsonObject NoticeOfRows(string id, int rows)
    {
        JsonObject notice = Notice(id);
        JsonObject row = notice["allocations"]![0]!.AsObject();
        notice["allocations"] = new JsonArray([.. Enumerable.Range(1, rows).Select(no =>
        {
            JsonNode one = row.DeepClone();
            one["no"] = no;
            one["project"] = $"{no}号村道路硬化及配套设施建设项目";
            one["content"] = $"硬化道路{no}米,宽3.5米,厚0.18米,新建排水沟{no + 7}米,安装路灯{no % 50}盏";
            return one;
        })]);
        long total = rows * row["amount"]!.GetValue<long>();
        notice["sources"] = new JsonArray(notice["sources"]![0]!.DeepClone());
        notice["sources"]![0]!["amount"] = total;
        notice["total"] = total;
        return notice;
    }

    public Task<Answer> PostAsync(JsonObject posting, string? key = null) =>
        app.PostAsync("/api/postings", posting.ToJsonString(), key ?? NewKey(), Poster);

    /// <summary>Sends an evidence file that holds a text.</summary>
    public Task<Answer> SendEvidenceAsync(string text, string? key = null) =>
        app.SendFileAsync(EvidenceSamples.File(text), "application/pdf", key ?? NewKey(), Poster);

    public Task<Answer> PostNoticeAsync(JsonObject notice, string? key = null) =>
        app.PostAsync("/api/notices", notice.ToJsonString(), key ?? NewKey(), Poster);

    public Task<Answer> ApproveAsync(string id) => app.PostAsync($"/api/postings/{id}/approval", Checked, key: null, Approver);

    public Task<Answer> RejectAsync(string id) => app.PostAsync($"/api/postings/{id}/rejection", Checked, key: null, Approver);

    public Task<Answer> GetAsync(string id) => app.GetAsync($"/api/postings/{id}", Poster);

    /// <summary>Names the two who act here, and others.</summary>
    public async Task RegisterAsync(params (string Person, string[] Roles)[] others) => (await RecordAsync(
        Registration.Of(department, [($"{department}-poster", [Role.Poster]), ($"{department}-approver", [Role.Approver]), .. others]))).ShouldBe(200).State.ShouldBe("effective");

    /// <summary>Posts and approves; the answer is what came of it.</summary>
    public async Task<Answer> RecordAsync(JsonObject posting)
    {
        Answer posted = await PostAsync(posting);
        posted.ShouldBe(201);
        return await ApproveAsync(posted.Id);
    }

    /// <summary>Opens a fund with money and one project.</summary>
    public async Task OpenFundAsync(string fund, long yuan)
    {
        foreach ((string of, JsonObject posting) in Opening(fund, yuan))
        {
            Office office = of == "finance" ? this : new Office(app, of);
            (await office.RecordAsync(posting)).ShouldBe(200).State.ShouldBe("effective");
        }
    }

    private static JsonObject Posting(string kind, string? fund, JsonObject fields)
    {
        var posting = new JsonObject { ["kind"] = kind, ["date"] = "2020-03-02" };
        if (fund is not null)
        {
            posting["fund"] = fund;
        }

        foreach ((string name, JsonNode? value) in fields)
        {
            posting[name] = value?.DeepClone();
        }

        return posting;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>A fund, or a notice, with as many entries as a test asks for.</summary>
public sealed class LongWorld
{
    /// <summary>The address of its fund.</summary>
    public const string FundPath = "funds/long-2020/";

    private static readonly FundId Fund = Id.Parse<FundId>("long-2020");
    private static readonly RegionCode County = Id.Parse<RegionCode>("410503");
    private static readonly RegionCode Township = County.Below("白沙镇");

    private readonly List<Entry> _entries = [];

    private LongWorld(int sources)
    {
        Add(new Fund(Fund, Text("长专账"), new BudgetYear(2020), County, [Text("河南省"), Text("安阳市"), Text("北关区")], Text("财政局"), null, FundType.Earmarked, [], [], null));
        for (int source = 0; source < sources; source++)
        {
            Add(new Appropriation(Fund, SourceLevel.Central, SourceNature.Earmarked, Text(Numbered("来源", source)), new Money(100_000_000), null, null, null));
        }
    }

    /// <summary>One project with so many movements: money given, an allocation, and payments.</summary>
    public static ImmutableArray<Entry> Payments(int movements)
    {
        var world = new LongWorld(sources: 1);
        (ProjectId project, EntryId allocation) = world.AddProject(0, County);
        for (int payment = 0; payment < movements - 2; payment++)
        {
            world.Pay(project, allocation);
        }

        return [.. world._entries];
    }

    /// <summary>So many projects, each in a village of its own, with two sources, a contract, a payment, a refund and a reduction each: every table of the fund is long.</summary>
    /// <param name="inTownship">Whether the villages lie below a township.</param>
    public static ImmutableArray<Entry> Projects(int count, bool inTownship = false)
    {
        var world = new LongWorld(sources: 2);
        world.AddProject(0, inTownship ? Township : County, inTownship ? "白沙镇" : null);
        for (int number = 1; number < count; number++)
        {
            string village = VillageOf(number);
            (ProjectId project, EntryId allocation) = world.AddProject(number, (inTownship ? Township : County).Below(village), village);
            EntryId contract = world.Add(new ContractCommitment(
                Fund, project, allocation, Text(Numbered("合同", number)), Text("建设公司"), null, ProcurementMethod.OpenTender, new Money(500), new Percent(30), new Percent(3), null));
            EntryId paid = world.Pay(project, allocation, contract);
            world.Add(new Refund(Fund, project, paid, new Money(10), Text("多拨"), null));
            world.Add(new AllocationReduction(Fund, project, allocation, new Money(10_000), new Money(9_000), Text("节余"), Text("政〔2020〕1号"), Tier.County));
        }

        world.Add(new CarryOver(Fund, new BudgetYear(2020), default, default, Text("结转"), null), new DateOnly(2021, 1, 15));
        for (int late = 0; late < count; late++)
        {
            world.Add(new Interest(Fund, new Money(1), null, null, null), new DateOnly(2020, 12, 30));
        }

        return [.. world._entries];
    }

    /// <summary>The name of a project's village: the first characters of six are in the order of their sound.</summary>
    public static string VillageOf(int number) => Numbered("安北陈大方高"[number % 6].ToString(), number) + "村";

    /// <summary>A notice with so many rows, each for a village of its own.</summary>
    public static ImmutableArray<Entry> Notice(int rows, string id = "long") =>
    [
        .. SampleWorld.EntriesOf(Encoding.UTF8.GetBytes(new JsonObject
        {
            ["id"] = id,
            ["kind"] = "gonggao",
            ["authority"] = "甲区财政局",
            ["region"] = new JsonArray("河南省", "安阳市", "北关区"),
            ["regionCode"] = "410503",
            ["title"] = "长公告",
            ["fiscalYear"] = 2020,
            ["currency"] = "CNY",
            ["unit"] = "yuan",
            ["total"] = rows,
            ["sources"] = new JsonArray(new JsonObject { ["level"] = "central", ["name"] = "中央资金", ["amount"] = rows, ["nature"] = "earmarked" }),
            ["allocations"] = new JsonArray([.. Enumerable.Range(0, rows).Select(row => (JsonNode)new JsonObject
            {
                ["no"] = row + 1,
                ["project"] = Numbered("道路", row),
                ["place"] = Numbered("村", row),
                ["amount"] = 1,
            })]),
        }.ToJsonString())),
    ];

    /// <summary>One payment more, of the project of <see cref="Payments"/>.</summary>
    public static Entry OneMore(ImmutableArray<Entry> entries)
    {
        Entry last = entries[^1];
        return last with { Id = EntryId.Of(PostingId.Of(SampleWorld.Department, "one more"), 1) };
    }

    private (ProjectId Project, EntryId Allocation) AddProject(int number, RegionCode place, string? placeName = null)
    {
        ProjectId project = Id.Parse<ProjectId>(Numbered("project-", number));
        Add(new Project(
            Fund, project, ProjectType.Project, Text(Numbered("项目", number)), place, placeName is null ? null : Text(placeName), Text("硬化村道"), Text("交通局"), null, null, null, null, null, null, null, null, [], [], null));
        return (project, Add(new Allocation(Fund, project, new Money(10_000), null, null, null, null, null, null, null, null)));
    }

    private EntryId Pay(ProjectId project, EntryId allocation, EntryId? contract = null) => Add(new Disbursement(
        Fund, project, allocation, new Money(100), DisbursementNature.Progress, contract, PayeeType.Organisation, Text("收款单位"), null, null, null));

    private EntryId Add(Fact fact, DateOnly? date = null)
    {
        EntryId id = EntryId.Of(PostingId.Of(SampleWorld.Department, Numbered("long-", _entries.Count)), 1);
        _entries.Add(new Entry(id, date ?? new DateOnly(2020, 3, 1), SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact));
        return id;
    }

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");

    private static FreeText Text(string text) => FreeText.Of(text);
}

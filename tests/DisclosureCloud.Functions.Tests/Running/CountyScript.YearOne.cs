using System.Text.Json.Nodes;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>The first year: the plan, the money and what it is for.</summary>
internal sealed partial class CountyScript
{
    // Forty items go through village, township and county; the city records some. Nobody acts for two tiers, and none is passed over.
    private async Task PlanAsync()
    {
        County.On(2020, 1, 6);
        await County.RecordAsync("poverty-office", "department", new() { ["departmentId"] = "poverty-office", ["name"] = "示例县扶贫开发办公室", ["region"] = Places.CountyCode });
        foreach (int[] some in Enumerable.Range(1, 41).Chunk(8))
        {
            await Task.WhenAll(some.Select(EnterAsync));
        }

        await County.RefusedAsync("poverty-office", "plan-approval", Approval(1, "county"), "tier-out-of-order");
        await County.RecordAsync("village-1", "plan-approval", Approval(1, "village"));
        await County.RefusedAsync("village-1", "plan-approval", Approval(1, "township"), "body-acted-for-other-tier");
        County.On(2020, 1, 20);
        foreach (int[] some in Enumerable.Range(1, 40).Chunk(8))
        {
            await Task.WhenAll(some.Select(ApproveAsync));
        }

        await County.RecordAsync(VillageOffice(41), "plan-approval", Approval(41, "village"));
        await County.RecordAsync(TownOffice(41), "plan-approval", Approval(41, "township", "removed"));
    }

    private Task EnterAsync(int number) => County.RecordAsync(VillageOffice(number), "plan-item", new()
    {
        ["planItem"] = ItemOf(number), ["name"] = NameOf(number), ["type"] = TypeOf(number), ["place"] = PlaceOf(number).Code,
        ["content"] = "按村级规划建设", ["year"] = number >= 35 ? 2021 : 2020, ["unit"] = "fen", ["planned"] = ShareOf(number), ["targets"] = Targets(number),
    });

    private async Task ApproveAsync(int number)
    {
        if (number == 40)
        {
            await County.RecordAsync(VillageOffice(number), "plan-approval", Approval(number, "village"));
            await County.RecordAsync(TownOffice(number), "plan-approval", Approval(number, "township", "returned"));
        }

        if (number != 1)
        {
            await County.RecordAsync(VillageOffice(number), "plan-approval", Approval(number, "village"));
        }

        await County.RecordAsync(TownOffice(number), "plan-approval", Approval(number, "township"));
        if (number != 39)
        {
            await County.RecordAsync("poverty-office", "plan-approval", Approval(number, "county"));
        }

        if (number <= 5)
        {
            await County.RecordAsync("city-poverty-office", "plan-approval", Approval(number, "city"));
        }
    }

    private static JsonObject Approval(int number, string tier, string outcome = "approved") => new()
    {
        ["planItem"] = ItemOf(number), ["tier"] = tier, ["outcome"] = outcome, ["body"] = "审批单位", ["reference"] = "示扶审〔2020〕1号",
    };

    private static string NameOf(int number) => number switch
    {
        15 => "雨露计划补助",
        16 => "项目管理费",
        23 => "扶贫小额信贷风险补偿金",
        40 => "扶贫贷款贴息",
        _ => $"{TownOf(number)}建设项目{ProjectOf(number)}",
    };

    // Money of five levels and many natures; the first was notified in advance, in the year before.
    private async Task FundsAsync()
    {
        County.On(2020, 2, 10);
        await OpenAsync(_money, Central, "2020年中央和省级财政专项扶贫资金", 2020);
        await OpenAsync(_money, Bond, "2020年地方债券产业扶贫资金", 2020, fund => fund["programmes"] = new JsonArray("industry"));
        await OpenAsync(_money, Aid, "2020年协作帮扶资金", 2020);
        await OpenAsync(_money, Municipal, "2020年市县配套资金", 2020);
        await OpenAsync(_money, Revolving, "村级互助周转金", 2020, fund => fund["type"] = "revolving");
        await OpenAsync(_money, Old, "2018年结转专项资金", 2018);
        await OpenAsync(_city, OfCity, "2020年市级财政专项扶贫资金", 2020);
        await County.RefusedAsync(Finance, "appropriation", Given(Central, 1, "2018-12-31"), "date-before-budget-year");

        _source = await GiveInAdvanceAsync(Central, 1_000_000_000, "2019-11-28");
        _sectorSource = await _money.GiveAsync(Central, 300_000_000, "provincial", "sector", "省级行业扶贫资金", document: "湘财农〔2020〕11号");
        await _money.GiveAsync(Bond, 400_000_000, "provincial", "bond", "地方政府一般债券");
        await _money.GiveAsync(Aid, 120_000_000, "outside", "paired-aid", "东西部扶贫协作资金");
        await _money.GiveAsync(Aid, 30_000_000, "outside", "donation", "社会捐赠");
        await _money.GiveAsync(Aid, 10_000_000, "own", "self-raised", "村集体自筹");
        await _money.GiveAsync(Municipal, 50_000_000, "county", "earmarked", "县级财政配套");
        await _money.GiveAsync(Revolving, 100_000_000, "township", "village-award", "互助资金本金");
        await _city.GiveAsync(OfCity, 500_000_000, "municipal", "earmarked", "市级财政专项扶贫资金");

        await _money.OpenBalanceAsync(Old, appropriated: 90_000_000, interest: 1_234, returned: 2_000_000);
        await _money.RegisterAsync(Finance, Old, OldProject, Places.CountyCode, new() { ["type"] = "project", ["name"] = "2018年安全饮水工程", ["place"] = Places.CountyCode });
        await _money.OpenBalanceAsync(Old, OldProject, allocated: 80_000_000, paid: 71_000_000);
        await County.RefusedAsync(Finance, "carry-over", CarryOver(Old, 2019, 17_001_234, 0), "unused-too-long");
        await County.RecordAsync(Finance, "carry-over", CarryOver(Old, 2019, 0, 17_001_234));
    }

    private string _source = "";
    private string _sectorSource = "";

    private static JsonObject Given(string fund, long fen, string date) => new()
    {
        ["fund"] = fund, ["unit"] = "fen", ["amount"] = fen, ["level"] = "central", ["nature"] = "earmarked", ["sourceName"] = "中央财政专项扶贫资金",
        ["reference"] = "财农〔提前〕1号", ["date"] = date,
    };

    private async Task<string> GiveInAdvanceAsync(string fund, long fen, string date)
    {
        string entry = await County.RecordAsync(Finance, "appropriation", Given(fund, fen, date));
        County.Books.Add($"appropriation {entry}", "amount", fen);
        _money.GiveInBooks(fund, fen);
        return entry;
    }

    private static Task OpenAsync(CountyMoney money, string fund, string name, int year, Action<JsonObject>? more = null) => fund == OfCity
        ? money.OpenAsync(fund, name, year, Places.City, new JsonArray("湖南省", "邵阳市"), more)
        : money.OpenAsync(fund, name, year, Places.CountyCode, new JsonArray("湖南省", "邵阳市", "示例县"), more);

    private static JsonObject CarryOver(string fund, int year, long carried, long surplus) => new()
    {
        ["fund"] = fund, ["year"] = year, ["unit"] = "fen", ["carriedOver"] = carried, ["surplus"] = surplus, ["reference"] = "示财预〔年末〕1号",
    };

    // The city sends twice; the county acknowledges a part of the first. The rest is in between.
    private async Task PassDownAsync()
    {
        County.On(2020, 2, 24);
        await County.RefusedAsync(CityFinance, "pass-down", new() { ["fund"] = OfCity, ["unit"] = "fen", ["amount"] = 500_000_001, ["place"] = Places.CountyCode, ["placeName"] = "示例县", ["purpose"] = "产业发展" }, "exceeds-free");
        string sent = await _city.PassDownAsync(OfCity, 200_000_000, Places.CountyCode, "示例县", "产业发展");
        await _city.PassDownAsync(OfCity, 90_000_000, Places.CountyCode, "示例县", "基础设施");
        await _money.GiveAsync(Municipal, 120_000_000, "municipal", "earmarked", "市级财政专项扶贫资金", (sent, Places.City));
        County.On(2020, 3, 2);
        await _money.GiveAsync(Municipal, 50_000_000, "municipal", "earmarked", "市级财政专项扶贫资金", (sent, Places.City));
        JsonObject tooMuch = new()
        {
            ["fund"] = Municipal, ["unit"] = "fen", ["amount"] = 30_000_001, ["level"] = "municipal", ["nature"] = "earmarked", ["sourceName"] = "市级财政专项扶贫资金", ["passDown"] = sent,
        };
        await County.RefusedAsync(Finance, "appropriation", tooMuch, "exceeds-passed-down");
    }
}

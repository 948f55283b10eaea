using System.Text.Json.Nodes;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>The turn of the year, the second year, and what goes back in the end.</summary>
internal sealed partial class CountyScript
{
    private static readonly string[] OfTwentyTwenty = [Central, Bond, Aid, Municipal, OfCity];

    private async Task TurnTheYearAsync()
    {
        County.On(2020, 12, 28);
        await OpenAsync(_money, NextYear, "2021年财政衔接推进乡村振兴补助资金", 2021);
        await GiveInAdvanceAsync(NextYear, 600_000_000, "2020-12-25");
        County.On(2021, 1, 11);
        foreach (string fund in OfTwentyTwenty)
        {
            await County.RecordAsync(DepartmentOf(fund), "carry-over", CarryOver(fund, 2020, County.Books.FundCash(fund), 0));
        }

        await County.RefusedAsync(Finance, "carry-over", CarryOver(Central, 2020, 1, 0), "year-stated-before");
        foreach (Work work in Contracted.Where(work => work.Fund == Central && work.Number % 2 == 0).ToArray())
        {
            await County.RecordAsync(work.Office, "asset", Asset(work, "in-use"));
        }

        JsonObject income = new() { ["fund"] = Central, ["project"] = ProjectOf(4), ["asset"] = "asset-prj-04", ["unit"] = "fen", ["income"] = 500_000, ["distributed"] = 300_000, ["use"] = "村集体公益岗位", ["households"] = 25 };
        await County.RecordAsync(OfficeOf(4), "income-distribution", income);
        await County.RefusedAsync(OfficeOf(4), "income-distribution", new() { ["fund"] = Central, ["project"] = ProjectOf(4), ["asset"] = "asset-prj-04", ["unit"] = "fen", ["distributed"] = 200_001 }, "exceeds-income");
        await County.RecordAsync(Finance, "evaluation", new() { ["fund"] = Central, ["year"] = 2020, ["body"] = "县财政局", ["grade"] = "excellent", ["score"] = 92, ["outcome"] = "目标完成" });
        await County.RecordAsync(Finance, "evaluation", new() { ["fund"] = Central, ["project"] = ProjectOf(2), ["year"] = 2020, ["body"] = "县财政局", ["grade"] = "good", ["outcome"] = "目标基本完成" });
        await County.RecordAsync(Finance, "credit-report", new()
        {
            ["place"] = Places.CountyCode, ["from"] = "2020-01-01", ["to"] = "2020-12-31", ["unit"] = "fen", ["lent"] = 900_000_000, ["outstanding"] = 700_000_000,
            ["overdue"] = 0, ["households"] = 180, ["source"] = "县人民银行",
        });
    }

    private static string DepartmentOf(string fund) => fund == OfCity ? CityFinance : Finance;

    private static JsonObject Asset(Work work, string condition) => new()
    {
        ["fund"] = work.Fund, ["project"] = work.Project, ["asset"] = $"asset-{work.Project}", ["name"] = "产业设施", ["owner"] = "村集体经济组织",
        ["custodian"] = "村民委员会", ["unit"] = "fen", ["value"] = work.Price, ["condition"] = condition,
    };

    private async Task SecondYearAsync()
    {
        County.On(2021, 3, 1);
        await _money.GiveAsync(NextYear, 100_000_000, "central-and-provincial", "integrated", "统筹整合资金");
        await County.RecordAsync("poverty-office", "unit-change", new()
        {
            ["departmentId"] = "poverty-office", ["change"] = "renamed", ["successors"] = new JsonArray("rural-revitalisation"), ["reason"] = "机构改革", ["reference"] = "示编发〔2021〕1号",
        });
        await County.RecordAsync("rural-revitalisation", "department", new() { ["departmentId"] = "rural-revitalisation", ["name"] = "示例县乡村振兴局", ["region"] = Places.CountyCode });
        await County.RefusedAsync("rural-revitalisation", "unit-change", new()
        {
            ["departmentId"] = "poverty-office", ["change"] = "renamed", ["successors"] = new JsonArray("agriculture"), ["reason"] = "机构改革", ["reference"] = "示编发〔2021〕2号",
        }, "succeeded-before");
        await County.RecordAsync("rural-revitalisation", "plan-approval", Approval(39, "county"));
        await BuildNextYearAsync();
        await TurnLoansAsync();
        await RenameAsync();
    }

    private async Task BuildNextYearAsync()
    {
        for (int number = 35; number <= 40; number++)
        {
            await RegisterAsync(number, NextYear);
            _works.Add(number, new Work(number, await _money.ShareAsync(NextYear, ProjectOf(number), ShareOf(number))));
        }

        County.On(2021, 4, 6);
        foreach (Work work in _works.Values.Where(work => work.Number is >= 35 and <= 39).ToArray())
        {
            work.Contract = await _money.ContractAsync(work.Office, work.Fund, work.Project, work.Allocation, work.Price, 30, work.RetentionPercent);
            await _money.PayAsync(work.Fund, work.Project, work.Allocation, work.Advance, "advance", work.Contract);
        }

        await _money.PayAsync(NextYear, ProjectOf(40), _works[40].Allocation, 20_000_000, "interest-subsidy");

        // The warranty of half of the first year's works has ended.
        County.On(2021, 10, 18);
        foreach (Work work in Contracted.Where(work => work.Number < 34 && work.Number % 2 == 0).ToArray())
        {
            await _money.PayAsync(work.Fund, work.Project, work.Allocation, work.Retention, "retention-release", work.Contract);
        }
    }

    // The second turn; what of the first is overdue comes back in part, and a part of it never.
    private async Task TurnLoansAsync()
    {
        County.On(2021, 10, 25);
        string again = await _loans.LendAsync(70_000_000, "发展茶叶加工", 12, 35);
        await County.RefusedAsync(Finance, "write-off", CountyRevolving.Loss(Revolving, _overdue, 20_000_001), "exceeds-outstanding");
        await _loans.WriteOffAsync(_overdue, 5_000_000);
        await _loans.RepayAsync(_overdue, 3_000_000, 90_000);
        await _loans.RepayAsync(again, 20_000_000, 700_000);
        await _loans.ReturnGoodsAsync(_goods, 120);
        await _loans.WriteOffGoodsAsync(_goods, 10);
        await _money.InterestAsync(Revolving, 5_432);
    }

    // A township becomes a town: what was recorded for the one counts for the other.
    private async Task RenameAsync()
    {
        County.On(2021, 11, 1);
        string old = Places.Below(Places.CountyCode, "青石乡"), next = Places.Below(Places.CountyCode, "青石镇");
        await County.RecordAsync("rural-revitalisation", "region-change", new()
        {
            ["place"] = old, ["change"] = "renamed", ["successors"] = new JsonArray(next), ["successorNames"] = new JsonArray("青石镇"), ["reason"] = "撤乡设镇", ["reference"] = "湘政函〔2021〕5号",
        });
        foreach (string place in County.Books.Accounts("region").Where(place => place.StartsWith(old, StringComparison.Ordinal)).ToArray())
        {
            County.Books.Rename($"region {place}", $"region {next}{place[old.Length..]}");
        }
    }

    // Two years unused is surplus: what is not shared out goes back to where it came from.
    private async Task EndAsync()
    {
        County.On(2022, 1, 10);
        await County.RefusedAsync(Finance, "carry-over", CarryOver(Central, 2021, 1, 0), "unused-too-long");
        foreach (string fund in OfTwentyTwenty)
        {
            await County.RecordAsync(DepartmentOf(fund), "carry-over", CarryOver(fund, 2021, 0, County.Books.FundCash(fund)));
        }

        await County.RecordAsync(Finance, "carry-over", CarryOver(NextYear, 2021, County.Books.FundCash(NextYear), 0));
        County.On(2022, 1, 24);
        await County.RefusedAsync(Finance, "return-to-source", new() { ["fund"] = Central, ["unit"] = "fen", ["amount"] = County.Books.FundFree(Central) + 1, ["reason"] = "超过两年未使用" }, "exceeds-free");
        await _money.ReturnAsync(Central, County.Books.FundFree(Central), _sectorSource, "超过两年未使用");
        await _money.ReturnAsync(Bond, County.Books.FundFree(Bond) - 1_000_000, null, "超过两年未使用");
        await _money.ReturnAsync(Old, County.Books.FundFree(Old), null, "超过两年未使用");

        // What waits, and what a second person rejected, is nobody's business but the department's.
        Answer waiting = await County.Office(Finance).PostAsync(Marked("此笔等待审核"));
        Answer rejected = await County.Office(Finance).PostAsync(Marked("此笔已被驳回"));
        (await County.Office(Finance).RejectAsync(rejected.Id)).ShouldBe(200).State.ShouldBe("rejected");
        County.Unpublished.AddRange([waiting.Id, rejected.Id, "此笔等待审核", "此笔已被驳回"]);
    }

    private JsonObject Marked(string note) =>
        County.Posting("allocation", CountyMoney.Share(NextYear, ProjectOf(35), 1_000_000).Tap(fields => fields["note"] = note));
}

using System.Text.Json.Nodes;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>What is built and paid in the first year, what changes on the way, and what is put right.</summary>
internal sealed partial class CountyScript
{
    // Cancelled before it was begun; three villages build by themselves with money that is transferred to them.
    private const int Cancelled = 14;

    private static readonly int[] Transferred = [24, 25, 26];

    private IEnumerable<Work> Contracted => _works.Values.Where(work => work.Number != Cancelled && !Transferred.Contains(work.Number));

    private async Task BuildAsync()
    {
        County.On(2020, 4, 8);
        foreach (Work work in Contracted.ToArray())
        {
            work.Contract = await _money.ContractAsync(work.Office, work.Fund, work.Project, work.Allocation, work.Price, 30, work.RetentionPercent);
        }

        Work first = _works[1];
        await County.RefusedAsync(first.Office, "commitment", new()
        {
            ["fund"] = first.Fund, ["project"] = first.Project, ["cites"] = first.Allocation, ["unit"] = "fen", ["amount"] = ShareOf(1) - first.Price + 1,
            ["reference"] = "补充合同", ["contractor"] = "邵阳某建筑工程有限公司", ["procurement"] = "single-source",
        }, "exceeds-uncommitted");
        County.On(2020, 5, 11);
        foreach (Work work in Contracted.ToArray())
        {
            long less = work.Number == 10 ? Slip : 0; // Ten was typed wrong: it is put right in August.
            string paid = await _money.PayAsync(work.Fund, work.Project, work.Allocation, work.Advance - less, "advance", work.Contract);
            _slipped = work.Number == 10 ? paid : _slipped;
            await County.RecordAsync(work.Office, "progress", new()
            {
                ["fund"] = work.Fund, ["project"] = work.Project, ["stage"] = "started", ["percent"] = 10, ["done"] = "已开工",
            });
        }

        await County.RefusedAsync(Finance, "disbursement", CountyMoney.PaymentOf(first.Fund, first.Project, first.Allocation, ShareOf(1), "progress", first.Contract), "exceeds-allocated");
        await County.RefusedAsync(Finance, "disbursement", CountyMoney.PaymentOf(first.Fund, first.Project, first.Allocation, first.Retention + 1, "retention-release", first.Contract), "exceeds-retention");
    }

    private const long Slip = 1_000_001;
    private string _slipped = "";

    private async Task ChangeAsync()
    {
        County.On(2020, 6, 3);
        Work five = _works[5], seven = _works[7], gone = _works[Cancelled];
        long rest = ShareOf(5) - 8_000_001;
        await _money.ReduceAsync(Central, five.Project, five.Allocation, ShareOf(5), ShareOf(5) - 3_000_000, "township");
        await County.RefusedAsync(Finance, "allocation-reduction", CountyMoney.Reduction(Central, five.Project, five.Allocation, ShareOf(5), rest, "county"), "old-amount-differs");
        await County.RefusedAsync(Finance, "allocation-reduction", CountyMoney.Reduction(Central, gone.Project, gone.Allocation, ShareOf(Cancelled), 0, "township"), "tier-too-low");
        await _money.ReduceAsync(Central, gone.Project, gone.Allocation, ShareOf(Cancelled), 0, "county");
        await County.RecordAsync(gone.Office, "project-change", Change(gone, "cancelled", "county"));
        await County.RefusedAsync(Finance, "allocation", CountyMoney.Share(Central, gone.Project, 1), "project-closed");

        // More for seven: over the threshold, so that the township cannot say yes.
        JsonObject more = CountyMoney.Share(Central, seven.Project, 20_000_000);
        more["oldAmount"] = ShareOf(7);
        more["reason"] = "增加灌溉支渠";
        more["tier"] = "township";
        await County.RefusedAsync(Finance, "allocation", more, "tier-too-low");
        await _money.ShareAsync(Central, seven.Project, 20_000_000, more: fields =>
        {
            fields["oldAmount"] = ShareOf(7);
            fields["reason"] = "增加灌溉支渠";
            fields["tier"] = "county";
        });
        await County.RecordAsync(_works[12].Office, "project-change", Change(_works[12], "due", "township").Tap(fields => fields["due"] = "2021-03-31"));
        await County.RecordAsync(_works[13].Office, "project-change", Change(_works[13], "name", "township").Tap(fields => fields["name"] = "石板路建设项目"));
    }

    private static JsonObject Change(Work work, string change, string tier) => new()
    {
        ["fund"] = work.Fund, ["project"] = work.Project, ["change"] = change, ["reason"] = "实施条件变化", ["tier"] = tier, ["reference"] = "示扶领发〔变更〕2号",
    };

    private async Task PayUnitsAndHouseholdsAsync()
    {
        County.On(2020, 6, 22);
        string last = "";
        foreach (Work work in Transferred.Select(number => _works[number]))
        {
            last = await _money.PayAsync(work.Fund, work.Project, work.Allocation, ShareOf(work.Number) / 5 * 4, "transfer-to-unit");
            await _money.ClaimAsync(work.Office, work.Fund, work.Project, last, ShareOf(work.Number) / 5);
            await _money.ClaimAsync(work.Office, work.Fund, work.Project, last, ShareOf(work.Number) / 10);
        }

        await _money.RefundAsync(last, 1_000_000, "工程量减少");
        await County.RefusedAsync(OfficeOf(10), "claim", new()
        {
            ["fund"] = Central, ["project"] = ProjectOf(10), ["cites"] = _slipped, ["unit"] = "fen", ["amount"] = 1, ["reference"] = "报账单",
        }, "not-a-transfer");
        await _money.HouseholdsAsync(Finance, Central, ProjectOf(15), _households, 45_000_000, 150, failed: 3_600_000, returned: 2_400_000);
        await _money.PayAsync(Central, ProjectOf(16), _fee, 8_500_000, "settlement");
        await _money.PayAsync(Bond, Deposit, _deposit, 50_000_000, "settlement");
        await _money.InterestAsync(Central, 123_457);
        await _money.InterestAsync(Revolving, 4_321);
    }

    private async Task LendAsync()
    {
        County.On(2020, 7, 1);
        await County.RefusedAsync(Finance, "loan", CountyRevolving.Loan(Central, 1, "养殖", 6, 20), "not-revolving");
        string turn = await _loans.LendAsync(60_000_000, "发展茶叶种植", 6, 30);
        string late = await _loans.LendAsync(30_000_000, "养殖黄牛", 12, 15);
        await County.RefusedAsync(Finance, "loan", CountyRevolving.Loan(Revolving, 10_004_322, "养殖", 6, 20), "exceeds-free");
        _goods = await _loans.LendGoodsAsync(200, "只", 40);
        County.On(2020, 12, 15);
        await _loans.RepayAsync(turn, 60_000_000, 1_050_000);
        await _loans.RepayAsync(late, 10_000_000, 400_000);
        _overdue = late;
    }

    private string _goods = "";
    private string _overdue = "";

    private async Task AmendAsync()
    {
        County.On(2020, 12, 16);
        Work nine = _works[9], ten = _works[10], eleven = _works[11];
        JsonObject right = CountyMoney.Share(Central, nine.Project, ShareOf(9));
        JsonObject correction = Correction(nine.Allocation, "allocation", right);
        await County.RefusedAsync("transport", "correction", correction, "entry-of-other-department");
        await County.RefusedAsync(Finance, "correction", Correction(nine.Allocation, "allocation", CountyMoney.Share(Central, nine.Project, 9_000_000_000)), "amendment-overdraws");
        await County.RefusedAsync(Finance, "correction", Correction(nine.Allocation, "allocation", CountyMoney.Share(Central, nine.Project, nine.Price - 1)), "amendment-overdraws");
        await County.CorrectAsync(Finance, nine.Allocation, "allocation", right, "录入金额有误");
        _money.ShareInBooks(Central, nine.Project, nine.Allocation, Mistake);

        await County.CorrectAsync(Finance, _slipped, "disbursement", CountyMoney.PaymentOf(Central, ten.Project, ten.Allocation, ten.Advance, "advance", ten.Contract), "凭证金额有误");
        _money.PayInBooks(_slipped, Slip);

        // Posted twice, and a contract cites it: that goes first.
        string twice = await _money.ShareAsync(Central, eleven.Project, 11_000_000);
        string contract = await _money.ContractAsync(eleven.Office, Central, eleven.Project, twice, 10_000_000, 30, 3);
        Answer refused = await County.RefusedAsync(Finance, "withdrawal", new() { ["cites"] = twice, ["reason"] = "重复填报" }, "has-dependents");
        refused.Json.GetProperty("errors")[0].GetProperty("found").GetString().ShouldBe(contract, "the list of those that depend on it");
        await County.WithdrawAsync(eleven.Office, contract, "所依据的安排重复填报");
        _money.ContractInBooks(Central, eleven.Project, twice, contract, -10_000_000);
        await County.WithdrawAsync(Finance, twice, "重复填报");
        _money.ShareInBooks(Central, eleven.Project, twice, -11_000_000);
        await County.RefusedAsync(Finance, "withdrawal", new() { ["cites"] = twice, ["reason"] = "重复填报" }, "entry-withdrawn");
    }

    private JsonObject Correction(string cites, string kind, JsonObject replacement) => new()
    {
        ["cites"] = cites, ["reason"] = "录入金额有误", ["replacement"] = County.Posting(kind, replacement),
    };

    private async Task FinishAsync()
    {
        County.On(2020, 12, 20);
        string settled = "";
        foreach (Work work in Contracted.ToArray())
        {
            await _money.PayAsync(work.Fund, work.Project, work.Allocation, work.Progress, "progress", work.Contract);
            string paid = await _money.PayAsync(work.Fund, work.Project, work.Allocation, work.Settlement, "settlement", work.Contract);
            settled = work.Number == 3 ? paid : settled;
            await County.RecordAsync(work.Office, "progress", new()
            {
                ["fund"] = work.Fund, ["project"] = work.Project, ["stage"] = "completed", ["percent"] = 100, ["done"] = "已完工", ["milestone"] = 1,
                ["actuals"] = new JsonArray(new JsonObject { ["target"] = 1, ["value"] = 100 + work.Number }),
            });
            await County.RecordAsync(work.Office, "acceptance", new()
            {
                ["fund"] = work.Fund, ["project"] = work.Project, ["result"] = "passed", ["body"] = "县级验收组", ["unit"] = "fen", ["finalCost"] = work.Price,
            });
        }

        await _money.RefundAsync(settled, 777_777, "结算审计核减");
        await County.RefusedAsync("water", "progress", new()
        {
            ["fund"] = Central, ["project"] = ProjectOf(2), ["stage"] = "completed", ["done"] = "已完工", ["milestone"] = 2,
        }, "no-such-milestone");
    }
}

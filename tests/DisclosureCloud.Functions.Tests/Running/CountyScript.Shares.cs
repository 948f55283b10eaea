using System.Globalization;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>Projects are registered and the money is shared out; in one fund by 64 approvers at once.</summary>
internal sealed partial class CountyScript
{
    private async Task RegisterAsync()
    {
        County.On(2020, 3, 9);
        await County.RefusedAsync(OfficeOf(1), "project", ProjectFields(41, Central), "plan-item-removed");
        await County.RefusedAsync(OfficeOf(39), "project", ProjectFields(39, Central), "plan-item-not-approved");
        for (int number = 1; number <= 34; number++)
        {
            await RegisterAsync(number, FundOf(number));
        }

        // Three funds pay for the first project together.
        await RegisterAsync(1, Aid);
        await RegisterAsync(1, Municipal);
    }

    private Task RegisterAsync(int number, string fund) =>
        _money.RegisterAsync(OfficeOf(number), fund, ProjectOf(number), PlaceOf(number).Code, ProjectFields(number, fund));

    private static JsonObject ProjectFields(int number, string fund)
    {
        JsonObject fields = new()
        {
            ["fund"] = fund, ["project"] = ProjectOf(number), ["type"] = TypeOf(number), ["name"] = NameOf(number), ["place"] = PlaceOf(number).Code,
            ["content"] = "按批复内容建设", ["responsibleUnit"] = "县级行业主管部门", ["implementingUnit"] = "乡镇人民政府", ["planItem"] = ItemOf(number),
            ["due"] = number >= 35 ? "2021-12-31" : "2020-12-31", ["targets"] = Targets(number),
            ["milestones"] = new JsonArray(new JsonObject { ["name"] = "主体完工", ["due"] = "2020-09-30" }),
        };
        if (PlaceOf(number).Name is { } place)
        {
            fields["placeName"] = place;
        }

        // A bond pays for industry alone, until a plan of integration widens it.
        if (FundOf(number) == Bond)
        {
            fields["programme"] = number == 22 ? "basic-needs" : "industry";
        }

        return fields;
    }

    private async Task ShareAsync()
    {
        County.On(2020, 3, 16);
        await County.RefusedAsync(Finance, "allocation", CountyMoney.Share(Bond, ProjectOf(22), ShareOf(22)), "outside-purpose");
        await County.RefusedAsync(Finance, "allocation", CountyMoney.Share(Central, ProjectOf(16), 13_000_001), "exceeds-management-fee");
        await County.RefusedAsync(Finance, "allocation", CountyMoney.Share(Central, ProjectOf(2), 1_000_000_001, _source), "exceeds-appropriation");
        await County.RecordAsync("poverty-office", "integration-plan", new()
        {
            ["fund"] = Bond, ["programmes"] = new JsonArray("basic-needs"), ["tier"] = "county", ["body"] = "示例县人民政府", ["reference"] = "示政发〔2020〕9号",
        });
        foreach (int number in Enumerable.Range(1, 33).Except([15, 16, 23]))
        {
            long less = number == 9 ? Mistake : 0; // Nine was typed wrong: it is put right in May.
            string allocation = await _money.ShareAsync(FundOf(number), ProjectOf(number), ShareOf(number) - less, number % 2 == 0 && FundOf(number) == Central ? _source : null);
            _works.Add(number, new Work(number, allocation));
        }

        _households = await _money.ShareAsync(Central, ProjectOf(15), 60_000_000);
        _fee = await _money.ShareAsync(Central, ProjectOf(16), 9_000_000);
        _deposit = await _money.ShareAsync(Bond, Deposit, 50_000_000);
        await _money.ShareAsync(Aid, ProjectOf(1), 10_000_000);
        await _money.ShareAsync(Municipal, ProjectOf(1), 7_000_000);
    }

    private const long Mistake = 5_000_000;
    private string _households = "";
    private string _fee = "";
    private string _deposit = "";

    // 64 approvers at once, where ten fit.
    private async Task CrowdAsync()
    {
        long each = County.Books.FundFree(Municipal) / 10;
        JsonObject[] postings =
        [
            .. Enumerable.Range(1, 64).Select(one => County.Posting("allocation", CountyMoney.Share(Municipal, ProjectOf(34), each))
                .Tap(posting => posting["note"] = string.Create(CultureInfo.InvariantCulture, $"争用第{one}笔"))),
        ];
        Answer[] posted = await Task.WhenAll(postings.Select(posting => County.Office(Finance).PostAsync(posting)));
        Answer[] decided = await Task.WhenAll(posted.Select(answer => County.Office(Finance).ApproveAsync(answer.Id)));
        decided.Count(answer => answer.State == "effective").ShouldBe(10);
        foreach ((JsonObject posting, Answer answer) in postings.Zip(decided))
        {
            if (answer.State == "effective")
            {
                County.Said.Add(answer.Entries[0], ("allocation", Municipal, each));
                _money.ShareInBooks(Municipal, ProjectOf(34), answer.Entries[0], each);
                continue;
            }

            answer.Codes.ShouldBe("[exceeds-free]");
            County.Unpublished.AddRange([answer.Id, $"{posting["note"]}"]);
        }
    }
}

internal static class Tapping
{
    public static T Tap<T>(this T it, Action<T> change)
    {
        change(it);
        return it;
    }
}

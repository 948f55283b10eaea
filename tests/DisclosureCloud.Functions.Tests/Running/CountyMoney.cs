using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>The movements of money: each is posted, and beside it written into the plain books.</summary>
internal sealed class CountyMoney(County county, string finance)
{
    private readonly Dictionary<string, string> _regionOfFund = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Fund, string Project), string> _placeOfProject = [];
    private readonly Dictionary<string, Payment> _payments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sourceOfAllocation = new(StringComparer.Ordinal);

    private PlainBooks Books => county.Books;

    public async Task<string> OpenAsync(string fund, string name, int year, string region, JsonArray regionNames, Action<JsonObject>? more = null)
    {
        _regionOfFund[fund] = region;
        JsonObject fields = new() { ["fund"] = fund, ["name"] = name, ["budgetYear"] = year, ["region"] = region, ["regionNames"] = regionNames, ["authority"] = "示例县财政局" };
        more?.Invoke(fields);
        return await county.RecordAsync(finance, "fund", fields);
    }

    /// <param name="passDown">The pass-down of another fund of which it is the receipt, with that fund's region.</param>
    public async Task<string> GiveAsync(string fund, long fen, string level, string nature, string source, (string Entry, string From)? passDown = null, string? document = null)
    {
        JsonObject fields = new() { ["fund"] = fund, ["unit"] = "fen", ["amount"] = fen, ["level"] = level, ["nature"] = nature, ["sourceName"] = source };
        Put(fields, "passDown", passDown?.Entry);
        Put(fields, "reference", document);
        string entry = await county.RecordAsync(finance, "appropriation", fields);
        Books.Add($"appropriation {entry}", "amount", fen);
        GiveInBooks(fund, fen, passDown?.From);
        return entry;
    }

    public void GiveInBooks(string fund, long fen, string? from = null)
    {
        Books.Add($"fund {fund}", "appropriated", fen);
        foreach (string region in Places.Up(_regionOfFund[fund]))
        {
            Books.Add($"region {region}", from is not null && Places.Covers(region, from) ? "received" : "appropriated", fen);
        }
    }

    public async Task<string> PassDownAsync(string fund, long fen, string place, string placeName, string purpose)
    {
        string entry = await county.RecordAsync(finance, "pass-down", new() { ["fund"] = fund, ["unit"] = "fen", ["amount"] = fen, ["place"] = place, ["placeName"] = placeName, ["purpose"] = purpose });
        Books.Add($"fund {fund}", "passed down", fen);
        string from = _regionOfFund[fund];
        foreach (string region in Places.Up(from))
        {
            Books.Add($"region {region}", Places.Covers(region, place) ? "passed down within" : "passed down out", fen);
        }

        foreach (string region in Places.Up(place).Where(region => !Places.Covers(region, from)))
        {
            Books.Add($"region {region}", "passed down in", fen);
        }

        return entry;
    }

    public async Task InterestAsync(string fund, long fen)
    {
        await county.RecordAsync(finance, "interest", new() { ["fund"] = fund, ["unit"] = "fen", ["amount"] = fen, ["reference"] = "结息单" });
        Books.Add($"fund {fund}", "interest", fen);
    }

    public async Task ReturnAsync(string fund, long fen, string? appropriation, string reason)
    {
        JsonObject fields = new() { ["fund"] = fund, ["unit"] = "fen", ["amount"] = fen, ["reason"] = reason, ["reference"] = "示财农〔收回〕1号" };
        Put(fields, "cites", appropriation);
        await county.RecordAsync(finance, "return-to-source", fields);
        Books.Add($"fund {fund}", "returned", fen);
        if (appropriation is not null)
        {
            Books.Add($"appropriation {appropriation}", "returned", fen);
        }
    }

    public async Task RegisterAsync(string department, string fund, string project, string place, JsonObject fields)
    {
        _placeOfProject[(fund, project)] = place;
        Books.Add($"project {fund} {project}", "allocated", 0);
        fields["fund"] = fund;
        fields["project"] = project;
        await county.RecordAsync(department, "project", fields);
    }

    public static JsonObject Share(string fund, string project, long fen, string? source = null)
    {
        JsonObject fields = new() { ["fund"] = fund, ["project"] = project, ["unit"] = "fen", ["amount"] = fen };
        Put(fields, "cites", source);
        return fields;
    }

    public async Task<string> ShareAsync(string fund, string project, long fen, string? source = null, Action<JsonObject>? more = null)
    {
        JsonObject fields = Share(fund, project, fen, source);
        more?.Invoke(fields);
        string entry = await county.RecordAsync(finance, "allocation", fields);
        ShareInBooks(fund, project, entry, fen, source);
        return entry;
    }

    public void ShareInBooks(string fund, string project, string entry, long fen, string? source = null)
    {
        EachOf(fund, project, "allocated", fen);
        Books.Add($"allocation {entry}", "amount", fen);
        if (source is not null)
        {
            _sourceOfAllocation[entry] = source;
            Books.Add($"appropriation {source}", "allocated", fen);
        }
    }

    public static JsonObject Reduction(string fund, string project, string allocation, long from, long to, string tier) => new()
    {
        ["fund"] = fund, ["project"] = project, ["cites"] = allocation, ["unit"] = "fen", ["oldAmount"] = from, ["newAmount"] = to,
        ["reason"] = "中标价低于预算", ["reference"] = "示扶领发〔调整〕3号", ["tier"] = tier,
    };

    public async Task ReduceAsync(string fund, string project, string allocation, long from, long to, string tier)
    {
        await county.RecordAsync(finance, "allocation-reduction", Reduction(fund, project, allocation, from, to, tier));
        long less = from - to;
        Books.Add($"fund {fund}", "reduced", less);
        Books.Add($"project {fund} {project}", "reduced", less);
        Books.Add($"allocation {allocation}", "reduced", less);
        foreach (string region in Places.Up(_placeOfProject[(fund, project)]))
        {
            Books.Add($"region {region}", "allocated", -less);
        }

        if (_sourceOfAllocation.TryGetValue(allocation, out string? source))
        {
            Books.Add($"appropriation {source}", "allocated", -less);
        }
    }

    public async Task<string> ContractAsync(string department, string fund, string project, string allocation, long fen, int advance, int retention)
    {
        string entry = await county.RecordAsync(department, "commitment", new()
        {
            ["fund"] = fund, ["project"] = project, ["cites"] = allocation, ["unit"] = "fen", ["amount"] = fen, ["reference"] = $"合同-{project}",
            ["contractor"] = "邵阳某建筑工程有限公司", ["procurement"] = "open-tender", ["advanceRate"] = advance, ["retentionRate"] = retention,
        });
        ContractInBooks(fund, project, allocation, entry, fen);
        return entry;
    }

    public void ContractInBooks(string fund, string project, string allocation, string entry, long fen)
    {
        Books.Add($"fund {fund}", "committed", fen);
        Books.Add($"project {fund} {project}", "committed", fen);
        Books.Add($"allocation {allocation}", "committed", fen);
        Books.Add($"contract {entry}", "amount", fen);
    }

    public static JsonObject PaymentOf(string fund, string project, string allocation, long fen, string nature, string? contract = null)
    {
        JsonObject fields = new()
        {
            ["fund"] = fund, ["project"] = project, ["cites"] = allocation, ["unit"] = "fen", ["amount"] = fen, ["nature"] = nature,
            ["payeeType"] = nature == "transfer-to-unit" ? "collective" : "organisation", ["payee"] = "邵阳某建筑工程有限公司", ["reference"] = "国库集中支付凭证",
        };
        Put(fields, "commitment", contract);
        return fields;
    }

    public async Task<string> PayAsync(string fund, string project, string allocation, long fen, string nature, string? contract = null)
    {
        string entry = await county.RecordAsync(finance, "disbursement", PaymentOf(fund, project, allocation, fen, nature, contract));
        PayInBooks(entry, new Payment(fund, project, allocation, nature, contract), fen);
        return entry;
    }

    public void PayInBooks(string entry, long fen) => PayInBooks(entry, _payments[entry], fen);

    public async Task ClaimAsync(string department, string fund, string project, string transfer, long fen)
    {
        await county.RecordAsync(department, "claim", new()
        {
            ["fund"] = fund, ["project"] = project, ["cites"] = transfer, ["unit"] = "fen", ["amount"] = fen,
            ["payeeType"] = "organisation", ["payee"] = "县建材公司", ["reference"] = "报账单",
        });
        Books.Add($"fund {fund}", "moved", -fen);
        Books.Add($"project {fund} {project}", "moved", -fen);
    }

    public async Task RefundAsync(string payment, long fen, string reason)
    {
        Payment paid = _payments[payment];
        await county.RecordAsync(finance, "refund", new()
        {
            ["fund"] = paid.Fund, ["project"] = paid.Project, ["cites"] = payment, ["unit"] = "fen", ["amount"] = fen, ["reason"] = reason, ["reference"] = "缴款书",
        });
        BackInBooks(paid, fen);
    }

    /// <summary>A batch of subsidies to households, in aggregate: sent, of it failed, of that come back.</summary>
    public async Task HouseholdsAsync(string department, string fund, string project, string allocation, long fen, int households, long failed, long returned)
    {
        string entry = await county.RecordAsync(department, "household-transfer", new()
        {
            ["fund"] = fund, ["project"] = project, ["cites"] = allocation, ["unit"] = "fen", ["amount"] = fen, ["reference"] = "第一批",
            ["policy"] = "雨露计划", ["standard"] = "每户三千元", ["households"] = households, ["failed"] = failed, ["failedHouseholds"] = 12, ["returned"] = returned,
        });
        var paid = new Payment(fund, project, allocation, "household-subsidy", null);
        PayInBooks(entry, paid, fen);
        BackInBooks(paid, returned);
    }

    /// <summary>What a fund, or one project of it, had come to before the log.</summary>
    public async Task OpenBalanceAsync(string fund, long appropriated, long interest, long returned)
    {
        await county.RecordAsync(finance, "opening-balance", new()
        {
            ["fund"] = fund, ["unit"] = "fen", ["appropriated"] = appropriated, ["interest"] = interest, ["returned"] = returned, ["reference"] = "二〇一九年末总账",
        });
        GiveInBooks(fund, appropriated);
        Books.Add($"fund {fund}", "interest", interest);
        Books.Add($"fund {fund}", "returned", returned);
    }

    public async Task<string> OpenBalanceAsync(string fund, string project, long allocated, long paid)
    {
        string entry = await county.RecordAsync(finance, "opening-balance", new()
        {
            ["fund"] = fund, ["project"] = project, ["unit"] = "fen", ["allocated"] = allocated, ["disbursed"] = paid, ["reference"] = "二〇一九年末项目明细账",
        });
        ShareInBooks(fund, project, entry, allocated);
        PayInBooks(entry, new Payment(fund, project, entry, "", null), paid);
        return entry;
    }

    private void PayInBooks(string entry, Payment payment, long fen)
    {
        _payments[entry] = payment;
        EachOf(payment.Fund, payment.Project, "paid", fen);
        Books.Add($"allocation {payment.Allocation}", "paid", fen);
        MoveInBooks(payment, fen);
        if (payment.Contract is not null)
        {
            Books.Add($"contract {payment.Contract}", "paid", fen);
            Books.Add($"contract {payment.Contract}", "released", payment.Nature == "retention-release" ? fen : 0);
        }
    }

    private void BackInBooks(Payment paid, long fen)
    {
        Books.Add($"fund {paid.Fund}", "refunded", fen);
        Books.Add($"project {paid.Fund} {paid.Project}", "refunded", fen);
        Books.Add($"allocation {paid.Allocation}", "refunded", fen);
        MoveInBooks(paid, -fen);
        foreach (string region in Places.Up(_placeOfProject[(paid.Fund, paid.Project)]))
        {
            Books.Add($"region {region}", "paid", -fen);
        }

        if (paid.Contract is not null)
        {
            Books.Add($"contract {paid.Contract}", "paid", -fen);
        }
    }

    private void MoveInBooks(Payment payment, long fen)
    {
        if (payment.Nature == "transfer-to-unit")
        {
            Books.Add($"fund {payment.Fund}", "moved", fen);
            Books.Add($"project {payment.Fund} {payment.Project}", "moved", fen);
        }
    }

    private void EachOf(string fund, string project, string what, long fen)
    {
        Books.Add($"fund {fund}", what, fen);
        Books.Add($"project {fund} {project}", what, fen);
        foreach (string region in Places.Up(_placeOfProject[(fund, project)]))
        {
            Books.Add($"region {region}", what, fen);
        }
    }

    private static void Put(JsonObject fields, string name, string? value)
    {
        if (value is not null)
        {
            fields[name] = value;
        }
    }

    private sealed record Payment(string Fund, string Project, string Allocation, string Nature, string? Contract);
}

/// <summary>The places of the script, as texts: what lies above what.</summary>
internal static class Places
{
    public const string Province = "430000";
    public const string City = "430500";
    public const string CountyCode = "430599";

    /// <summary>This place and all above it.</summary>
    public static IEnumerable<string> Up(string place) => place.Length > 6
        ? Up(place[..^9]).Prepend(place)
        : place switch
        {
            CountyCode => [CountyCode, City, Province],
            City => [City, Province],
            _ => [place],
        };

    /// <summary>A place below another that has no code of its own: the ids are the ledger's, the sums are not.</summary>
    public static string Below(string place, string name) => Id.Parse<RegionCode>(place).Below(name).Value;

    public static bool Covers(string region, string place) => Up(place).Contains(region, StringComparer.Ordinal);
}

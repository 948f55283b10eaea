using System.Text.Json.Nodes;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>A revolving fund: what is lent, comes back with fees, is written off, and lent again.</summary>
internal sealed class CountyRevolving(County county, string finance, string fund)
{
    private PlainBooks Books => county.Books;

    public static JsonObject Loan(string fund, long fen, string purpose, int term, int households) => new()
    {
        ["fund"] = fund, ["unit"] = "fen", ["amount"] = fen, ["purpose"] = purpose, ["term"] = term, ["annualRate"] = 3.5m, ["households"] = households, ["reference"] = "借款合同",
    };

    public async Task<string> LendAsync(long fen, string purpose, int term, int households)
    {
        string entry = await county.RecordAsync(finance, "loan", Loan(fund, fen, purpose, term, households));
        Books.Add($"fund {fund}", "lent", fen);
        Books.Add($"loan {entry}", "lent", fen);
        return entry;
    }

    public async Task RepayAsync(string loan, long principal, long fee)
    {
        JsonObject fields = new() { ["fund"] = fund, ["cites"] = loan, ["unit"] = "fen", ["reference"] = "收款凭证" };
        if (principal > 0)
        {
            fields["principal"] = principal;
        }

        if (fee > 0)
        {
            fields["fee"] = fee;
        }

        await county.RecordAsync(finance, "repayment", fields);
        foreach ((string what, long fen) in new[] { ("repaid", principal), ("fees", fee) })
        {
            Books.Add($"fund {fund}", what, fen);
            Books.Add($"loan {loan}", what, fen);
        }
    }

    public static JsonObject Loss(string fund, string loan, long fen) => new()
    {
        ["fund"] = fund, ["cites"] = loan, ["unit"] = "fen", ["amount"] = fen, ["reason"] = "借款合作社依法破产", ["tier"] = "county", ["reference"] = "示政函〔核销〕2号",
    };

    public async Task WriteOffAsync(string loan, long fen)
    {
        await county.RecordAsync(finance, "write-off", Loss(fund, loan, fen));
        Books.Add($"fund {fund}", "written off", fen);
        Books.Add($"loan {loan}", "written off", fen);
    }

    /// <summary>Goods, counted beside all money.</summary>
    public async Task<string> LendGoodsAsync(long many, string measure, int households)
    {
        string entry = await county.RecordAsync(finance, "loan", new()
        {
            ["fund"] = fund, ["quantity"] = many, ["measure"] = measure, ["purpose"] = "养羊", ["term"] = 24, ["households"] = households,
        });
        Books.Add($"loan {entry}", "goods lent", many);
        return entry;
    }

    public async Task ReturnGoodsAsync(string loan, long many)
    {
        await county.RecordAsync(finance, "repayment", new() { ["fund"] = fund, ["cites"] = loan, ["quantity"] = many });
        Books.Add($"loan {loan}", "goods back", many);
    }

    public async Task WriteOffGoodsAsync(string loan, long many)
    {
        await county.RecordAsync(finance, "write-off", new()
        {
            ["fund"] = fund, ["cites"] = loan, ["quantity"] = many, ["reason"] = "疫病死亡", ["tier"] = "county", ["reference"] = "示政函〔核销〕3号",
        });
        Books.Add($"loan {loan}", "goods lost", many);
    }
}

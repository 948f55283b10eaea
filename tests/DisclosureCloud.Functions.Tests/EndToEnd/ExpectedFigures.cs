using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>What each published figure is to be, from the plain books. A new column or total is compared once it has its line here.</summary>
internal static class ExpectedFigures
{
    /// <summary>A fund's figures by their names in data files, without <c>Fen</c>.</summary>
    public static Dictionary<string, long> OfFund(PlainBooks books, string fund)
    {
        string account = $"fund {fund}";
        long outstanding = books.Of(account, "lent") - books.Of(account, "repaid") - books.Of(account, "written off");
        long placed = books.Accounts("project").Where(key => key == $"{fund} {CountyScript.Deposit}").Sum(books.ProjectNetPaid);
        return new(StringComparer.Ordinal)
        {
            ["appropriated"] = books.Of(account, "appropriated"),
            ["interest"] = books.Of(account, "interest"),
            ["returned"] = books.Of(account, "returned"),
            ["passedDown"] = books.Of(account, "passed down"),
            ["allocated"] = books.FundNetAllocated(fund),
            ["reduced"] = books.Of(account, "reduced"),
            ["free"] = books.FundFree(fund),
            ["committed"] = books.Of(account, "committed"),
            ["disbursed"] = books.FundNetPaid(fund),
            ["paid"] = books.FundNetPaid(fund),
            ["refunded"] = books.Of(account, "refunded"),
            ["moved"] = books.Of(account, "moved"),
            ["placed"] = placed,
            ["spent"] = books.FundNetPaid(fund) - books.Of(account, "moved") - placed,
            ["lent"] = books.Of(account, "lent"),
            ["repaid"] = books.Of(account, "repaid"),
            ["principalRepaid"] = books.Of(account, "repaid"),
            ["fees"] = books.Of(account, "fees"),
            ["writtenOff"] = books.Of(account, "written off"),
            ["outstanding"] = outstanding,
            ["cash"] = books.FundCash(fund),
        };
    }

    /// <summary>What a project has of one fund.</summary>
    /// <param name="key">Fund and project, as the plain books name the account.</param>
    public static Dictionary<string, long> OfProject(PlainBooks books, string key)
    {
        string account = $"project {key}";
        long placed = key.EndsWith(CountyScript.Deposit, StringComparison.Ordinal) ? books.ProjectNetPaid(key) : 0;
        return new(StringComparer.Ordinal)
        {
            ["allocated"] = books.ProjectNetAllocated(key),
            ["reduced"] = books.Of(account, "reduced"),
            ["committed"] = books.Of(account, "committed"),
            ["disbursed"] = books.ProjectNetPaid(key),
            ["paid"] = books.ProjectNetPaid(key),
            ["refunded"] = books.Of(account, "refunded"),
            ["moved"] = books.Of(account, "moved"),
            ["placed"] = placed,
            ["spent"] = books.ProjectNetPaid(key) - books.Of(account, "moved") - placed,
            ["left"] = books.ProjectNetAllocated(key) - books.ProjectNetPaid(key),
        };
    }

    public static Dictionary<string, long> OfRegion(PlainBooks books, string region) => new(StringComparer.Ordinal)
    {
        ["appropriated"] = books.Of($"region {region}", "appropriated"),
        ["received"] = books.Of($"region {region}", "received"),
        ["passedDownWithin"] = books.Of($"region {region}", "passed down within"),
        ["passedDownOut"] = books.Of($"region {region}", "passed down out"),
        ["passedDownIn"] = books.Of($"region {region}", "passed down in"),
        ["allocated"] = books.Of($"region {region}", "allocated"),
        ["disbursed"] = books.Of($"region {region}", "paid"),
    };

    /// <summary>Compares every figure that is published and known here; gives those that are published and unknown.</summary>
    public static IEnumerable<string> ShouldBeIn(this Dictionary<string, long> expected, IEnumerable<KeyValuePair<string, long?>> published, string where)
    {
        var unknown = new List<string>();
        foreach ((string name, long? fen) in published.Where(figure => figure.Key.EndsWith("Fen", StringComparison.Ordinal)))
        {
            if (expected.TryGetValue(name[..^3], out long wanted))
            {
                (fen ?? 0).ShouldBe(wanted, $"{where} {name}"); // What nobody stated must be nothing in the plain books too.
            }
            else
            {
                unknown.Add($"{where.Split(' ')[0]} {name}");
            }
        }

        return unknown;
    }
}

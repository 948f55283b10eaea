namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>The bookkeeping of somebody who does not trust the ledger: sums in dictionaries, with none of its rules or types.</summary>
internal sealed class PlainBooks
{
    private readonly SortedDictionary<string, SortedDictionary<string, long>> _accounts = new(StringComparer.Ordinal);

    /// <summary>Such as <c>fund xian-2020-zx</c>, <c>project xian-2020-zx prj-01</c>, <c>allocation …-1</c>, <c>region 430500</c>.</summary>
    public IEnumerable<string> Accounts(string sort) =>
        _accounts.Keys.Where(account => account.StartsWith(sort + " ", StringComparison.Ordinal)).Select(account => account[(sort.Length + 1)..]);

    public void Add(string account, string what, long fen)
    {
        if (!_accounts.TryGetValue(account, out SortedDictionary<string, long>? sums))
        {
            _accounts.Add(account, sums = new(StringComparer.Ordinal));
        }

        sums[what] = checked(sums.GetValueOrDefault(what) + fen);
    }

    public long Of(string account, string what) => _accounts.GetValueOrDefault(account)?.GetValueOrDefault(what) ?? 0;

    public bool Has(string account, string what) => _accounts.GetValueOrDefault(account)?.ContainsKey(what) == true;

    /// <summary>All that stood under one name now stands under another.</summary>
    public void Rename(string account, string next)
    {
        if (_accounts.Remove(account, out SortedDictionary<string, long>? sums))
        {
            foreach ((string what, long fen) in sums)
            {
                Add(next, what, fen);
            }
        }
    }

    public long FundNetAllocated(string fund) => Of($"fund {fund}", "allocated") - Of($"fund {fund}", "reduced");

    public long FundNetPaid(string fund) => Of($"fund {fund}", "paid") - Of($"fund {fund}", "refunded");

    /// <summary>What a fund can still share out.</summary>
    public long FundFree(string fund) => In(fund) - Out(fund) - FundNetAllocated(fund);

    /// <summary>What lies in its account.</summary>
    public long FundCash(string fund) => In(fund) - Out(fund) - FundNetPaid(fund);

    public long ProjectNetAllocated(string project) => Of($"project {project}", "allocated") - Of($"project {project}", "reduced");

    public long ProjectNetPaid(string project) => Of($"project {project}", "paid") - Of($"project {project}", "refunded");

    private long In(string fund) => new[] { "appropriated", "interest", "repaid", "fees" }.Sum(what => Of($"fund {fund}", what));

    private long Out(string fund) => new[] { "returned", "passed down", "lent" }.Sum(what => Of($"fund {fund}", what));
}

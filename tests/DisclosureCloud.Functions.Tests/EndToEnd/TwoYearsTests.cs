using System.Globalization;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>Two years of one county through HTTP alone end with every balance equal to an independent sum.</summary>
public sealed class TwoYearsTests(TwoYears years) : IClassFixture<TwoYears>
{
    // Every other figure stands on the page of its fund or project. The test's output names what of these is on none.
    private static readonly string[] NotOnFundPages = ["reduced"];
    private static readonly string[] NotOnProjectPages = ["left"];

    /// <summary>What the amounts of a kind come to in a fund. The first four have their amount in <c>entries</c>, the others may.</summary>
    private static readonly (string Kind, string What)[] SumOfKind =
    [
        ("appropriation", "appropriated"), ("pass-down", "passed down"), ("allocation", "allocated"), ("disbursement", "paid"),
        ("commitment", "committed"), ("interest", "interest"), ("return-to-source", "returned"), ("loan", "lent"), ("write-off", "written off"),
    ];

    private static readonly string[] AlwaysThere = ["appropriation", "pass-down", "allocation", "disbursement"];

    private readonly PublishedFigures _published = new(years.App);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PlainBooks Plain => years.Books;

    [Fact]
    public async Task Books_OfEveryFund_EqualThePlainSums()
    {
        foreach (string fund in CountyScript.Funds)
        {
            FundBooks books = await BooksAsync(fund);
            Dictionary<string, long> expected = ExpectedFigures.OfFund(Plain, fund);
            (string Name, Money Is)[] balances =
            [
                ("appropriated", books.Appropriated), ("interest", books.Interest), ("returned", books.Returned), ("passedDown", books.PassedDown),
                ("allocated", books.NetAllocated), ("reduced", books.Reduced), ("free", books.Free), ("committed", books.Committed),
                ("paid", books.NetDisbursed), ("refunded", books.Refunded), ("moved", books.Moved), ("placed", books.Placed), ("spent", books.Spent),
                ("lent", books.Lent), ("repaid", books.PrincipalRepaid), ("fees", books.Fees), ("writtenOff", books.WrittenOff),
                ("outstanding", books.Outstanding), ("cash", books.Cash),
            ];
            foreach ((string name, Money balance) in balances)
            {
                balance.Fen.ShouldBe(expected[name], $"{fund} {name}");
            }

            // The identities of design section 4, rule 1, said once more in other words.
            books.Free.Fen.ShouldBeGreaterThanOrEqualTo(0);
            (books.Cash.Fen + books.Outstanding.Fen + books.WrittenOff.Fen).ShouldBe(
                books.Appropriated.Fen + books.Interest.Fen + books.Fees.Fen - books.Returned.Fen - books.PassedDown.Fen - books.NetDisbursed.Fen);
        }
    }

    [Fact]
    public async Task Books_OfEveryProject_EqualThePlainSums()
    {
        int projects = 0;
        foreach (string fund in CountyScript.Funds)
        {
            foreach ((ProjectId id, ProjectAccount account) in (await BooksAsync(fund)).Projects)
            {
                Dictionary<string, long> expected = ExpectedFigures.OfProject(Plain, $"{fund} {id}");
                (account.NetAllocated.Fen, account.Reduced.Fen, account.Committed.Fen, account.NetDisbursed.Fen, account.Refunded.Fen, account.Moved.Fen).ShouldBe(
                    (expected["allocated"], expected["reduced"], expected["committed"], expected["paid"], expected["refunded"], expected["moved"]), $"{fund} {id}");
                projects++;
            }
        }

        projects.ShouldBe(Plain.Accounts("project").Count());
        projects.ShouldBe(40 + 2 + 1, "forty, two of them in two more funds, and one from before the log");
    }

    [Fact]
    public async Task Books_OfEveryAllocationAppropriationContractAndLoan_EqualThePlainSums()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string fund in CountyScript.Funds)
        {
            FundBooks books = await BooksAsync(fund);
            Each("allocation", books.Allocations, one =>
                [("amount", one.Amount), ("reduced", one.Reduced), ("committed", one.Committed), ("paid", one.Disbursed), ("refunded", one.Refunded)]);
            Each("appropriation", books.Appropriations, one => [("amount", one.Amount), ("allocated", one.Allocated), ("returned", one.Returned)]);
            Each("contract", books.Commitments, one => [("amount", one.Amount), ("paid", one.Paid), ("released", one.Released)]);
            Each("loan", books.Loans, one => [("lent", one.Amount), ("repaid", one.Repaid), ("fees", one.Fees), ("written off", one.WrittenOff)]);
            foreach ((EntryId id, LoanAccount loan) in books.Loans)
            {
                (loan.Quantity.Thousandths, loan.QuantityRepaid.Thousandths, loan.QuantityWrittenOff.Thousandths).ShouldBe(
                    (Plain.Of($"loan {id}", "goods lent") * 1_000, Plain.Of($"loan {id}", "goods back") * 1_000, Plain.Of($"loan {id}", "goods lost") * 1_000));
            }
        }

        // What the books do not hold was withdrawn, and comes to nothing in the plain books too.
        foreach (string account in new[] { "allocation", "appropriation", "contract" }.SelectMany(sort => Plain.Accounts(sort).Select(id => $"{sort} {id}")).Where(account => !seen.Contains(account)))
        {
            Plain.Of(account, "amount").ShouldBe(0, account);
        }

        void Each<TAccount>(string sort, IEnumerable<KeyValuePair<EntryId, TAccount>> accounts, Func<TAccount, (string What, Money Is)[]> sums)
        {
            foreach ((EntryId id, TAccount account) in accounts)
            {
                seen.Add($"{sort} {id}");
                foreach ((string what, Money sum) in sums(account))
                {
                    sum.Fen.ShouldBe(Plain.Of($"{sort} {id}", what), $"{sort} {id} {what}");
                }
            }
        }
    }

    [Fact]
    public async Task Revolving_AfterTwoTurns_HasAnOverdueLoanAndKeepsItsIdentity()
    {
        FundBooks books = await BooksAsync(CountyScript.Revolving);
        LoanAccount overdue = books.Loans[Id.Parse<EntryId>(years.Script.Overdue)];
        overdue.Due!.Value.ShouldBeLessThan(years.County.Today);
        overdue.Outstanding.Fen.ShouldBe(12_000_000);
        books.Lent.Fen.ShouldBeGreaterThan(books.Appropriated.Fen, "the capital was lent more than once");
        (books.Appropriated + books.Interest + books.Fees).ShouldBe(books.Cash + books.Outstanding + books.WrittenOff);
    }

    [Fact]
    public async Task Tables_OfFundsAndProjects_EqualThePlainSums()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        IReadOnlyList<Dictionary<string, string>> funds = await _published.TableAsync("funds");
        funds.Select(row => row["fund"]).Order(StringComparer.Ordinal).ShouldBe(CountyScript.Funds.Order(StringComparer.Ordinal));
        foreach (Dictionary<string, string> row in funds)
        {
            unknown.UnionWith(ExpectedFigures.OfFund(Plain, row["fund"]).ShouldBeIn(Fen(row), $"funds.csv {row["fund"]}"));
        }

        IReadOnlyList<Dictionary<string, string>> projects = await _published.TableAsync("projects");
        projects.Select(row => $"{row["fund"]} {row["project"]}").Order(StringComparer.Ordinal).ShouldBe(Plain.Accounts("project").Order(StringComparer.Ordinal));
        foreach (Dictionary<string, string> row in projects)
        {
            unknown.UnionWith(ExpectedFigures.OfProject(Plain, $"{row["fund"]} {row["project"]}").ShouldBeIn(Fen(row), $"projects.csv {row["project"]}"));
        }

        Tell("Published and not compared", unknown);
    }

    [Fact]
    public async Task Table_OfEntries_SaysEveryAmountAsPostedAndAddsUpToThePlainSums()
    {
        Dictionary<string, (string Kind, string Fund, long Fen)> said = years.County.Said;
        Dictionary<string, long> sums = new(StringComparer.Ordinal);
        Dictionary<string, Dictionary<string, string>> rows = (await _published.TableAsync("entries")).ToDictionary(row => row["entry"], StringComparer.Ordinal);
        foreach ((string entry, (string kind, string fund, long fen)) in said)
        {
            // An amended entry may be shown as it was said or as it stands, and what took its place may have a row of its own or not.
            bool amended = years.County.Amended.TryGetValue(entry, out long? now);
            string shown = rows.GetValueOrDefault(entry)?["amountFen"] ?? "";
            if (shown.Length > 0 || (!amended && !IsReplacement(entry) && AlwaysThere.Contains(kind, StringComparer.Ordinal)))
            {
                string[] right = amended ? [Text(fen), Text(now ?? 0)] : [Text(fen)];
                right.Contains(shown, StringComparer.Ordinal).ShouldBeTrue($"{kind} {entry}: {shown}");
                sums[$"{fund} {kind}"] = sums.GetValueOrDefault($"{fund} {kind}") + (amended ? now ?? 0 : IsReplacement(entry) ? 0 : fen);
            }
        }

        // What comes from before the log has no entries of these kinds; what a batch paid to households is in the plain books' payments too.
        foreach (string fund in CountyScript.Funds.Where(fund => fund != CountyScript.Old))
        {
            foreach ((string kind, string what) in SumOfKind.Where(one => sums.ContainsKey($"{fund} {one.Kind}")))
            {
                long households = kind == "disbursement" ? said.Values.Where(one => one.Kind == "household-transfer" && one.Fund == fund).Sum(one => one.Fen) : 0;
                (sums[$"{fund} {kind}"] + households).ShouldBe(Plain.Of($"fund {fund}", what), $"{fund} {kind}");
            }
        }

        Tell("Moves money and has no amount in entries.csv", rows.Values
            .Where(row => row["amountFen"].Length == 0 && said.TryGetValue(row["entry"], out var one) && one.Fen > 0 && !IsReplacement(row["entry"])).Select(row => row["kind"]));
    }

    [Fact]
    public async Task Files_OfEveryFundProjectAndRegion_EqualThePlainSums()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string fund in CountyScript.Funds)
        {
            unknown.UnionWith(ExpectedFigures.OfFund(Plain, fund).ShouldBeIn(Fen(await _published.TotalsAsync("funds", fund)), $"funds.json {fund}"));
        }

        foreach (string project in CountyScript.Projects)
        {
            unknown.UnionWith(OfAllFunds(project).ShouldBeIn(Fen(await _published.TotalsAsync("projects", project)), $"projects.json {project}"));
        }

        foreach (string region in Plain.Accounts("region"))
        {
            unknown.UnionWith(ExpectedFigures.OfRegion(Plain, region).ShouldBeIn(Fen(await _published.TotalsAsync("regions", region)), $"regions.json {region}"));
        }

        Tell("Published and not compared", unknown);
    }

    [Fact]
    public async Task Pages_OfFundsProjectsRegionsAndHome_ShowThePlainSums()
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string fund in CountyScript.Funds)
        {
            missing.UnionWith(MissingBut(ExpectedFigures.OfFund(Plain, fund), await _published.PageAsync($"funds/{fund}/"), NotOnFundPages, $"fund page {fund}"));
        }

        foreach (string key in Plain.Accounts("project"))
        {
            missing.UnionWith(MissingBut(ExpectedFigures.OfProject(Plain, key), await _published.PageAsync($"projects/{key.Split(' ')[1]}/"), NotOnProjectPages, $"project page {key}"));
        }

        foreach (string region in Plain.Accounts("region"))
        {
            // An empty place has no figures; each other says what it was given and what was paid.
            Missing(ExpectedFigures.OfRegion(Plain, region), await _published.PageAsync($"regions/{region}/"), ["allocated", "disbursed"], $"region page {region}");
        }

        // Each fen once: the whole of the province, and what the city has sent and nobody acknowledged.
        Missing(ExpectedFigures.OfRegion(Plain, Places.Province), await _published.PageAsync(""), ["appropriated", "allocated", "disbursed"], "home");
        (await _published.PageAsync("")).ShouldContain(120_000_000);
        Tell("In the books and not on the page", missing.Select(one => string.Join(' ', one.Split(' ') is [var sort, _, _, .. var name] ? [sort, .. name.TakeLast(1)] : [])));
    }

    [Fact]
    public async Task Site_WithPostingsThatWaitOrWereRefused_SaysNothingOfThem()
    {
        years.County.Unpublished.Count.ShouldBe((54 * 2) + 4);
        string folder = years.App.Deployment.SiteFolder;
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string text = await File.ReadAllTextAsync(path, Cancel);
            years.County.Unpublished.FirstOrDefault(word => text.Contains(word, StringComparison.Ordinal)).ShouldBeNull(path);
        }
    }

    private static IEnumerable<string> MissingBut(Dictionary<string, long> expected, HashSet<long> shown, string[] but, string where) =>
        Missing(expected, shown, [.. expected.Keys.Except(but, StringComparer.Ordinal)], where);

    private static IEnumerable<string> Missing(Dictionary<string, long> expected, HashSet<long> shown, string[] wanted, string where)
    {
        foreach (string name in wanted.Where(name => expected[name] != 0))
        {
            shown.ShouldContain(expected[name], $"{where} {name}");
        }

        return expected.Where(figure => figure.Value != 0 && !shown.Contains(figure.Value)).Select(figure => $"{where} {figure.Key}");
    }

    private static void Tell(string what, IEnumerable<string> list)
    {
        if (list.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } some)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {string.Join("; ", some)}");
        }
    }

    private static string Text(long fen) => fen.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<KeyValuePair<string, long?>> Fen(Dictionary<string, string> row) => row
        .Where(cell => cell.Key.EndsWith("Fen", StringComparison.Ordinal))
        .Select(cell => KeyValuePair.Create(cell.Key, cell.Value.Length == 0 ? (long?)null : long.Parse(cell.Value, CultureInfo.InvariantCulture)));

    private static IEnumerable<KeyValuePair<string, long?>> Fen(Dictionary<string, long> totals) =>
        totals.Select(total => KeyValuePair.Create(total.Key, (long?)total.Value));

    private Dictionary<string, long> OfAllFunds(string project)
    {
        Dictionary<string, long> all = new(StringComparer.Ordinal);
        foreach (string key in Plain.Accounts("project").Where(key => key.EndsWith($" {project}", StringComparison.Ordinal)))
        {
            foreach ((string name, long fen) in ExpectedFigures.OfProject(Plain, key))
            {
                all[name] = all.GetValueOrDefault(name) + fen;
            }
        }

        return all;
    }

    // What took another entry's place is the second of its posting.
    private static bool IsReplacement(string entry) => entry.EndsWith("-2", StringComparison.Ordinal);

    private async Task<FundBooks> BooksAsync(string fund) =>
        Outcome.BooksOf(await years.App.Stores.Ledger.ReadLastAsync(StreamName.Of(Id.Parse<FundId>(fund)), Cancel))!;
}

using DisclosureCloud.Testing;
namespace DisclosureCloud.Ledger.Tests;

public sealed class RuleTableTests
{
    // Every rejection has its row, and beside it the nearest row that is none.
    private const string Table = """
        # A fund opens once, and nothing is recorded before it.
        appropriate    F1  central     100000.00 yuan                                    rejected no-such-fund
        fund           F1  2018                                                          ok
        fund           F1  2018                                                          rejected fund-exists
        fund           F2  2013                                                          ok
        notice         F1                                                                rejected fund-exists
        notice         F3                                                                ok
        notice         F3                                                                rejected notice-exists
        notice         F4                                                                ok

        # Money in, up to 2^53-1 fen.
        appropriate    F1  central     100000.00 yuan                                    ok
        appropriate    F2  provincial  90071992547409.90 yuan                            ok
        appropriate    F2  county      0.02 yuan                                         rejected total-too-large
        appropriate    F2  county      0.01 yuan                                         ok
        appropriate    F2  county      0.01 yuan                                         rejected total-too-large

        # A project comes from the library or from a notice, once, with codes that were in force.
        register       F1  P1                                                            rejected no-plan-item
        register       F1  P1  item=item-1                                               ok
        register       F1  P1  item=item-1                                               rejected project-exists
        register       F1  P10  item=item-10                                             rejected project-id-of-other-fund
        register       F1  P10x  item=item-10                                            ok
        register       F1  P2  notice=yes                                                ok
        register       F1  P3  item=item-3 programme=industry category=infrastructure    ok
        register       F2  P4  item=item-4 programme=industry                            rejected code-not-in-force
        register       F2  P4  item=item-4 category=infrastructure                       rejected code-not-in-force
        register       F2  P4  item=item-4                                               ok
        register       F1  P5  item=item-5 investment=10.00 own=10.01                    rejected investment-below-amount
        register       F1  P5  item=item-5 investment=10.00 own=10.00                    ok

        # Shared out: never more than is free, and only to a project of the fund.
        allocate       F1  P9  1.00 yuan                                                 rejected no-such-project
        allocate       F1  P4  1.00 yuan                                                 rejected no-such-project
        allocate       F1  P1  100000.01 yuan                                            rejected exceeds-free
        appropriate    F1  county      10.00 yuan                                        ok
        allocate       F1  P5  10.01 yuan                                                rejected exceeds-investment
        allocate       F1  P5  10.00 yuan                                                ok
        allocate       F1  P5  0.01 yuan                                                 rejected exceeds-investment
        allocate       F1  P1  60000.00 yuan  as A1                                      ok
        allocate       F1  P2  40000.01 yuan                                             rejected exceeds-free
        allocate       F1  P2  20000.00 yuan  as A2                                      ok

        # Passed down: out of what is free, and not more paid over than passed down.
        pass-down      F1  410505  20000.01 yuan                                         rejected exceeds-free
        pass-down      F1  410505  5000.00 yuan  transferred=5000.01                     rejected exceeds-passed-down
        pass-down      F1  410505  5000.00 yuan  transferred=5000.00                     ok
        pass-down      F1  410505  5000.00 yuan  investment=4999.99                      rejected investment-below-amount
        pass-down      F1  410505  5000.00 yuan  investment=6000.00 own=1000.01          rejected investment-below-amount
        pass-down      F1  410505  5000.00 yuan  investment=6000.00 own=1000.00          ok
        pass-down      F1  410505  1.00 yuan  investment=1.00 own=90071992547409.91      rejected investment-below-amount
        allocate       F1  P1  10000.01 yuan                                             rejected exceeds-free
        allocate       F1  P1  10000.00 yuan  as A3                                      ok
        allocate       F1  P1  0.01 yuan                                                 rejected exceeds-free

        # Paid: against one allocation of the same project, never more than is left of it.
        disburse       F1  P1  A9  1.00 yuan                                             rejected no-such-allocation
        disburse       F1  P2  A1  1.00 yuan                                             rejected allocation-of-other-project
        disburse       F1  P1  A1  60000.01 yuan                                         rejected exceeds-allocated
        disburse       F1  P1  A1  59999.99 yuan                                         ok
        disburse       F1  P1  A1  0.02 yuan                                             rejected exceeds-allocated
        disburse       F1  P1  A1  0.01 yuan                                             ok
        disburse       F1  P1  A1  0.01 yuan                                             rejected exceeds-allocated
        disburse       F1  P1  A3  0.01 yuan                                             ok
        disburse       F1  P2  A2  20000.00 yuan                                         ok

        # What is done and handed over is of a project that the fund has registered.
        progress       F9  P1                                                            rejected no-such-fund
        progress       F1  P9                                                            rejected no-such-project
        progress       F1  P1                                                            ok
        accept         F9  P1                                                            rejected no-such-fund
        accept         F1  P4                                                            rejected no-such-project
        accept         F1  P1                                                            ok

        # One fund's books hold so many lines and no more.
        allocate-many  F2  P4  5000                                                      ok
        allocate       F2  P4  0.01 yuan                                                 rejected too-many-accounts
        """;

    [Fact]
    public void Rules_AsWritten_SayToEveryRowWhatStandsBesideIt()
    {
        foreach ((string line, string wanted, string found, Rejection? _) in RuleTable.Run(Table).Results)
        {
            found.ShouldBe(wanted, line);
        }
    }

    [Fact]
    public void Rejections_OfEveryName_HaveARow()
    {
        Type[] raised = [.. RuleTable.Run(Table).Results.Select(row => row.Rejection?.GetType()).OfType<Type>().Distinct()];

        typeof(Rejection).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Rejection))).ShouldBe(raised, ignoreOrder: true);
    }

    [Fact]
    public void Rejections_WithFigures_SayWhatWasFoundAndWanted()
    {
        Rejection rejection = RuleTable.Run(Table).Results.First(row => row.Found == "rejected exceeds-free").Rejection!;

        rejection.ToFinding().ShouldBe(new Finding(
            "/amount", "exceeds-free", "The fund has 100000.00 CNY free; 100000.01 CNY is more.", "10000001 fen", "at most 10000000 fen"));
    }

    [Fact]
    public void Rejections_OfAFund_NameTheMemberOfTheBodyThatWasSent()
    {
        var rows = RuleTable.Run(Table).Results.Where(row => row.Found == "rejected fund-exists").ToList();

        rows.Single(row => row.Line.StartsWith("fund", StringComparison.Ordinal)).Rejection!.Pointer.ShouldBe("/fund");
        rows.Single(row => row.Line.StartsWith("notice", StringComparison.Ordinal)).Rejection!.Pointer.ShouldBe("/id");
    }

    [Fact]
    public void Register_MoreProjectsThanBooksHold_IsRejected()
    {
        PostingId posting = PostingId.Of(Id.Parse<DepartmentId>("finance"), "many");
        FundBooks books = FundBooks.Open(new Fund(
            Id.Parse<FundId>("fund-1"), FreeText.Of("专账"), new BudgetYear(2018), Id.Parse<RegionCode>("410503"), [FreeText.Of("河南省")],
            FreeText.Of("财政局"), null, null, [], [], null));
        Fact[] projects = [.. Enumerable.Range(0, FundBooks.AccountsMax + 1).Select(n => new Project(
            books.Fund, Id.Parse<ProjectId>($"project-{n}"), ProjectType.Project, FreeText.Of("项目"), books.Region, null, null, null, null, null, null,
            null, null, null, null, Id.Parse<PlanItemId>("item-1"), [], [], null))];

        var about = new About(EntryId.Of(posting, 1), Plan: Plans.InAnnualPlan);
        FundRules.DecideAll(books, projects[..^1], posting, about).Rejection.ShouldBeNull();
        FundRules.DecideAll(books, projects, posting, about).Rejection.ShouldBeOfType<Rejection.TooManyAccounts>();
    }
}

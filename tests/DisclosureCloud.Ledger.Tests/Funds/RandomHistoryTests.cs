using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Random postings to one fund, valid and invalid, against accounts kept here in another way: a list of all that was accepted.</summary>
public sealed class RandomHistoryTests
{
    private static readonly FundId Fund = Id.Parse<FundId>("fund-1");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20180601)]
    public void FundRules_OnRandomHistories_KeepTheBooksWhole(int seed)
    {
        var random = new Random(seed);
        for (int history = 0; history < 25; history++)
        {
            Replay(random, $"seed {seed}, history {history}");
        }
    }

    private static void Replay(Random random, string which)
    {
        var accepted = new List<(EntryId Id, Fact Fact)>();
        FundBooks? books = null;
        int refused = 0;
        for (int step = 0; step < 120; step++)
        {
            EntryId id = EntryId.Of(PostingId.Of(Id.Parse<DepartmentId>("finance"), $"{which} {step}"), 1);
            Fact fact = step == 0 ? Opened() : Drawn(random, accepted);
            Decision decision = FundRules.Decide(books, fact, new About(id, Plan: Plans.InAnnualPlan));
            (decision.Books is null).ShouldBe(decision.Rejection is not null, which);
            bool good = Allowed(accepted, fact);
            (decision.Rejection is null).ShouldBe(good, $"{which}, step {step}: {fact} gave {decision.Rejection}");
            if (decision.Books is { } after)
            {
                books = after;
                accepted.Add((id, fact));
                Check(books, accepted, $"{which}, step {step}");
            }
            else
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(0, which);
        FundBooks now = books.ShouldNotBeNull();
        JsonNode.DeepEquals(StreamState.FromJson(StreamType.Fund, (JsonObject)JsonNode.Parse(now.ToJson().ToJsonString())!).ToJson(), now.ToJson()).ShouldBeTrue(which);
        FundBooks folded = FundBooks.Fold(accepted.Select(one => new Entry(
            one.Id, null, default, Id.Parse<DepartmentId>("finance"), Channel.Http, one.Fact)))[Fund];
        folded.ToJson().ToJsonString().ShouldBe(now.ToJson().ToJsonString(), which);
    }

    private static void Check(FundBooks books, List<(EntryId Id, Fact Fact)> accepted, string which)
    {
        long given = Sum<Appropriation>(accepted, one => one.Amount);
        long passed = Sum<PassDown>(accepted, one => one.Amount);
        long shared = Sum<Allocation>(accepted, one => one.Amount);
        books.Appropriated.Fen.ShouldBe(given, which);
        books.PassedDown.Fen.ShouldBe(passed, which);
        books.Allocated.Fen.ShouldBe(shared, which);
        books.Disbursed.Fen.ShouldBe(Sum<Disbursement>(accepted, one => one.Amount), which);
        books.Free.Fen.ShouldBe(given - passed - shared, which);
        books.Free.Fen.ShouldBeGreaterThanOrEqualTo(0, which);
        foreach ((ProjectId id, ProjectAccount account) in books.Projects)
        {
            account.Allocated.Fen.ShouldBe(Sum<Allocation>(accepted, one => one.Amount, one => one.ProjectId == id), which);
            account.Disbursed.Fen.ShouldBe(Sum<Disbursement>(accepted, one => one.Amount, one => one.ProjectId == id), which);
            account.Disbursements.ShouldBe(accepted.Count(one => one.Fact is Disbursement paid && paid.ProjectId == id), which);
            account.Left.Fen.ShouldBeGreaterThanOrEqualTo(0, which);
        }

        foreach ((EntryId id, AllocationAccount account) in books.Allocations)
        {
            account.Disbursed.Fen.ShouldBe(Sum<Disbursement>(accepted, one => one.Amount, one => one.Allocation == id), which);
            account.Left.Fen.ShouldBeGreaterThanOrEqualTo(0, which);
        }

        books.Projects.Count.ShouldBe(accepted.Count(one => one.Fact is Project), which);
        books.Allocations.Count.ShouldBe(accepted.Count(one => one.Fact is Allocation), which);
    }

    // The rules once more, said over the whole history and not over running totals.
    private static bool Allowed(List<(EntryId Id, Fact Fact)> history, Fact fact)
    {
        long free = Sum<Appropriation>(history, one => one.Amount) - Sum<PassDown>(history, one => one.Amount) - Sum<Allocation>(history, one => one.Amount);
        return fact switch
        {
            Ledger.Fund => history.Count == 0,
            Appropriation one => (Int128)Sum<Appropriation>(history, other => other.Amount) + one.Amount.Fen <= Money.FenMax,
            PassDown one => one.Amount.Fen <= free,
            Project one => one.PlanItem is not null && history.All(other => other.Fact is not Project project || project.ProjectId != one.ProjectId),
            Allocation one => one.Amount.Fen <= free && history.Any(other => other.Fact is Project project && project.ProjectId == one.ProjectId),
            Disbursement one => history.Any(other => other.Id == one.Allocation && other.Fact is Allocation allocation
                && allocation.ProjectId == one.ProjectId
                && allocation.Amount.Fen >= one.Amount.Fen + Sum<Disbursement>(history, paid => paid.Amount, paid => paid.Allocation == one.Allocation)),
            _ => false,
        };
    }

    private static Fact Drawn(Random random, List<(EntryId Id, Fact Fact)> accepted)
    {
        ProjectId project = Id.Parse<ProjectId>($"project-{random.Next(6)}");
        EntryId[] allocations = [.. accepted.Where(one => one.Fact is Allocation).Select(one => one.Id)];
        Money amount = new(random.Next(20) == 0 ? random.NextInt64(1, Money.FenMax) : random.Next(1, 5_000));
        return random.Next(10) switch
        {
            0 when random.Next(5) == 0 => Opened(),
            0 or 1 => new Appropriation(Fund, SourceLevel.County, SourceNature.Bond, FreeText.Of("来源"), amount, null, null, null),
            2 => new PassDown(
                Fund, amount, Id.Parse<RegionCode>("410505"), FreeText.Of("某县"), FreeText.Of("用途"), null, null, null, null, null, null, null, null,
                null, null, null),
            3 => new Project(
                Fund, project, ProjectType.Programme, FreeText.Of("项目"), Id.Parse<RegionCode>("410503"), null, null, null, null, null, null, null, null,
                null, null, random.Next(4) == 0 ? null : Id.Parse<PlanItemId>("item-1"),
                [new Target(FreeText.Of("指标"), FreeText.Of("户"), default, Quantity.OfThousandths(1_000), new DateOnly(2018, 12, 31))], [], null),
            4 or 5 or 6 => new Allocation(Fund, project, amount, null, null, null, null, null, null, null, null),
            _ => new Disbursement(
                Fund,
                project,
                allocations.Length == 0 || random.Next(8) == 0
                    ? EntryId.Of(PostingId.Of(Id.Parse<DepartmentId>("finance"), "none"), 1)
                    : allocations[random.Next(allocations.Length)],
                new Money(random.Next(0, 2_000)),
                null, null, null, null, null,
                null,
                null),
        };
    }

    private static Fund Opened() => new(
        Fund, FreeText.Of("专账"), new BudgetYear(2018), Id.Parse<RegionCode>("410503"), [FreeText.Of("河南省")], FreeText.Of("财政局"), null, null, [], [], null);

    private static long Sum<TFact>(List<(EntryId Id, Fact Fact)> facts, Func<TFact, Money> amount, Func<TFact, bool>? which = null)
        where TFact : Fact => facts.Select(one => one.Fact).OfType<TFact>().Where(which ?? (_ => true)).Sum(fact => amount(fact).Fen);
}

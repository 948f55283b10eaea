using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests.Postings;

/// <summary>A batch is decided as its rows would be, one after another.</summary>
public sealed class BatchTests
{
    private static readonly FundId Fund = Id.Parse<FundId>("batch-1");
    private static readonly ProjectId Project = Id.Parse<ProjectId>("batch-1-p01");
    private static readonly PlanItemId Item = Id.Parse<PlanItemId>("item-1");
    private static readonly DepartmentId Finance = Id.Parse<DepartmentId>("finance");
    private static readonly PostingId Posting = PostingId.Of(Finance, "a batch");
    private static readonly DateTimeOffset At = new(2020, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Batch_OfRandomRows_IsDecidedAsTheRowsOneAfterAnother()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            (Fact Fact, DateOnly? Date)[] rows = [.. Rows(random).Take(random.Next(2, 40))];
            (FundBooks? wanted, (int Row, string Code)[] refused) = OneAfterAnother(rows);
            Draft draft = DraftOf(rows);
            string which = string.Create(CultureInfo.InvariantCulture, $"seed {seed}");

            // All that is wrong, with the row that it is about.
            IReadOnlyList<Rejection> found = Outcome.Try(draft, Posting, Finance, null, Around);
            found.Select(one => (int.Parse(one.Pointer.Split('/')[1], CultureInfo.InvariantCulture), one.Code)).ShouldBe(refused, which);

            // All or nothing.
            Commit commit = Outcome.Decide(Sealed(draft), null, Around, At);
            if (refused.Length > 0)
            {
                (Outcome.RefusalOf(commit)!.Pointer, Outcome.RefusalOf(commit)!.Code).ShouldBe((found[0].Pointer, refused[0].Code), which);
                commit.Entries.ShouldBeEmpty(which);
                Outcome.BooksOf(commit).ShouldBeNull(which);
                continue;
            }

            Outcome.RefusalOf(commit).ShouldBeNull(which);
            Outcome.StateOf(commit)!.ToJson().ToJsonString().ShouldBe(wanted!.ToJson().ToJsonString(), which);
            commit.Entries.Select(leaf => leaf.Id).ShouldBe(Enumerable.Range(1, rows.Length).Select(n => EntryId.Of(Posting, n)), which);
            commit.Entries.Select(leaf => leaf.Json["date"]!.GetValue<string>()).ShouldBe(rows.Select(row => row.Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), which);
        }
    }

    [Fact]
    public void Rows_OfTheRandomBatches_AreOftenGoodAndOftenNot()
    {
        // Else the property above would be about one of the two alone.
        int[] refused = [.. Enumerable.Range(0, 300).Select(seed => new Random(seed)).Select(random => OneAfterAnother([.. Rows(random).Take(random.Next(2, 40))]).Refused.Length)];
        refused.Count(count => count == 0).ShouldBeInRange(60, 240);
        refused.Max().ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Batch_OfOne_IsTheOrdinaryPosting()
    {
        Draft only = DraftOf([(TheFund, new DateOnly(2020, 3, 2))]);
        (only.Kind, Batch.Is(only.Kind)).ShouldBe(("fund", false));
    }

    [Fact]
    public void Batch_OfTwoStreamsOrNothingOrTooMany_IsRefused()
    {
        Draft one = One(TheFund, new DateOnly(2020, 3, 2));
        Draft other = one with { Target = StreamName.Of(Id.Parse<FundId>("batch-2")) };
        Should.Throw<ArgumentException>(() => Batch.Of([one, other]));
        Should.Throw<ArgumentException>(() => Batch.Of([one, one with { Target = null }]));
        Should.Throw<ArgumentException>(() => Batch.Of([]));
        Should.Throw<ArgumentException>(() => Batch.Of([.. Enumerable.Repeat(one, Batch.CountMax + 1)]));
    }

    [Fact]
    public void Batch_ItsContent_TellsItsRowsAndTheirOrder()
    {
        Draft first = One(Money(1), new DateOnly(2020, 3, 2));
        Draft second = One(Money(2), new DateOnly(2020, 3, 2)) with { Content = Fingerprint.Of(new string('1', 64)) };
        string[] contents = [.. new[] { Batch.Of([first, second]), Batch.Of([second, first]), Batch.Of([first, second, second]) }.Select(one => one.Content.Hex!)];
        contents.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        Batch.Of([first, second]).Content.ShouldBe(Batch.Of([first, second]).Content);
    }

    private static readonly Fund TheFund = new(
        Fund, FreeText.Of("专项资金"), new BudgetYear(2020), Id.Parse<RegionCode>("410503"), [FreeText.Of("河南省"), FreeText.Of("安阳市"), FreeText.Of("北关区")], FreeText.Of("财政局"), null, null, [], [], null);

    private static Surroundings Around { get; } = new(Plans: new Dictionary<PlanItemId, PlanState> { [Item] = Plans.InAnnualPlan });

    private static Appropriation Money(long fen) => new(Fund, SourceLevel.County, SourceNature.Earmarked, FreeText.Of("县级资金"), new Money(fen), null, null, null);

    // What might stand in a year's sheet, in no good order: some of it cites a row above, some of it one that is none of its sort.
    private static IEnumerable<(Fact Fact, DateOnly? Date)> Rows(Random random)
    {
        bool tidy = random.Next(2) == 0;
        var allocations = new List<EntryId>();
        var payments = new List<EntryId>();
        long free = 0;
        for (int n = 1; ; n++)
        {
            EntryId own = EntryId.Of(Posting, n);
            EntryId any = EntryId.Of(Posting, random.Next(1, n + 2));
            Fact fact = (tidy && n == 1) || (!tidy && random.Next(12) == 0) ? TheFund
                : (tidy && n == 2) || (!tidy && random.Next(8) == 0) ? TheProject()
                : random.Next(5) switch
                {
                    0 => Money(random.Next(1_000, 9_000)),
                    1 when !tidy || free >= 100 => Allocated(random.Next(1, tidy ? 100 : 4_000)),
                    2 when !tidy || allocations.Count > 0 => new Disbursement(
                        Fund, Project, allocations.Count > 0 && (tidy || random.Next(3) > 0) ? allocations[random.Next(allocations.Count)] : any, new Money(tidy ? 1 : random.Next(1, 900)), null, null, null, null, null, null, null),
                    3 when !tidy || payments.Count > 0 => new Refund(
                        Fund, Project, payments.Count > 0 && (tidy || random.Next(3) > 0) ? payments[random.Next(payments.Count)] : any, new Money(random.Next(1, 3)), FreeText.Of("多付"), null),
                    _ => new Interest(Fund, new Money(random.Next(1, 50)), null, null, null),
                };
            if (fact is Allocation)
            {
                allocations.Add(own);
                free -= 100;
            }
            else if (fact is Appropriation)
            {
                free += 1_000;
            }
            else if (fact is Disbursement)
            {
                payments.Add(own);
            }

            yield return (fact, new DateOnly(2020, 1, 1).AddDays(random.Next(tidy ? 300 : 30)));
        }

        static Allocation Allocated(long fen) => new(Fund, Project, new Money(fen), null, null, null, null, null, null, null, null);
    }

    private static Project TheProject() => new(
        Fund, Project, ProjectType.Project, FreeText.Of("项目"), Id.Parse<RegionCode>("410503"), null, null, null, null, null, null, null, null, null, null, Item,
        [new Target(FreeText.Of("里程"), FreeText.Of("公里"), Quantity.OfThousandths(0), Quantity.OfThousandths(3_000), new DateOnly(2020, 12, 31))], [], null);

    // The reference: each row decided by the fund's own rules, and left out where they refuse it.
    private static (FundBooks? Books, (int Row, string Code)[] Refused) OneAfterAnother((Fact Fact, DateOnly? Date)[] rows)
    {
        FundBooks? books = null;
        var refused = new List<(int Row, string Code)>();
        var taken = new Dictionary<EntryId, Fact>();
        for (int i = 0; i < rows.Length; i++)
        {
            Fact? cited = Surroundings.CitedBy(rows[i].Fact) is { } id ? taken.GetValueOrDefault(id) : null;
            var about = new About(EntryId.Of(Posting, i + 1), rows[i].Date, Finance, cited, rows[i].Fact is Project ? Plans.InAnnualPlan : null);
            Decision decision = FundRules.Decide(books, rows[i].Fact, about);
            if (decision.Rejection is { } rejection)
            {
                refused.Add((i, rejection.Code));
                continue;
            }

            books = decision.Books;
            taken.Add(about.Id, rows[i].Fact);
        }

        return (books, [.. refused]);
    }

    private static Draft DraftOf((Fact Fact, DateOnly? Date)[] rows) => Batch.Of([.. rows.Select(row => One(row.Fact, row.Date))]);

    private static Draft One(Fact fact, DateOnly? date) => new(KindSchema.Of(fact).Name, StreamName.Of(Fund), date, _ => [fact], Fingerprint.Of(new string('0', 64)));

    private static PostingRecord Sealed(Draft draft)
    {
        var salts = new SeededSalts(1);
        ImmutableArray<SealedFact> facts = [.. draft.Facts(Posting).Select((fact, index) => SealedFact.Seal(fact, draft.DateOf(index), salts, Posting, []))];
        return new PostingRecord(
            Posting, draft.Kind, Finance, Id.Parse<PersonId>("poster"), Channel.Http, At, SealedFact.CommitmentIn(SealedFact.Commit(draft.Content.Hex!, salts, Posting, [])),
            draft.Target!.Value, facts, PostingState.Approved, Decision: null, Refusal: null, Version: 1);
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Random histories of one fund, corrections and withdrawals among them, against accounts that are reckoned anew at every step.</summary>
/// <remarks>A seed that failed once stays in the list.</remarks>
public sealed class RandomHistoryTests
{
    private const int Histories = 4;
    private const int Steps = 110;

    private static readonly FundId Fund = Id.Parse<FundId>("fund-1");
    private static readonly FundId City = Id.Parse<FundId>("fund-city");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(20180601)]
    [InlineData(113)]
    public void FundRules_OnRandomHistories_TakeWhatMayStandAndKeepTheBooksWhole(int seed)
    {
        var random = new Random(seed);
        var said = new Said();
        for (int history = 0; history < Histories; history++)
        {
            new Run(random, said, $"seed {seed}, history {history}").Replay();
        }

        // Years were closed; years that were not over, and corrections of nothing, were refused.
        said.YearsClosed.ShouldBeGreaterThan(0, $"seed {seed}");
        said.Codes.Contains("year-not-over").ShouldBeTrue($"seed {seed}");
        said.Codes.Contains("nothing-changed").ShouldBeTrue($"seed {seed}");
        said.Bounds.Count.ShouldBeGreaterThan(3, $"seed {seed}");
    }

    /// <summary>What the rules said in all histories of a seed.</summary>
    private sealed class Said
    {
        public HashSet<string> Codes { get; } = new(StringComparer.Ordinal);

        /// <summary>Of which fields the most or the least that fits was named.</summary>
        public HashSet<string> Bounds { get; } = new(StringComparer.Ordinal);

        public int YearsClosed { get; set; }
    }

    /// <summary>One history.</summary>
    private sealed class Run(Random random, Said said, string which)
    {
        private readonly TinyLedger _ledger = new();
        private readonly List<Row> _rows = [];
        private readonly Dictionary<EntryId, PassDown> _sent = [];
        private int _postings;

        public void Replay()
        {
            Prepare();
            var postings = new RandomPostings(random, Fund, [.. _sent.Keys]);
            Fund opened = postings.Opened();
            Post([opened]).ShouldBeNull();
            _rows.Add(new Row(IdOf(_postings), opened, TinyLedger.Day));
            if (random.Next(2) == 0)
            {
                Add(new OpeningBalance(Fund, null, new Money(random.Next(1, 3_000)), random.Next(2) == 0 ? null : new Money(20), null, null, null, null, Text)).ShouldBeTrue(which);
            }

            // Something to begin with, so that payments and what follows them come up often.
            foreach (Fact fact in postings.First())
            {
                Add(fact).ShouldBeTrue(which);
            }

            int taken = 0;
            int amended = 0;
            for (int step = 0; step < Steps; step++)
            {
                if (random.Next(4) == 0)
                {
                    amended += Amend(postings) ? 1 : 0;
                }
                else
                {
                    Fact fact = postings.New(_rows, Now());
                    taken += Add(fact, postings.DateOf(fact)) ? 1 : 0;
                }
            }

            // A history of refusals alone would show nothing.
            taken.ShouldBeInRange(10, Steps - 10, which);
            amended.ShouldBeGreaterThan(0, which);
        }

        // A plan item that its tiers approved, and a city's fund that passed money down to the county.
        private void Prepare()
        {
            Post([new PlanItem(
                Id.Parse<PlanItemId>("item-1"), Text, ProjectType.Project, Id.Parse<RegionCode>("410503"), null, Text, null, new BudgetYear(2018), new Money(1), null, null, [])]).ShouldBeNull();
            foreach (Tier tier in (Tier[])[Tier.Village, Tier.Township, Tier.County])
            {
                Post([new PlanApproval(Id.Parse<PlanItemId>("item-1"), tier, TierOutcome.Approved, Text, Text, null)], by: Id.Parse<DepartmentId>($"tier-{(int)tier}")).ShouldBeNull();
            }

            Post([new Fund(City, Text, new BudgetYear(2018), Id.Parse<RegionCode>("410500"), [Text], Text, null, null, [], [], null)]).ShouldBeNull();
            Post([new Appropriation(City, SourceLevel.Municipal, SourceNature.Bond, Text, new Money(9_000), null, null, null)]).ShouldBeNull();
            foreach (long fen in (long[])[500, 4_000])
            {
                var passDown = new PassDown(City, new Money(fen), Id.Parse<RegionCode>("410503"), Text, Text, null, null, null, null, null, null, null, null, null, null, null);
                Post([passDown]).ShouldBeNull();
                _sent.Add(IdOf(_postings), passDown);
            }
        }

        private bool Add(Fact fact, DateOnly? date = null)
        {
            var row = new Row(IdOf(_postings + 1), fact, date ?? TinyLedger.Day);
            bool wanted = IsInTime(row) && MayFollow([.. _rows, row], row.Id);
            Rejection? rejection = Post([fact], row.Date);
            (rejection is null).ShouldBe(wanted, $"{which}, posting {_postings}: {fact} gave {rejection}");
            if (wanted)
            {
                _rows.Add(row);
                Check();
            }

            return wanted;
        }

        private bool Amend(RandomPostings postings)
        {
            EntryId id = postings.Pick(_rows, fact => fact is not Ledger.Fund || random.Next(10) == 0);
            int at = _rows.FindIndex(row => row.Id == id);
            if (at < 0)
            {
                Post([new Withdrawal(id, Text, null)]).ShouldBeOfType<Rejection.NoSuchEntry>();
                return false;
            }

            bool withdraws = random.Next(3) == 0;
            List<Row> after = [.. _rows];
            DateOnly date = _rows[at].Date;
            bool changes = true;
            ImmutableArray<Fact> posted = [new Withdrawal(id, Text, null)];
            if (withdraws)
            {
                after.RemoveAt(at);
            }
            else
            {
                Fact changed = postings.Changed(_rows[at].Fact, _rows);
                date = random.Next(3) == 0 ? postings.DateOf(changed) : date;
                after[at] = new Row(id, changed, date);
                changes = after[at] != _rows[at];
                posted = [new Correction(id, Text, null), after[at].Fact];
            }

            // The fund itself is withdrawn last of all; these histories go on.
            bool wanted = changes && after.Any(row => row.Fact is Ledger.Fund) && MayFollow(after, id);
            Rejection? rejection = withdraws && !after.Any(row => row.Fact is Ledger.Fund) && after.Count == 0 ? new Rejection.NoSuchEntry(id) : Post(posted, date);
            (rejection is null).ShouldBe(wanted, $"{which}, posting {_postings}: {posted[^1]} for {_rows[at].Fact} gave {rejection}");
            if (rejection is Rejection.AmendmentOverdraws broken && !withdraws)
            {
                Fits(after, at, broken);
            }

            if (wanted)
            {
                _rows.Clear();
                _rows.AddRange(after);
                Check();
            }

            return wanted;
        }

        // The last value that fits, where one is named: it does, and the next one does not.
        private void Fits(List<Row> after, int at, Rejection.AmendmentOverdraws broken)
        {
            broken.Pointer.ShouldStartWith("/replacement/", Case.Sensitive, which);
            if (broken.Wanted!.Split(' ') is not ["at", var bound, var figure, ..])
            {
                return;
            }

            KindSchema kind = KindSchema.Of(after[at].Fact);
            FieldSchema field = kind.Fields.Single(one => one.Name == broken.Pointer["/replacement/".Length..]);
            MayStandWith(0).ShouldBeTrue($"{which}, posting {_postings}: {broken} for {after[at].Fact}");
            MayStandWith(bound == "most" ? 1 : -1).ShouldBeFalse($"{which}, posting {_postings}: {broken} for {after[at].Fact}");
            said.Bounds.Add($"{kind.Name} {field.Name} {bound}");

            bool MayStandWith(int more)
            {
                object value = field.ValueType == typeof(Quantity)
                    ? Quantity.OfThousandths((long)(decimal.Parse(figure, CultureInfo.InvariantCulture) * 1_000) + more)
                    : field.ValueType == typeof(Percent)
                        ? new Percent(int.Parse(figure, CultureInfo.InvariantCulture) + more)
                        : new Money(long.Parse(figure, CultureInfo.InvariantCulture) + more);
                Fact changed = FactMaker.Make(kind, kind.Fields.Select(one => one == field ? value : one.Value(after[at].Fact)));
                return MayFollow([.. after.Select((row, index) => index == at ? row with { Fact = changed } : row)], after[at].Id);
            }
        }

        // What the order of postings decides: what was before the log is stated first, and a batch goes to the bank before any of it comes back.
        private bool IsInTime(Row row) => row.Fact switch
        {
            OpeningBalance { ProjectId: null } => _rows.All(row => row.Fact is Ledger.Fund or CarryOver),
            OpeningBalance opening => _rows.All(row => row.Fact is not Allocation other || other.ProjectId != opening.ProjectId),
            HouseholdTransfer { Returned: not null } batch => MayFollow([.. _rows, row with { Fact = batch with { Returned = null } }], row.Id),
            _ => true,
        };

        private void Check()
        {
            FundBooks books = _ledger.BooksOf(Fund).ShouldNotBeNull();
            Reckoning now = Now();
            string at = $"{which}, posting {_postings}";
            ShouldBe(at, (books.Appropriated, now.Appropriated), (books.Interest, now.Interest), (books.Fees, now.Fees), (books.Returned, now.Returned),
                (books.PassedDown, now.PassedDown), (books.Allocated, now.Allocated(_ => true)), (books.Reduced, now.Reduced(_ => true)), (books.Committed, now.Committed(_ => true)),
                (books.Disbursed, now.Disbursed(_ => true)), (books.Refunded, now.Refunded(_ => true)), (books.Lent, now.Lent), (books.PrincipalRepaid, now.Repaid),
                (books.WrittenOff, now.WrittenOff), (books.Free, now.Free), (books.Cash, now.Cash), (books.Outstanding, now.Lent - now.Repaid - now.WrittenOff));
            Identities(books, now, at);
            Accounts(books, now, at);
            Forms(books, at);
        }

        private void Identities(FundBooks books, Reckoning now, string at)
        {
            books.Free.Fen.ShouldBeGreaterThanOrEqualTo(0, at);
            books.Cash.Fen.ShouldBeGreaterThanOrEqualTo(books.Free.Fen, at);
            FundIdentities.Check(books).ShouldBeNull(at);

            // What was there to be lent, and the fees, are in the account, lent out, lost, or spent on projects.
            Int128 capital = now.Appropriated + now.Interest - now.Returned - now.PassedDown;
            (capital + now.Fees).ShouldBe(books.Cash.Fen + books.Outstanding.Fen + books.WrittenOff.Fen + books.NetDisbursed.Fen, at);
            ProjectId[] projects = [.. _rows.Select(row => row.Fact).OfType<Project>().Select(one => one.ProjectId)];
            Int128 moved = projects.Aggregate((Int128)0, (sum, id) => sum + now.Moved(id));
            Int128 placed = _rows.Select(row => row.Fact).OfType<Project>().Where(one => one.Type == ProjectType.RiskDeposit)
                .Aggregate((Int128)0, (sum, one) => sum + now.Disbursed(now.Of(one.ProjectId)) - now.Refunded(now.Of(one.ProjectId)) - now.Moved(one.ProjectId));
            ShouldBe(at, (books.Moved, moved), (books.Placed, placed), (books.Spent, now.Disbursed(_ => true) - now.Refunded(_ => true) - moved - placed));
        }

        private void Accounts(FundBooks books, Reckoning now, string at)
        {
            books.Projects.Keys.ShouldBe(_rows.Select(row => row.Fact).OfType<Project>().Select(one => one.ProjectId), ignoreOrder: true, at);
            foreach ((ProjectId id, ProjectAccount account) in books.Projects)
            {
                ShouldBe($"{at}, {id}", (account.Allocated, now.Allocated(now.Of(id))), (account.Reduced, now.Reduced(now.Of(id))), (account.Committed, now.Committed(now.Of(id))),
                    (account.Disbursed, now.Disbursed(now.Of(id))), (account.Refunded, now.Refunded(now.Of(id))), (account.Moved, now.Moved(id)));
                account.Disbursements.ShouldBe(now.Payments(id), at);
                account.NetDisbursed.Fen.ShouldBeInRange(0, account.NetAllocated.Fen, at);
            }

            books.Allocations.Keys.ShouldBe(now.Shares, ignoreOrder: true, at);
            foreach ((EntryId id, AllocationAccount account) in books.Allocations)
            {
                ShouldBe($"{at}, {id}", (account.Amount, now.Allocated(one => one == id)), (account.Reduced, now.Reduced(one => one == id)), (account.Committed, now.Committed(one => one == id)),
                    (account.Disbursed, now.Disbursed(one => one == id)), (account.Refunded, now.Refunded(one => one == id)));
            }

            books.Appropriations.Keys.ShouldBe(now.Ids(fact => fact is Appropriation), ignoreOrder: true, at);
            ShouldBe(at, [.. books.Appropriations.Select(one => (one.Value.Left, now.LeftOfAppropriation(one.Key)))]);
            ShouldBe(at, [.. books.Commitments.Select(one => (one.Value.Released, now.Released(one.Key)))]);
            ShouldBe(at, [.. books.Payments.Select(one => (one.Value.Left, now.LeftOfPayment(one.Key)))]);
            ShouldBe(at, [.. books.Loans.Select(one => (one.Value.Outstanding, now.Outstanding(one.Key)))]);
            books.Loans.ShouldAllBe(one => one.Value.QuantityOutstanding.Thousandths == now.GoodsOutstanding(one.Key));
            ShouldBe(at, [.. books.Receipts.Select(one => (one.Value, now.Received(one.Key)))]);
            books.YearEnds.Select(one => (one.Year, one.CarriedOver, one.Surplus))
                .ShouldBe(_rows.Select(row => row.Fact).OfType<CarryOver>().Select(one => (one.Year, one.CarriedOver, one.Surplus)), at);
        }

        // What a commit carries comes back as it was, and who reads the entries alone comes to the same books.
        private void Forms(FundBooks books, string at)
        {
            CanonicalJson.Write(StreamState.FromJson(StreamType.Fund, books.ToJson()).ToJson()).ShouldBe(CanonicalJson.Write(books.ToJson()), at);
            FundBooks folded = FundBooks.Fold(History.Of(_ledger.Entries).Live)[Fund];
            CanonicalJson.Write(folded.ToJson()).ShouldBe(CanonicalJson.Write((books with { Amended = [], Replacements = [] }).ToJson()), at);
        }

        private static void ShouldBe(string at, params (Money Found, Int128 Wanted)[] figures)
        {
            for (int i = 0; i < figures.Length; i++)
            {
                ((Int128)figures[i].Found.Fen).ShouldBe(figures[i].Wanted, $"{at}, figure {i}");
            }
        }

        // What may stand, and may come of what stands now.
        private bool MayFollow(IReadOnlyList<Row> after, EntryId changed)
        {
            var then = new Reckoning(after, _sent);
            return then.MayStand() && then.Follows(Now(), changed);
        }

        private Reckoning Now() => new([.. _rows], _sent);

        private Rejection? Post(ImmutableArray<Fact> facts, DateOnly? date = null, DepartmentId? by = null)
        {
            Rejection? rejection = _ledger.Post(PostingOf(++_postings), facts, date, by);
            said.Codes.Add(rejection?.Code ?? "ok");
            said.YearsClosed += rejection is null && facts[^1] is CarryOver ? 1 : 0;
            return rejection;
        }

        private EntryId IdOf(int posting) => EntryId.Of(PostingOf(posting), 1);

        private PostingId PostingOf(int posting) => PostingId.Of(TinyLedger.Finance, string.Create(CultureInfo.InvariantCulture, $"{which} {posting}"));

        private static FreeText Text { get; } = FreeText.Of("文字");
    }
}

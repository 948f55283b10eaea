using System.Collections.Immutable;
using System.Globalization;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Facts of every kind with whatever their fields may hold, corrections and withdrawals among them: a caller's mistake is a rejection, never an exception.</summary>
public sealed class RuleFuzzTests
{
    private const int Steps = 250;

    // Where the books are full, every step is slow and the rules say the same.
    public static TheoryData<string> Tables() => [.. RuleTableTests.Tables().Select(table => table.Data).Where(table => table != "limits")];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Rules_OnAnyFactsAfterATable_AnswerAndNeverThrow(string table)
    {
        var fuzz = new Fuzz(RuleTableTests.RunAnew(table).Ledger, new Random(table.Length));
        for (int step = 0; step < Steps; step++)
        {
            ImmutableArray<Fact> facts = fuzz.Next();
            try
            {
                fuzz.Post(facts);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"{table}, step {step}: {string.Join(" then ", facts)}", fault);
            }

            if (step % 50 == 0)
            {
                fuzz.Check($"{table}, step {step}");
            }
        }

        fuzz.Taken.ShouldBeGreaterThan(Steps / 50);
    }

    [Fact]
    public void Lend_RepaidAgainAndAgain_EndsInARejectionAndNotInAnException()
    {
        FundId fund = Id.Parse<FundId>("fund-1");
        var ledger = new TinyLedger();
        int key = 0;
        Post(new Fund(fund, Text, new BudgetYear(2018), Id.Parse<RegionCode>("410503"), [Text], Text, null, FundType.Revolving, [], [], null)).ShouldBeNull();
        Post(new Appropriation(fund, SourceLevel.County, SourceNature.Bond, Text, new Money(Money.FenMax / 3), null, null, null)).ShouldBeNull();
        Rejection? rejection = null;
        for (int turn = 0; turn < 5 && rejection is null; turn++)
        {
            rejection = Post(new Loan(fund, new Money(Money.FenMax / 3), null, null, Text, 12, null, Headcount.Of(1), null));
            if (rejection is null)
            {
                Post(new Repayment(fund, EntryId.Of(Key(key), 1), new Money(Money.FenMax / 3), null, null, null)).ShouldBeNull();
            }
        }

        rejection.ShouldBeOfType<Rejection.TotalTooLarge>();
        ledger.BooksOf(fund)!.Free.Fen.ShouldBe(Money.FenMax / 3);

        Rejection? Post(Fact fact) => ledger.Post(Key(++key), [fact]);

        static PostingId Key(int number) => PostingId.Of(TinyLedger.Finance, number.ToString(CultureInfo.InvariantCulture));
    }

    private static FreeText Text { get; } = FreeText.Of("文字");

    /// <summary>Draws facts from their schemas, mostly with ids, dates and codes that the ledger has seen already, so that they meet.</summary>
    private sealed class Fuzz
    {
        private static readonly KindSchema[] Kinds = [.. KindSchema.All.Where(kind => kind.IsPosted && kind.Name is not (Correction.KindName or Withdrawal.KindName))];
        private readonly TinyLedger _ledger;
        private readonly Random _random;
        private readonly ILookup<Type, object> _seen;
        private int _postings;

        public Fuzz(TinyLedger ledger, Random random)
        {
            (_ledger, _random) = (ledger, random);
            _seen = ledger.Entries.SelectMany(entry => Values(KindSchema.Of(entry.Fact).Fields, entry.Fact)).ToLookup(value => value.GetType());
        }

        public int Taken { get; private set; }

        public void Post(ImmutableArray<Fact> facts)
        {
            DepartmentId by = facts[0] is Correction or Withdrawal && _random.Next(20) > 0 && Amended(facts[0]) is { } entry ? entry.Department : TinyLedger.Finance;
            Rejection? rejection = _ledger.Post(
                PostingId.Of(TinyLedger.Finance, string.Create(CultureInfo.InvariantCulture, $"fuzz {++_postings}")), facts, new DateOnly(2018, 1 + _random.Next(12), 1), by);
            Taken += rejection is null ? 1 : 0;
        }

        public ImmutableArray<Fact> Next()
        {
            EntryId cited = Cited();
            return _random.Next(12) switch
            {
                0 => [new Withdrawal(cited, Text, null)],
                1 or 2 or 3 or 4 or 5 => [new Correction(cited, Text, null), Altered(cited)],
                _ => [Drawn(Kinds[_random.Next(Kinds.Length)])],
            };
        }

        private Entry? Amended(Fact amendment) => _ledger.History.Find(amendment is Correction one ? one.Corrected : ((Withdrawal)amendment).Withdrawn)?.First;

        private static IEnumerable<object> Values(ImmutableArray<FieldSchema> fields, object owner) => fields
            .SelectMany(field => field.Values(owner).SelectMany(value => field.Group is { } group ? Values(group.Fields, value) : [value]));

        // Whatever was taken can be told again, and no identity is broken.
        public void Check(string which)
        {
            IReadOnlyDictionary<FundId, FundBooks> folded = FundBooks.Fold(History.Of(_ledger.Entries).Live);
            foreach ((FundId fund, FundBooks books) in folded)
            {
                FundIdentities.Check(books).ShouldBeNull(which);
                FundBooks carried = _ledger.BooksOf(fund)! with { Amended = [], Replacements = [], Notice = null };
                carried.ToJson().ToJsonString().ShouldBe(books.ToJson().ToJsonString(), which);
            }

            foreach (StreamName stream in _ledger.Streams.Where(stream => stream.HoldsFacts))
            {
                _ = _ledger.StateOf(stream)?.ToJson();
            }

            _ = Receipts.Of(History.Of(_ledger.Entries).Live);
            _ = Successions.Of(History.Of(_ledger.Entries).Live).Regions.Count();
        }

        // One field or another of what stands.
        private Fact Altered(EntryId id)
        {
            Fact before = _ledger.History.Find(id)?.Now.Fact ?? _ledger.Entries[^1].Fact;
            if (before is IAmendment || _random.Next(10) == 0)
            {
                return Drawn(Kinds[_random.Next(Kinds.Length)]);
            }

            KindSchema kind = KindSchema.Of(before);
            int changed = _random.Next(kind.Fields.Length);
            return FactMaker.Make(kind, kind.Fields.Select((field, i) => i == changed || _random.Next(8) == 0 ? Field(field) : field.Value(before)));
        }

        private Fact Drawn(KindSchema kind) => FactMaker.Make(kind, kind.Fields.Select(Field));

        private object? Field(FieldSchema field) => field switch
        {
            { IsPosted: false } => FactMaker.Field(field),
            { IsArray: true, ValueType: var type } when type == typeof(ProjectId) && _random.Next(2) == 0 => FactMaker.Field(field),
            { IsArray: true } => FactMaker.Field(field, [.. Enumerable.Range(0, (field.IsRequired ? 1 : 0) + _random.Next(2)).Select(_ => One(field))]),
            { IsRequired: false } when _random.Next(3) > 0 => FactMaker.Field(field),
            _ => FactMaker.Field(field, One(field)),
        };

        private object One(FieldSchema field) => field.Group is { } group
            ? Activator.CreateInstance(field.ValueType, [.. group.Fields.Select(Field)])!
            : field.ValueType switch
            {
                { } type when _random.Next(4) > 0 && _seen[type].Any() => _seen[type].ElementAt(_random.Next(_seen[type].Count())),
                { } type when type == typeof(FundId) => Id.Parse<FundId>("fund-f9"),
                { } type when type == typeof(ProjectId) => Id.Parse<ProjectId>("project-9"),
                { } type when type == typeof(PlanItemId) => Id.Parse<PlanItemId>("item-9"),
                { } type when type == typeof(AssetId) => Id.Parse<AssetId>("asset-9"),
                { } type when type == typeof(DepartmentId) => Id.Parse<DepartmentId>($"dept-{_random.Next(4)}"),
                { } type when type == typeof(EntryId) => Cited(),
                { } type when type == typeof(ValuePointer) => Id.Parse<ValuePointer>(((string[])["/name", "/reason", "/amountFen", "/targets/0/indicator", "/nothing"])[_random.Next(5)]),
                { } type when type == typeof(PersonId) => Id.Parse<PersonId>($"person-{_random.Next(4)}"),
                { } type when type == typeof(SigningKey) => SigningKey.Example,
                { } type when type == typeof(OrganisationCode) => Id.Parse<OrganisationCode>("91350100M000100Y43"),
                { } type when type == typeof(RegionCode) => Id.Parse<RegionCode>(((string[])["410503", "410500", "410505", "410503-01234567"])[_random.Next(4)]),
                { } type when type == typeof(NoticeId) => Id.Parse<NoticeId>("notice-9"),
                { } type when type == typeof(EvidenceFile) => new EvidenceFile(EvidenceFileId.Of(TinyLedger.Finance, $"file-{_random.Next(3)}"), Content: null),
                { } type when type == typeof(int) => _random.Next(4) == 0 ? 1_000_000 : 1 + _random.Next(3),
                { } type when type == typeof(Percent) => new Percent(_random.Next(101)),
                { } type when type == typeof(BudgetYear) => new BudgetYear(_random.Next(8) == 0 ? (_random.Next(2) == 0 ? BudgetYear.First : BudgetYear.Last) : 2017 + _random.Next(4)),
                { } type when type == typeof(DateOnly) => new DateOnly(2016 + _random.Next(5), 1 + _random.Next(12), 1),
                { } type when type == typeof(Money) => Amount(),
                { } type when type == typeof(Quantity) => Quantity.OfThousandths(_random.Next(3) == 0 ? Money.FenMax - _random.Next(3) : _random.Next(3_000)),
                { } type when type == typeof(FreeText) => Text,
                { } type when type == typeof(Headcount) => Headcount.Of(_random.Next(2) == 0 ? int.MaxValue : 0),
                { IsEnum: true } type => Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length))!,
                { } type => throw new InvalidOperationException($"Say what any {type} is."),
            };

        private Money Amount() => new(_random.Next(5) switch
        {
            0 => Money.FenMax - _random.Next(3),
            1 => _random.NextInt64(Money.FenMax),
            2 => _random.Next(2),
            _ => _random.Next(1_000),
        });

        // Recent entries more often, those of all kinds, and some that are replacements or amendments themselves.
        private EntryId Cited() => _ledger.Entries.Count == 0 || _random.Next(30) == 0
            ? EntryId.Of(PostingId.Of(TinyLedger.Finance, "nowhere"), 1)
            : _ledger.Entries[_random.Next(2) == 0 ? _random.Next(_ledger.Entries.Count) : Math.Max(0, _ledger.Entries.Count - 1 - _random.Next(12))].Id;
    }
}

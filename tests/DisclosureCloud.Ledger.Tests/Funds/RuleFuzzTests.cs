using System.Collections.Immutable;
using System.Globalization;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Facts of every kind with whatever their fields may hold, corrections and withdrawals among them: a caller's mistake is a rejection, never an exception.</summary>
public sealed class RuleFuzzTests
{
    private const int Steps = 1_200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Rules_OnAnyFacts_AnswerAndNeverThrow(int seed)
    {
        var fuzz = new Fuzz(new Random(seed));
        fuzz.Prepare();
        for (int step = 0; step < Steps; step++)
        {
            ImmutableArray<Fact> facts = fuzz.Next();
            try
            {
                fuzz.Post(facts);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {seed}, step {step}: {string.Join(" then ", facts)}", fault);
            }

            if (step % 50 == 0)
            {
                fuzz.Check($"seed {seed}, step {step}");
            }
        }

        fuzz.Taken.ShouldBeGreaterThan(Steps / 20);
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

    /// <summary>Draws facts from their schemas alone, over few ids, so that they meet.</summary>
    private sealed class Fuzz(Random random)
    {
        private static readonly KindSchema[] Kinds = [.. KindSchema.All.Where(kind => kind.IsPosted && kind.Name is not (Correction.KindName or Withdrawal.KindName))];
        private readonly TinyLedger _ledger = new();
        private int _postings;

        public int Taken { get; private set; }

        public void Prepare()
        {
            string table = """
                fund F1 2018 type=revolving ok
                fund F2 2018 region=410500 regionNames=河南省,安阳市 ok
                opening F2 appropriated=500.00 ok
                """;
            RuleTable.Run(table).Rows.ForEach(row => Post(row.Facts));
            foreach (string fund in (string[])["fund-f1", "fund-f2"])
            {
                Post([new Appropriation(Id.Parse<FundId>(fund), SourceLevel.County, SourceNature.Bond, Text, new Money(random.Next(2) == 0 ? Money.FenMax - 100_000 : 1_000), null, null, null)]);
            }
        }

        public void Post(ImmutableArray<Fact> facts)
        {
            Rejection? rejection = _ledger.Post(
                PostingId.Of(TinyLedger.Finance, (++_postings).ToString(CultureInfo.InvariantCulture)), facts, new DateOnly(2016 + random.Next(5), 1 + random.Next(12), 1),
                random.Next(30) == 0 ? Id.Parse<DepartmentId>($"dept-{random.Next(4)}") : null);
            Taken += rejection is null ? 1 : 0;
        }

        public ImmutableArray<Fact> Next()
        {
            EntryId cited = Cited();
            return random.Next(6) switch
            {
                0 => [new Withdrawal(cited, Text, null)],
                1 or 2 when _ledger.Entries.Count > 0 => [new Correction(cited, Text, null), Altered(cited)],
                _ => [Drawn(Kinds[random.Next(Kinds.Length)])],
            };
        }

        // Whatever was taken can be told again, and no identity is broken.
        public void Check(string which)
        {
            IReadOnlyDictionary<FundId, FundBooks> folded = FundBooks.Fold(History.Of(_ledger.Entries).Live);
            foreach ((FundId fund, FundBooks books) in folded)
            {
                FundIdentities.Check(books).ShouldBeNull(which);
                CanonicalJson.Write((_ledger.BooksOf(fund)! with { Amended = [], Replacements = [] }).ToJson()).ShouldBe(CanonicalJson.Write(books.ToJson()), which);
            }

            _ = Receipts.Of(History.Of(_ledger.Entries).Live);
            _ = Successions.Of(History.Of(_ledger.Entries).Live).Regions.Count();
        }

        // One field or another of what stands.
        private Fact Altered(EntryId id)
        {
            Fact before = _ledger.History.Find(id)?.Now.Fact ?? _ledger.Entries[^1].Fact;
            if (before is Correction or Withdrawal || random.Next(10) == 0)
            {
                return Drawn(Kinds[random.Next(Kinds.Length)]);
            }

            KindSchema kind = KindSchema.Of(before);
            int changed = random.Next(kind.Fields.Length);
            return FactMaker.Make(kind, kind.Fields.Select((field, i) => i == changed || random.Next(8) == 0 ? Field(field) : field.Value(before)));
        }

        private Fact Drawn(KindSchema kind) => FactMaker.Make(kind, kind.Fields.Select(Field));

        private object? Field(FieldSchema field) => field switch
        {
            { FromNotice: true } => FactMaker.Field(field),
            { IsArray: true, ValueType: var type } when type == typeof(ProjectId) && random.Next(2) == 0 => FactMaker.Field(field),
            { IsArray: true } => FactMaker.Field(field, [.. Enumerable.Range(0, (field.IsRequired ? 1 : 0) + random.Next(2)).Select(_ => One(field))]),
            { IsRequired: false } when random.Next(3) > 0 => FactMaker.Field(field),
            _ => FactMaker.Field(field, One(field)),
        };

        private object One(FieldSchema field) => field.Group is { } group
            ? Activator.CreateInstance(field.ValueType, [.. group.Fields.Select(Field)])!
            : field.ValueType switch
            {
                { } type when type == typeof(FundId) => Id.Parse<FundId>(random.Next(20) == 0 ? "fund-f9" : random.Next(3) > 0 ? "fund-f1" : "fund-f2"),
                { } type when type == typeof(ProjectId) => Id.Parse<ProjectId>($"project-{random.Next(3)}"),
                { } type when type == typeof(PlanItemId) => Id.Parse<PlanItemId>($"item-{random.Next(2)}"),
                { } type when type == typeof(AssetId) => Id.Parse<AssetId>($"asset-{random.Next(2)}"),
                { } type when type == typeof(DepartmentId) => Id.Parse<DepartmentId>($"dept-{random.Next(4)}"),
                { } type when type == typeof(EntryId) => Cited(),
                { } type when type == typeof(OrganisationCode) => Id.Parse<OrganisationCode>("91350100M000100Y43"),
                { } type when type == typeof(RegionCode) => Id.Parse<RegionCode>(((string[])["410503", "410500", "410505", "410503-01234567"])[random.Next(4)]),
                { } type when type == typeof(int) => random.Next(4) == 0 ? 1_000_000 : 1 + random.Next(3),
                { } type when type == typeof(Percent) => new Percent(random.Next(101)),
                { } type when type == typeof(BudgetYear) => new BudgetYear(random.Next(8) == 0 ? (random.Next(2) == 0 ? BudgetYear.First : BudgetYear.Last) : 2017 + random.Next(4)),
                { } type when type == typeof(DateOnly) => new DateOnly(2016 + random.Next(5), 1 + random.Next(12), 1),
                { } type when type == typeof(Money) => Amount(),
                { } type when type == typeof(Quantity) => Quantity.OfThousandths(random.Next(3) == 0 ? Money.FenMax - random.Next(3) : random.Next(3_000)),
                { } type when type == typeof(FreeText) => Text,
                { } type when type == typeof(Headcount) => Headcount.Of(random.Next(2) == 0 ? int.MaxValue : 0),
                { IsEnum: true } type => Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))!,
                { } type => throw new InvalidOperationException($"Say what any {type} is."),
            };

        private Money Amount() => new(random.Next(5) switch
        {
            0 => Money.FenMax - random.Next(3),
            1 => random.NextInt64(Money.FenMax),
            2 => random.Next(2),
            _ => random.Next(1_000),
        });

        // Recent entries more often, those of all kinds, and some that are replacements or amendments themselves.
        private EntryId Cited() => _ledger.Entries.Count == 0 || random.Next(30) == 0
            ? EntryId.Of(PostingId.Of(TinyLedger.Finance, "nowhere"), 1)
            : _ledger.Entries[random.Next(2) == 0 ? random.Next(_ledger.Entries.Count) : Math.Max(0, _ledger.Entries.Count - 1 - random.Next(12))].Id;
    }
}

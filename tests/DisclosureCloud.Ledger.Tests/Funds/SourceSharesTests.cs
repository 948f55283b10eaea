using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests.Funds;

public sealed class SourceSharesTests
{
    private static readonly FundId Fund = Id.Parse<FundId>("f-1");
    private static readonly ProjectId Road = Id.Parse<ProjectId>("road");
    private static readonly PostingId Posting = PostingId.Of(SampleWorld.Department, "shares");

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, null)]
    [InlineData(2, new long[] { 1, 1, 1 }, new long[] { 1, 1, 0 })]
    [InlineData(10, new long[] { 5, 3, 3 }, new long[] { 4, 3, 3 })]
    [InlineData(11, new long[] { 5, 3, 3 }, new long[] { 5, 3, 3 })]
    [InlineData(0, new long[] { 0, 0 }, new long[] { 0, 0 })]
    [InlineData(Money.FenMax, new long[] { Money.FenMax, Money.FenMax }, new long[] { (Money.FenMax + 1) / 2, Money.FenMax / 2 })]
    public void Apportion_ByLargestRemainder_GivesWholeFenThatAddUp(long amount, long[] weights, long[]? parts)
    {
        if (parts is null)
        {
            Should.Throw<ArgumentOutOfRangeException>(() => SourceShares.Apportion(amount, weights));
        }
        else
        {
            SourceShares.Apportion(amount, weights).ShouldBe(parts);
        }
    }

    [Fact]
    public void Apportion_BelowZero_Throws()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => SourceShares.Apportion(-1, [1]));
        Should.Throw<ArgumentOutOfRangeException>(() => SourceShares.Apportion(1, [3, -1]));
    }

    [Fact]
    public void Of_AnAllocationThatNamesItsSource_IsRecorded()
    {
        IReadOnlyDictionary<EntryId, AllocationSources> shares = SourceShares.Of(Entries(Given(60), Given(40), Share(30, source: 2)));

        shares[At(3)].IsRecorded.ShouldBeTrue();
        shares[At(3)].Shares.ShouldBe([new SourceShare(At(2), new Money(30))]);
    }

    [Fact]
    public void Of_AnAllocationThatNamesNone_IsInProportionToWhatIsLeftOfEach()
    {
        // Of the second source 30 are spoken for: 60 and 10 are left, of which seven tenths are 42 and 7.
        IReadOnlyDictionary<EntryId, AllocationSources> shares = SourceShares.Of(Entries(Given(60), Given(40), Share(49), Share(30, source: 2)));

        shares[At(3)].IsRecorded.ShouldBeFalse();
        shares[At(3)].Shares.ShouldBe([new SourceShare(At(1), new Money(42)), new SourceShare(At(2), new Money(7))]);
        shares[At(3)].Unexplained.IsZero.ShouldBeTrue();
    }

    [Fact]
    public void Of_AReducedAllocation_CountsWhatIsLeftOfIt()
    {
        var reduced = new AllocationReduction(Fund, Road, At(2), new Money(50), new Money(20), FreeText.Of("原因"), FreeText.Of("文号"), Tier.County);

        SourceShares.Of(Entries(Given(60), Share(50), reduced))[At(2)].Shares.ShouldBe([new SourceShare(At(1), new Money(20))]);
    }

    [Fact]
    public void Of_AReturnThatNamesItsSource_TakesItOffThatSource()
    {
        var back = new ReturnToSource(Fund, new Money(40), At(2), FreeText.Of("原因"), null);

        SourceShares.Of(Entries(Given(60), Given(40), back, Share(60)))[At(4)].Shares.ShouldBe([new SourceShare(At(1), new Money(60))]);
    }

    [Fact]
    public void Of_MoneyOfNoSource_IsUnexplained()
    {
        AllocationSources share = SourceShares.Of(Entries(Given(60), Share(65)))[At(2)];

        share.Shares.ShouldBe([new SourceShare(At(1), new Money(60))]);
        share.Unexplained.ShouldBe(new Money(5));
    }

    [Fact]
    public void Of_InterestAndWhatWasThereBefore_AreSourcesToo()
    {
        var before = new OpeningBalance(Fund, null, new Money(100), new Money(5), new Money(20), new Money(25), null, null, FreeText.Of("旧账"));
        var interest = new Interest(Fund, new Money(40), null, null, null);

        SourceShares.Of(Entries(before, interest, Share(100)))[At(3)].Shares
            .ShouldBe([new SourceShare(At(1), new Money(60)), new SourceShare(At(2), new Money(40))]);
    }

    [Fact]
    public void Of_AnAllocationBeforeMoreMoneyCame_DrawsOnWhatWasThere()
    {
        IReadOnlyDictionary<EntryId, AllocationSources> shares = SourceShares.Of(Entries(Given(60), Share(30), Given(90), Share(60)));

        shares[At(2)].Shares.ShouldBe([new SourceShare(At(1), new Money(30))]);
        shares[At(4)].Shares.ShouldBe([new SourceShare(At(1), new Money(15)), new SourceShare(At(3), new Money(45))]);
    }

    [Fact]
    public void Of_AnAllocationWhoseSourceWasNamedByAnotherSince_DrawsTheRestOnLaterMoney()
    {
        IReadOnlyDictionary<EntryId, AllocationSources> shares = SourceShares.Of(Entries(Given(60), Share(50), Given(40), Share(50, source: 1)));

        shares[At(2)].Shares.ShouldBe([new SourceShare(At(1), new Money(10)), new SourceShare(At(3), new Money(40))]);
        shares[At(2)].Unexplained.IsZero.ShouldBeTrue();
    }

    [Fact]
    public void Of_AnAllocationPaidFromFees_StaysSoWhenMoreMoneyComes()
    {
        var fee = new Repayment(Fund, At(9), null, new Money(5), null, null);

        AllocationSources share = SourceShares.Of(Entries(Given(60), fee, Share(65), Given(100)))[At(3)];

        share.Shares.ShouldBe([new SourceShare(At(1), new Money(60))]);
        share.Unexplained.ShouldBe(new Money(5));
    }

    [Fact]
    public void Of_AnAllocationReducedToNothing_SaysNothing()
    {
        var reduced = new AllocationReduction(Fund, Road, At(2), new Money(50), new Money(0), FreeText.Of("原因"), FreeText.Of("文号"), Tier.County);

        SourceShares.Of(Entries(Given(60), Share(50), reduced)).ShouldBeEmpty();
        SourceShares.Of(Entries(Given(60), Share(50, source: 1), reduced)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_RandomFunds_AddsUpToTheFenAndIsNotChangedByWhatComesLater(int seed)
    {
        var random = new Random(seed);
        var facts = new List<Fact>();
        var told = new Dictionary<EntryId, AllocationSources>();
        long free = 0;
        for (int step = 0; step < 60; step++)
        {
            bool gives = free == 0 || random.Next(3) == 0;
            long fen = gives ? random.NextInt64(1, 1_000) : random.NextInt64(1, free + 1);
            free += gives ? fen : -fen;
            facts.Add(gives ? random.Next(4) == 0 ? new Interest(Fund, new Money(fen), null, null, null) : Given(fen) : Share(fen));
            IReadOnlyDictionary<EntryId, AllocationSources> now = SourceShares.Of(Entries([.. facts]));
            if (!gives)
            {
                told.Add(At(step + 1), now[At(step + 1)]);
                now[At(step + 1)].Shares.Sum(share => share.Amount.Fen).ShouldBe(fen, $"seed {seed}, step {step}");
            }

            now.Count.ShouldBe(told.Count);
            foreach ((EntryId id, AllocationSources then) in told)
            {
                now[id].Shares.ShouldBe(then.Shares, $"seed {seed}, step {step}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_RandomFunds_NeverTakesMoreFromASourceThanItHas(int seed)
    {
        var random = new Random(seed);
        long[] given = [.. Enumerable.Range(0, 7).Select(_ => random.NextInt64(1, 1_000))];
        long left = given.Sum();
        var facts = new List<Fact>(given.Select(fen => Given(fen)));
        while (left > 0)
        {
            long fen = random.NextInt64(1, left + 1);
            facts.Add(Share(fen));
            left -= fen;
        }

        IReadOnlyDictionary<EntryId, AllocationSources> shares = SourceShares.Of(Entries([.. facts]));

        for (int i = 0; i < given.Length; i++)
        {
            shares.Values.SelectMany(one => one.Shares).Where(share => share.Source == At(i + 1)).Sum(share => share.Amount.Fen).ShouldBe(given[i], $"seed {seed}");
        }
    }

    private static EntryId At(int number) => EntryId.Of(Posting, number);

    private static Appropriation Given(long fen) =>
        new(Fund, SourceLevel.Central, SourceNature.Earmarked, FreeText.Of("来源"), new Money(fen), null, null, null);

    private static Allocation Share(long fen, int? source = null) =>
        new(Fund, Road, new Money(fen), source is { } number ? At(number) : null, null, null, null, null, null, null, null);

    private static Entry[] Entries(params Fact[] facts) =>
    [
        .. facts.Select((fact, index) => new Entry(At(index + 1), SampleWorld.Today, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact)),
    ];
}

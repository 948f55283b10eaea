namespace DisclosureCloud.Ledger.Tests;

public sealed class HistoryTests
{
    private static readonly EntryId First = IdOf("first");

    [Fact]
    public void Live_AfterAChainOfCorrections_SaysTheLastUnderTheFirstId()
    {
        // The second correction names the entry by its own id, the third by the id of what took its place.
        Entry[] entries =
        [
            Of("first", Interest(1)), .. Corrected("one", First, 2), .. Corrected("two", First, 3), .. Corrected("three", EntryId.Of(KeyOf("two"), 2), 4),
        ];

        var history = History.Of(entries);

        history.Live.ShouldHaveSingleItem().ShouldBe(entries[0] with { Fact = Interest(4) });
        history.Find(First)!.Amendments.Select(one => (one.Before.Fact, one.After?.Fact)).ShouldBe(
            [(Interest(1), Interest(2)), (Interest(2), Interest(3)), (Interest(3), Interest(4))]);
        history.Find(First)!.First.ShouldBe(entries[0]);
        history.Amendments.Select(one => one.By.Id).ShouldBe([IdOf("one"), IdOf("two"), IdOf("three")]);
        history.Amendments.Select(one => one.Replacement).ShouldBe([EntryId.Of(KeyOf("one"), 2), EntryId.Of(KeyOf("two"), 2), EntryId.Of(KeyOf("three"), 2)]);
    }

    [Fact]
    public void Find_ByTheIdOfWhatTookItsPlace_IsTheEntry()
    {
        var history = History.Of([Of("first", Interest(1)), .. Corrected("one", First, 2)]);

        history.Find(EntryId.Of(KeyOf("one"), 2)).ShouldBe(history.Find(First));
        history.Find(IdOf("one")).ShouldBeNull(); // An amendment is no entry that could be amended.
        history.Find(IdOf("other")).ShouldBeNull();
    }

    [Fact]
    public void Withdrawn_AfterACorrection_StaysAsItStoodLast()
    {
        var history = History.Of([Of("first", Interest(1)), .. Corrected("one", First, 2), Of("gone", new Withdrawal(EntryId.Of(KeyOf("one"), 2), Text, null))]);

        history.Live.ShouldBeEmpty();
        EntryHistory withdrawn = history.Withdrawn.ShouldHaveSingleItem();
        withdrawn.Now.Fact.ShouldBe(Interest(2));
        withdrawn.IsWithdrawn.ShouldBeTrue();
        withdrawn.Amendments[^1].After.ShouldBeNull();
        history.Amendments.Length.ShouldBe(2);
    }

    [Fact]
    public void Live_OfACorrectedEntry_HasTheDateOfWhatTookItsPlaceAndTheSenderOfTheFirst()
    {
        Entry[] corrected = Corrected("one", First, 2);
        corrected[1] = corrected[1] with { Date = new DateOnly(2018, 7, 1), Channel = Channel.Queue };

        Entry now = History.Of([Of("first", Interest(1)), .. corrected]).Live.Single();

        (now.Id, now.Date, now.Channel).ShouldBe((First, new DateOnly(2018, 7, 1), Channel.Http));
    }

    [Fact]
    public void Live_KeepsTheOrderOfTheLedgerWhateverWasAmended()
    {
        var history = History.Of([Of("first", Interest(1)), Of("second", Interest(2)), .. Corrected("one", First, 3), Of("third", Interest(4))]);

        history.Live.Select(entry => entry.Id).ShouldBe([First, IdOf("second"), IdOf("third")]);
    }

    [Fact]
    public void Streams_InAnyOrder_MakeTheSameHistory()
    {
        Entry[] one = [Of("first", Interest(1)), .. Corrected("one", First, 2)];
        Entry[] other = [Of("second", Interest(5)), Of("gone", new Withdrawal(IdOf("second"), Text, null))];
        Entry[] mixed = [other[0], one[0], other[1], one[1], one[2]];

        foreach (History history in (History[])[History.Of([.. one, .. other]), History.Of([.. other, .. one]), History.Of(mixed)])
        {
            history.Live.ShouldHaveSingleItem().Fact.ShouldBe(Interest(2));
            history.Withdrawn.ShouldHaveSingleItem().Id.ShouldBe(IdOf("second"));
        }
    }

    [Fact]
    public void Of_AnAmendmentWithoutWhatItAmends_Throws() =>
        Should.Throw<InvalidOperationException>(() => History.Of([Of("gone", new Withdrawal(First, Text, null))]));

    private static FreeText Text { get; } = FreeText.Of("文字");

    private static Fact Interest(long fen) => new Interest(Id.Parse<FundId>("fund-1"), new Money(fen), null, null, null);

    private static Entry[] Corrected(string key, EntryId id, long fen) =>
        [Of(key, new Correction(id, Text, null)), Of(key, Interest(fen)) with { Id = EntryId.Of(KeyOf(key), 2) }];

    private static Entry Of(string key, Fact fact) => new(IdOf(key), TinyLedger.Day, DateTimeOffset.UnixEpoch, TinyLedger.Finance, Channel.Http, fact);

    private static EntryId IdOf(string key) => EntryId.Of(KeyOf(key), 1);

    private static PostingId KeyOf(string key) => PostingId.Of(TinyLedger.Finance, key);
}

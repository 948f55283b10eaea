namespace DisclosureCloud.Verifier.Tests;

/// <summary>What counts of what was amended, and amended again.</summary>
public sealed class LiveMovementsTests
{
    private const int Shown = 2;

    private readonly LoggedFacts _facts = new(0);

    [Fact]
    public void Live_WithoutAmendments_IsAllThatMovesMoney()
    {
        Add("a-1", "allocation", 5);
        Add("b-1", null, 0);
        Add("c-1", "disbursement", 3);
        All().ShouldBe([("a-1", 5), ("c-1", 3)]);
    }

    [Fact]
    public void Live_AfterACorrection_HasItsReplacementUnderTheFirstId()
    {
        Add("a-1", "allocation", 5);
        Add("c-1", "disbursement", 3);
        Add("b-1", "correction", 0, cites: "a-1");
        Add("b-2", "allocation", 7);
        All().ShouldBe([("a-1", 7), ("c-1", 3)]);
        new LiveMovements(_facts, Shown).Find(EntryKey.Of("b-2")).ShouldBeNull("it stands under the first id alone");
    }

    [Theory]
    [InlineData("a-1")]
    [InlineData("b-2")]
    public void Live_AfterACorrectionOfACorrection_HasTheLastUnderTheFirstId(string cited)
    {
        Add("a-1", "allocation", 5);
        Add("b-1", "correction", 0, cites: "a-1");
        Add("b-2", "allocation", 7);
        Add("c-1", "correction", 0, cites: cited);
        Add("c-2", "allocation", 9);
        All().ShouldBe([("a-1", 9)]);
    }

    [Theory]
    [InlineData("a-1")]
    [InlineData("b-2")]
    public void Live_AfterAWithdrawal_HasItNoMore(string cited)
    {
        Add("a-1", "allocation", 5);
        Add("b-1", "correction", 0, cites: "a-1");
        Add("b-2", "allocation", 7);
        Add("c-1", "withdrawal", 0, cites: cited);
        Add("d-1", "correction", 0, cites: "a-1");
        Add("d-2", "allocation", 11);
        All().ShouldBeEmpty("what is withdrawn stays so");
    }

    [Fact]
    public void Live_WhereTheAmendmentIsNotShown_IsWhatItWas()
    {
        Add("a-1", "allocation", 5);
        Add("b-1", "correction", 0, cites: "a-1", rows: 0);
        Add("b-2", "allocation", 7, rows: 0);
        All().ShouldBe([("a-1", 5)]);
    }

    private (string Id, long Fen)[] All()
    {
        var live = new LiveMovements(_facts, Shown);
        string[] ids = ["a-1", "b-1", "b-2", "c-1", "c-2", "d-1", "d-2"];
        (string, long)[] all = [.. live.All().Select(one => (ids.Single(id => EntryKey.Of(id) == one.Entry), one.Fen))];
        foreach ((string id, long fen) in all)
        {
            live.Find(EntryKey.Of(id))!.Value.Fen.ShouldBe(fen);
        }

        return all;
    }

    private void Add(string id, string? kind, long fen, string? cites = null, byte rows = Shown)
    {
        EntryKey key = EntryKey.Of(id);
        LoggedMovement movement = kind is null
            ? default
            : new LoggedMovement(_facts.Names.Of(SmallWorld.Utf8(kind)), _facts.Names.Of("f"u8), 0, cites is null ? default : EntryKey.Of(cites), fen);
        MovementDetails details = kind == "correction" ? new MovementDetails { Id = id } : MovementDetails.None;
        _facts.TryAdd(new LoggedFact(_facts.Count, key, default, movement, Withheld: 0) { Rows = rows }, details).ShouldBeTrue();
    }
}

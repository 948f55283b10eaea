namespace DisclosureCloud.Ledger.Tests;

public sealed class SuccessionsTests
{
    private static FreeText Text { get; } = FreeText.Of("文字");

    [Fact]
    public void Now_OfAPlaceThatWentOnTwice_IsTheLast()
    {
        Successions successions = Of(Place("410521", "410522"), Place("410522", "410523"));

        Now(successions, "410521").ShouldBe("410523");
        Now(successions, "410522").ShouldBe("410523");
        Now(successions, "410523").ShouldBe("410523");
        Now(successions, "410503").ShouldBe("410503");
    }

    [Fact]
    public void Now_OfASplitPlace_IsItself() => Now(Of(Place("410521", "410522", "410523")), "410521").ShouldBe("410521");

    [Fact]
    public void Now_OfAHashedPlace_FollowsTheNearestAboveThatWentOn()
    {
        Successions successions = Of(Place("410521", "410522"), Place("410521-0a1b2c3d", "410505-99999999"));

        Now(successions, "410521-00000000").ShouldBe("410522-00000000");
        Now(successions, "410521-0a1b2c3d").ShouldBe("410505-99999999");
        Now(successions, "410521-0a1b2c3d-11111111").ShouldBe("410505-99999999-11111111");
    }

    [Fact]
    public void Now_OfAHashedPlaceDirectlyUnderACity_DoesNotFollowTheCitysOtherCounties() =>
        Now(Of(Place("410500", "410600")), "410503").ShouldBe("410503");

    [Fact]
    public void Now_InACircle_EndsAndIsTheSameEveryTime()
    {
        Successions successions = Of(Place("410521", "410522"), Place("410522", "410521"), Unit("a1", "b1"), Unit("b1", "c1"), Unit("c1", "a1"));

        Now(successions, "410521").ShouldBe("410522");
        successions.Now(UnitId("a1")).Value.ShouldBe("c1");
        successions.Now(UnitId("b1")).Value.ShouldBe("a1");
    }

    [Fact]
    public void Now_OfAPlaceThatMovedBelowItself_Ends() => Now(Of(Place("410521", "410521-0a1b2c3d")), "410521").ShouldStartWith("410521-0a1b2c3d");

    [Fact]
    public void Of_TwoEntriesOfOnePlace_TakesTheFirst()
    {
        Successions successions = Of(Place("410521", "410522"), Place("410521", "410523"), Unit("a1", "b1"));

        Now(successions, "410521").ShouldBe("410522");
        successions.Regions.ShouldHaveSingleItem().Successors.ShouldBe([Id.Parse<RegionCode>("410522")]);
        successions.Units.ShouldHaveSingleItem();
        successions.Of(UnitId("a1")).ShouldNotBeNull();
        successions.Of(UnitId("b1")).ShouldBeNull();
    }

    private static string Now(Successions successions, string place) => successions.Now(Id.Parse<RegionCode>(place)).Value;

    private static DepartmentId UnitId(string id) => Id.Parse<DepartmentId>(id);

    private static RegionChange Place(string from, params string[] to) => new(
        Id.Parse<RegionCode>(from), to.Length > 1 ? SuccessionType.Split : SuccessionType.Renamed, [.. to.Select(Id.Parse<RegionCode>)], [.. to.Select(_ => Text)], Text, Text);

    private static UnitChange Unit(string from, string to) => new(UnitId(from), SuccessionType.Renamed, [UnitId(to)], Text, Text);

    private static Successions Of(params Fact[] facts) => Successions.Of(facts.Select((fact, i) =>
        new Entry(EntryId.Of(PostingId.Of(TinyLedger.Finance, "succession"), i + 1), TinyLedger.Day, DateTimeOffset.UnixEpoch, TinyLedger.Finance, Channel.Http, fact)));
}

namespace DisclosureCloud.Ledger.Tests.Regions;

/// <summary>The lowest place that covers two.</summary>
public sealed class CommonRegionTests
{
    [Theory]
    [InlineData("430511", "430511", "430511")]
    [InlineData("430511", "430511-0123abcd", "430511")]
    [InlineData("430511-0123abcd", "430511-89abcdef", "430511")]
    [InlineData("430511", "430502", "430500")]
    [InlineData("430511", "430600", "430000")]
    [InlineData("430511", "410503", "000000")]
    [InlineData("000000-0123abcd", "410503", "000000")]
    [InlineData("419001", "410503", "410000")]
    [InlineData("500101", "500102", "500000")]
    public void CommonWith_OfTwoPlaces_IsTheLowestAboveBoth(string one, string other, string common)
    {
        (RegionCode first, RegionCode second) = (Id.Parse<RegionCode>(one), Id.Parse<RegionCode>(other));
        first.CommonWith(second).Value.ShouldBe(common);
        second.CommonWith(first).Value.ShouldBe(common);
    }
}

using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

public sealed class SampleWorldTests
{
    [Fact]
    public void SevenNotices_Folded_AddUpToTheFen()
    {
        IReadOnlyDictionary<FundId, FundBooks> books = FundBooks.Fold(SampleWorld.Entries);

        books.Count.ShouldBe(7);
        books.Values.Sum(fund => fund.Appropriated.Fen).ShouldBe(6_572_800_000);
        books.Values.Sum(fund => fund.Allocated.Fen + fund.PassedDown.Fen).ShouldBe(6_572_800_000);
        books.Values.ShouldAllBe(fund => fund.Free.IsZero);
        SampleWorld.Entries.Count(entry => entry.Fact is Allocation or PassDown).ShouldBe(38);
        RegionTree tree = RegionTree.Of(SampleWorld.Entries);
        tree.Country.Appropriated.Fen.ShouldBe(6_572_800_000);
        tree.All.ShouldAllBe(node => node.Name != null);
        tree.Find(Id.Parse<RegionCode>("410700"))!.Children.Single().Name.ShouldBe("高新区");
    }
}

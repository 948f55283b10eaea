using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

public sealed class PagingTests
{
    private static readonly Paging[] Ways = [Paging.FromStart(30, 60), Paging.FromStart(60, 60), Paging.NewestFirst(30), Paging.NewestFirst(60)];

    [Fact]
    public void AnyCount_HasEachRowOnOnePageThatIsNotTooLong()
    {
        foreach (Paging way in Ways)
        {
            foreach (int count in Enumerable.Range(0, 400).Append(3_000).Append(5_001))
            {
                IReadOnlyList<Stretch> pages = way.Of(count);

                pages[0].Number.ShouldBe(0);
                pages.Select(page => page.Number).ShouldBeUnique();
                pages[0].Count.ShouldBeLessThanOrEqualTo(way.First);
                pages.Skip(1).ShouldAllBe(page => page.Count > 0 && page.Count <= way.Further);
                pages.SelectMany(page => Enumerable.Range(page.From, page.Count)).Order().ShouldBe(Enumerable.Range(0, count));
            }
        }
    }

    [Theory]
    [InlineData(59, 1, 59)]
    [InlineData(60, 1, 60)]
    [InlineData(61, 2, 11)]
    [InlineData(110, 2, 60)]
    [InlineData(111, 3, 11)]
    [InlineData(121, 3, 21)]
    [InlineData(3_000, 60, 50)]
    public void NewestFirst_AtItsBounds_KeepsTheLastOnThePageOfTheThing(int count, int pages, int kept)
    {
        IReadOnlyList<Stretch> of = Paging.NewestFirst(60).Of(count);

        of.Count.ShouldBe(pages);
        of[0].ShouldBe(new Stretch(count - kept, kept, 0));
        of.Skip(1).Select(page => page.Number).ShouldBe(Enumerable.Range(1, pages - 1).Reverse());
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(30, 1)]
    [InlineData(31, 2)]
    [InlineData(90, 2)]
    [InlineData(91, 3)]
    [InlineData(3_000, 51)]
    public void FromStart_AtItsBounds_KeepsTheFirstOnThePageOfTheThing(int count, int pages)
    {
        IReadOnlyList<Stretch> of = Paging.FromStart(30, 60).Of(count);

        of.Count.ShouldBe(pages);
        of.Select(page => page.From).ShouldBe(of.Select(page => page.From).Order());
        of.Skip(1).Select(page => page.Number).ShouldBe(Enumerable.Range(2, pages - 1));
    }

    [Fact]
    public void NewestFirst_WithOneRowMore_LeavesTheOlderPagesAsTheyAre()
    {
        var way = Paging.NewestFirst(30);
        for (int count = 0; count < 400; count++)
        {
            way.Of(count).Skip(1).ShouldBeSubsetOf(way.Of(count + 1));
        }
    }

    [Fact]
    public void Names_InChinese_StandByTheirSoundRareOnesLast()
    {
        string[] names = ["龘村", "丂村", "赵村", "安村", "陈村", "北村2", "北村", "A村", "李村", "𠮷村", "阿村", "2村"];

        names.Order(Comparer<string>.Create(ChineseOrder.Compare))
            .ShouldBe(["2村", "A村", "阿村", "安村", "北村", "北村2", "陈村", "李村", "赵村", "丂村", "龘村", "𠮷村"]);
    }

    [Fact]
    public void Places_BelowACounty_StandByName()
    {
        RegionNode[] nodes = [.. RegionTree.Of(LongWorld.Projects(4)).All];
        Region[] regions = [.. nodes.Where(node => node.Code.Level > 3).Select(node => new Region(node, null))];

        regions.Order(ChineseOrder.Instance).Select(region => region.Name.Value).ShouldBe(["北1村", "陈2村", "大3村"]);
    }
}

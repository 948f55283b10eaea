using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

public sealed class ReproducibleTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("zh-CN")]
    [InlineData("de-DE")]
    public void Plan_UnderAnyCulture_GivesTheSameBytes(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
            ShouldBeSame(TestSite.Of(TestSite.SampleSnapshot()));
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Plan_RenderedInParallel_GivesTheSameBytes()
    {
        IReadOnlyList<SiteFile> plan = SiteRenderer.Plan(TestSite.SampleSnapshot());
        byte[][] bytes = new byte[plan.Count][];

        Parallel.For(0, plan.Count, i => bytes[i] = plan[i].Render());

        for (int i = 0; i < plan.Count; i++)
        {
            bytes[i].ShouldBe(TestSite.Sample.Files[plan[i].Path], plan[i].Path);
        }
    }

    [Fact]
    public void Plan_Order_IsByStageThenPath()
    {
        IReadOnlyList<SiteFile> plan = SiteRenderer.Plan(TestSite.SampleSnapshot());

        plan.Select(file => file.Path).ShouldBe(plan.OrderBy(file => file.Stage).ThenBy(file => file.Path, StringComparer.Ordinal).Select(file => file.Path));
        plan.Select(file => file.Path).ShouldBeUnique(StringComparer.Ordinal);
        plan[^1].Stage.ShouldBe(SiteStage.Home);
    }

    [Fact]
    public void Plan_OfAnEmptyLedger_GivesSensiblePages()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf([]));

        site.Text("index.html").ShouldContain("目前还没有公示任何资金。");
        site.Text("en/index.html").ShouldContain("Nothing has been disclosed yet.");
        site.Pages.ShouldAllBe(path => site.Page(path).QuerySelectorAll("h1").Length == 1);
        site.Pages.Count().ShouldBe(34 + (2 * KindSchema.All.Count)); // Each kind has its page in the dictionary, entries or not.
    }

    private static void ShouldBeSame(TestSite site)
    {
        site.Files.Keys.ShouldBe(TestSite.Sample.Files.Keys);
        foreach ((string path, byte[] bytes) in site.Files)
        {
            bytes.AsSpan().SequenceEqual(TestSite.Sample.Files[path]).ShouldBeTrue(path);
        }
    }
}

using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

public sealed class HostileNamesTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&<b>路</b>";

    private static readonly TestSite Site = TestSite.Of(TestSite.SnapshotOf([.. SampleWorld.EntriesOf(Notice())]));

    [Fact]
    public void Pages_WithMarkupInEveryText_ShowItAsText()
    {
        foreach (string path in Site.Pages)
        {
            AngleSharp.Html.Dom.IHtmlDocument page = Site.Page(path);
            page.QuerySelectorAll("img, b, bdi > *, [onerror]").ShouldBeEmpty(path);
        }
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("funds/index.html")]
    [InlineData("funds/hostile-2020/index.html")]
    [InlineData("projects/index.html")]
    [InlineData("projects/hostile-2020-p01/index.html")]
    [InlineData("regions/index.html")]
    [InlineData("notices/index.html")]
    [InlineData("notices/hostile-2020/index.html")]
    [InlineData("departments/import/index.html")]
    public void Page_WithMarkupInNames_HoldsTheVeryText(string path)
    {
        Site.Text(path).ShouldContain(Hostile);
        Site.Text($"en/{path}").ShouldContain(Hostile);
    }

    private static byte[] Notice()
    {
        var notice = new JsonObject
        {
            ["id"] = "hostile-2020",
            ["kind"] = "gongshi",
            ["authority"] = Hostile,
            ["region"] = new JsonArray("湖南省", Hostile),
            ["title"] = Hostile,
            ["fiscalYear"] = 2020,
            ["currency"] = "CNY",
            ["unit"] = "yuan",
            ["total"] = 100,
            ["documentNumber"] = Hostile,
            ["budgetSubject"] = Hostile,
            ["transcriptionNote"] = Hostile,
            ["allocationPrinciples"] = new JsonArray(Hostile),
            ["sources"] = new JsonArray(new JsonObject { ["level"] = "central", ["name"] = Hostile, ["amount"] = 100, ["nature"] = "earmarked" }),
            ["allocations"] = new JsonArray(new JsonObject
            {
                ["no"] = 1, ["project"] = Hostile, ["place"] = Hostile, ["content"] = Hostile, ["amount"] = 60, ["responsibleUnit"] = Hostile, ["note"] = Hostile,
            }, new JsonObject
            {
                ["no"] = 2, ["project"] = Hostile, ["place"] = $"{Hostile} 2", ["content"] = Hostile, ["amount"] = 40, ["recipient"] = "lower-government",
            }),
        };
        return Encoding.UTF8.GetBytes(notice.ToJsonString());
    }
}

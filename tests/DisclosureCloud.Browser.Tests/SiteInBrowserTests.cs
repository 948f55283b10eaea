using Microsoft.Playwright;

namespace DisclosureCloud.Browser.Tests;

/// <summary>What the pages do in a browser: the finder, what rests without script, and print.</summary>
public sealed class SiteInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Home_WithoutScript_HoldsEveryPlace()
    {
        Visit visit = await chromium.OpenAsync("/", 360, script: false);

        (await visit.Page.Locator("#places [data-item]:visible").CountAsync()).ShouldBeGreaterThan(20);
        (await visit.Page.Locator(".field:visible").CountAsync()).ShouldBe(0);
        (await visit.Page.Locator(".now .card:visible").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Finder_TypingAName_NarrowsTheList()
    {
        Visit visit = await chromium.OpenAsync("/en/", 360);
        ILocator shown = visit.Page.Locator("#places [data-item]:visible");

        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("田江");
        (await shown.CountAsync()).ShouldBe(1);

        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync("no such place");
        (await shown.CountAsync()).ShouldBe(0);
        (await visit.Page.Locator("#find-said").TextContentAsync())!.ShouldContain("Nothing found");
    }

    [Fact]
    public async Task Notice_InPrint_FitsTheSheet()
    {
        Visit visit = await chromium.OpenAsync("/notices/beita-2020-batch1/", 794);
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });

        int overflow = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

        overflow.ShouldBeLessThanOrEqualTo(0);
        (await visit.Page.Locator("nav:visible").CountAsync()).ShouldBe(0);
    }
}

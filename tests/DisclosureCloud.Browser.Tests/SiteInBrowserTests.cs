using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace DisclosureCloud.Browser.Tests;

public sealed class SiteInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    /// <summary>Colours are all that differs in the dark.</summary>
    private static readonly AxeRunOptions DarkRules = new() { RunOnly = RunOnlyOptions.Rules("color-contrast") };

    public static TheoryData<string, int, bool> Pages
    {
        get
        {
            var data = new TheoryData<string, int, bool>();
            foreach (string path in SiteFolder.PageTypes)
            {
                foreach (string root in (string[])["/", "/en/"])
                {
                    foreach (int width in (int[])[360, 1280])
                    {
                        data.Add(root + path, width, false);
                        data.Add(root + path, width, true);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_AtAnyWidthAndColour_IsAccessibleAndFits(string address, int width, bool dark)
    {
        Visit visit = await chromium.OpenAsync(address, width, dark);

        AxeResult result = await visit.Page.RunAxe(dark ? DarkRules : Rules);
        int overflow = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

        result.Passes.ShouldNotBeEmpty("the rules must have run");
        result.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}").ShouldBeEmpty();
        overflow.ShouldBeLessThanOrEqualTo(0);
        visit.Faults.ShouldBeEmpty();
    }

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

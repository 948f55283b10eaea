using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace DisclosureCloud.Browser.Tests;

/// <summary>What a page must be for everyone: accessible by WCAG 2.2 AA, and no wider than the screen.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    /// <summary>Colours are all that differs in the dark.</summary>
    private static readonly AxeRunOptions DarkRules = new() { RunOnly = RunOnlyOptions.Rules("color-contrast") };

    /// <summary>Holds the page, at its width and in both colours, against the rules.</summary>
    public static async Task CheckAsync(Visit visit, string which)
    {
        int overflow = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, which);
        foreach (bool dark in (bool[])[false, true])
        {
            await visit.PaintAsync(dark);
            AxeResult result = await visit.Page.RunAxe(dark ? DarkRules : Rules);

            result.Passes.ShouldNotBeEmpty("the rules must have run");
            result.Violations
                .Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")
                .ShouldBeEmpty($"{which}, {(dark ? "dark" : "light")}");
        }
    }
}

using System.Text.Json;
using Deque.AxeCore.Commons;

namespace DisclosureCloud.Browser.Tests;

/// <summary>What a page must be for everyone: accessible by WCAG 2.2 AA, and no wider than the screen.</summary>
internal static class Accessibility
{
    /// <summary>
    /// Runs the rules in the page itself and brings home no more than is asked. The package's own call would open a second page for every run, to put
    /// the findings of frames together: that takes several times as long as the rules, and our pages have no frames.
    /// </summary>
    private const string Run =
        """
        async (rules) => {
          const result = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
          return {
            passes: result.passes.length,
            violations: result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(' | ')}`),
          };
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly object Rules = new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa" } };

    /// <summary>Colours are all that differs in the dark.</summary>
    private static readonly object DarkRules = new { type = "rule", values = new[] { "color-contrast" } };

    /// <summary>Holds the page, at its width and in both colours, against the rules.</summary>
    public static async Task CheckAsync(Visit visit, string which)
    {
        int overflow = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, which);
        visit.Page.Frames.Count.ShouldBe(1, "what is in a frame would not be seen");
        await visit.Page.EvaluateAsync(Axe);
        foreach (bool dark in (bool[])[false, true])
        {
            await visit.PaintAsync(dark);
            JsonElement result = await visit.Page.EvaluateAsync<JsonElement>(Run, dark ? DarkRules : Rules);

            result.GetProperty("passes").GetInt32().ShouldBeGreaterThan(0, "the rules must have run");
            result.GetProperty("violations").EnumerateArray().Select(violation => violation.GetString()).ShouldBeEmpty($"{which}, {(dark ? "dark" : "light")}");
        }
    }
}

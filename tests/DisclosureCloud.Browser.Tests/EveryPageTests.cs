using System.Globalization;

namespace DisclosureCloud.Browser.Tests;

/// <summary>One page of each type in Chinese.</summary>
public sealed class EveryChinesePageTests(Chromium chromium) : EveryPageTests(chromium, "/");

/// <summary>One page of each type in English.</summary>
public sealed class EveryEnglishPageTests(Chromium chromium) : EveryPageTests(chromium, "/en/");

/// <summary>One page of each type, on a phone and on a desk, light and dark: accessible by WCAG 2.2 AA, no wider than the screen, and without a fault.</summary>
/// <remarks>A class a language, so that both cores have work. A page is loaded once: its styles alone know of width and colour.</remarks>
public abstract class EveryPageTests(Chromium chromium, string root) : IClassFixture<Chromium>
{
    public static TheoryData<string> Pages => [.. SiteFolder.PageTypes];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_AtAnyWidthAndColour_IsAccessibleAndFits(string path)
    {
        Visit visit = await chromium.OpenAsync(root + path, 360);
        foreach (int width in (int[])[360, 1280])
        {
            await visit.ResizeAsync(width);
            await Accessibility.CheckAsync(visit, string.Create(CultureInfo.InvariantCulture, $"at {width} pixels"));
        }

        visit.Faults.ShouldBeEmpty();
    }
}

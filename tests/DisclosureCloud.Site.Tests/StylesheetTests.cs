using System.Text;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Site.Tests;

public sealed partial class StylesheetTests
{
    private static readonly string[] LatinEverywhere = ["Georgia", "Times New Roman", "Noto Serif", "Liberation Serif", "DejaVu Serif"]; // Windows, macOS, Android, Linux.

    /// <summary>A Chinese serif draws the apostrophe of "year’s" as wide as a character: in English it is asked last.</summary>
    [Fact]
    public void HeadingsInEnglish_AskForALatinSerifBeforeAChineseOne()
    {
        string css = Encoding.UTF8.GetString(TestSite.Sample.Files["assets/site.css"]);
        string[] stack = [.. EnglishSerif().Match(css).Groups["stack"].Value.Split(',').Select(font => font.Trim().Trim('"'))];

        int chinese = Array.FindIndex(stack, font => font.Contains("CJK", StringComparison.Ordinal) || font.Contains("Han", StringComparison.Ordinal) || font.Contains("Songti", StringComparison.Ordinal));
        chinese.ShouldBePositive();
        LatinEverywhere.ShouldAllBe(font => Array.IndexOf(stack, font) >= 0 && Array.IndexOf(stack, font) < chinese);
        stack[^1].ShouldBe("serif");
    }

    [GeneratedRegex(@":root:lang\(en\)\s*\{\s*--serif:(?<stack>[^;]+);", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnglishSerif();
}

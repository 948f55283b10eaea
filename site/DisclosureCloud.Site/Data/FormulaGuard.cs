using System.Globalization;
using System.Text;

namespace DisclosureCloud.Site.Data;

/// <summary>Keeps a text in a CSV cell from being run as a formula, in a way that a program can undo.</summary>
/// <remarks>
/// Spreadsheets run a cell that begins with = + - @, some of them also after white space, and East Asian ones in full width. Such a
/// text gets one apostrophe in front. Apostrophes that were there before count as what is skipped, so that no text becomes another's
/// escaped form: whoever finds a cell that would be escaped takes its first apostrophe away and has the text as it was.
/// </remarks>
public static class FormulaGuard
{
    /// <summary>The rule in words, for the data package.</summary>
    public const string Rule =
        "A text cell whose first character, apostrophes, white space, control and format characters skipped, is one of = + - @ "
        + "(or their full-width or small form, or the minus sign U+2212), or which begins with a tab, carriage return or line feed, has "
        + "one apostrophe in front so that no spreadsheet runs it as a formula. To undo: from every text cell of that form remove its "
        + "first apostrophe. Numbers, dates and lists are never changed. The NDJSON file holds every text untouched.";

    private const char Escape = '\'';
    private static readonly Rune[] Starts = [.. "=+-@＝＋－＠﹦﹢﹣﹫−".EnumerateRunes()];

    public static string Guard(string text) => IsRun(text) ? Escape + text : text;

    /// <summary>The text as it was before <see cref="Guard"/>.</summary>
    public static string Unguard(string cell) => cell.StartsWith(Escape) && IsRun(cell) ? cell[1..] : cell;

    private static bool IsRun(string text)
    {
        if (text.AsSpan().TrimStart(Escape) is ['\t' or '\r' or '\n', ..])
        {
            return true;
        }

        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!IsSkipped(rune))
            {
                return Starts.Contains(rune);
            }
        }

        return false;
    }

    private static bool IsSkipped(Rune rune) => rune.Value == Escape || Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}

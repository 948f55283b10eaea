using System.Globalization;
using System.Text;

namespace DisclosureCloud.Ledger;

/// <summary>What a text may consist of. Names and texts are otherwise kept exactly as they were sent.</summary>
public static class TextRules
{
    /// <summary>What is wrong with a text, or null.</summary>
    public static (string Code, string Detail)? Fault(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            return ("empty-text", "The text is empty. Leave the field out where nothing is stated.");
        }

        if (text.Length > FreeText.LengthMax)
        {
            return ("text-too-long", $"A text has at most {FreeText.LengthMax} characters.");
        }

        return text.EnumerateRunes().Any(IsForbidden)
            ? ("forbidden-character", "The text has a character that does not show: a control, a line break or a change of direction.")
            : null;
    }

    // Controls would break a line of CSV or a terminal; changes of direction and zero-width characters make a text look like another.
    private static bool IsForbidden(Rune c) => Rune.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => c.Value != 0x200D, // The joiner inside compound characters shows.
        UnicodeCategory.OtherNotAssigned => (c.Value & 0xFFFE) == 0xFFFE || c.Value is >= 0xFDD0 and <= 0xFDEF,
        _ => false,
    };
}

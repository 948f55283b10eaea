using System.Text;

namespace DisclosureCloud.Ledger;

/// <summary>Texts as they are compared: NFKC, so that full and half width are one, and without regard to case.</summary>
public static class FoldedText
{
    private static readonly Dictionary<char, char> Brackets = new()
    {
        ['〔'] = '[', ['【'] = '[', ['('] = '[', ['{'] = '[', ['〕'] = ']', ['】'] = ']', [')'] = ']', ['}'] = ']',
    };

    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsFolded(text) ? text : text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
    }

    // Most of what is looked through: Chinese, figures and capitals are what they become, and need no tables.
    private static bool IsFolded(string text)
    {
        foreach (char c in text)
        {
            if (c is not (< 'a' or (> 'z' and <= '\u007f') or (>= '\u4e00' and <= '\u9fff')))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A number of a document, voucher or contract: white space is nothing, and all brackets are one, since 〔2020〕 is typed as [2020].</summary>
    public static string OfNumber(string number) =>
        string.Concat(Of(number).Where(c => !char.IsWhiteSpace(c)).Select(c => Brackets.GetValueOrDefault(c, c)));
}

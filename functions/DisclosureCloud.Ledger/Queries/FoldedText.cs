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
        return text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
    }

    /// <summary>A number of a document, voucher or contract: white space is nothing, and all brackets are one, since 〔2020〕 is typed as [2020].</summary>
    public static string OfNumber(string number) =>
        string.Concat(Of(number).Where(c => !char.IsWhiteSpace(c)).Select(c => Brackets.GetValueOrDefault(c, c)));
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Numbers as spreadsheets keep them, read from their characters: binary fractions would change what was typed.</summary>
internal static class SheetNumber
{
    /// <summary>What spreadsheet programs hold and show. Digits after these come from their binary form: 0.1 + 0.2 is kept as 0.30000000000000004.</summary>
    public const int DigitsMax = 15;

    // The largest that a spreadsheet can hold has three hundred and eight zeros.
    private const int ExponentMax = 400;

    private static readonly Regex Json = new(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", Options, Regex.InfiniteMatchTimeout);
    private static readonly Regex Kept = new(@"^(?<sign>-?)(?<whole>[0-9]*)(\.(?<rest>[0-9]*))?([eE](?<power>[+-]?[0-9]{1,5}))?\z", Options, Regex.InfiniteMatchTimeout);

    // Their time grows with the text alone, so that no text makes them throw.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    /// <summary>True where a text is a number as JSON has it.</summary>
    public static bool IsJson(string text) => Json.IsMatch(text);

    /// <summary>The number without exponent, rounded to fifteen digits; null where the text is none.</summary>
    public static string? Plain(string kept)
    {
        if (Kept.Match(kept) is not { Success: true } match || match.Groups["whole"].Length + match.Groups["rest"].Length == 0)
        {
            return null;
        }

        string digits = match.Groups["whole"].Value + match.Groups["rest"].Value;
        int power = match.Groups["power"].Success ? int.Parse(match.Groups["power"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        int point = match.Groups["whole"].Length + power; // So many digits stand before the point, from the first that is kept.
        int zeros = digits.Length - digits.TrimStart('0').Length;
        (digits, point) = (digits[zeros..], point - zeros);
        if (digits.Length > DigitsMax)
        {
            (digits, point) = Round(digits, point);
        }

        digits = digits.TrimEnd('0');
        if (digits.Length == 0)
        {
            return "0";
        }

        return Math.Abs(point) > ExponentMax ? null : match.Groups["sign"].Value + Write(digits, point);
    }

    private static (string Digits, int Point) Round(string digits, int point)
    {
        long kept = long.Parse(digits.AsSpan(0, DigitsMax), NumberStyles.None, CultureInfo.InvariantCulture) + (digits[DigitsMax] >= '5' ? 1 : 0);
        string rounded = kept.ToString(CultureInfo.InvariantCulture);
        return (rounded, point + rounded.Length - DigitsMax); // 999...9 becomes one digit longer.
    }

    private static string Write(string digits, int point) => point <= 0
        ? "0." + new string('0', -point) + digits
        : digits.Length <= point
            ? digits.PadRight(point, '0')
            : $"{digits[..point]}.{digits[point..]}";
}

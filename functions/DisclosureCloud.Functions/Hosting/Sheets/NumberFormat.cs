namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Tells of a number format whether it shows another number than the cell holds.</summary>
/// <remarks>
/// By ECMA-376, part 1, 18.8.31. Three things do: a percent sign multiplies; a comma behind the last digit divides by a thousand; and a point
/// that is only drawn between two digits divides in the eye of whoever reads, as in <c>0!.0,</c>, by which ten thousands are shown. All
/// sections are looked at: which of them shows a number depends on the number, and a column has one format. What only rounds is left alone.
/// </remarks>
internal static class NumberFormat
{
    private const char Point = '.';

    public static bool Scales(string format)
    {
        bool hasDigit = false;
        bool isBehindDigit = false;
        bool hasComma = false; // Behind a digit, and no digit has come since.
        bool hasDrawnPoint = false;
        for (int at = 0; at < format.Length;)
        {
            ReadOnlySpan<char> token = format.AsSpan(at, LengthOf(format.AsSpan(at)));
            at += token.Length;
            switch (token[0])
            {
                case '%':
                case Point or ';' when hasComma:
                case '0' or '#' or '?' when hasDrawnPoint:
                    return true;
                case '0' or '#' or '?':
                    (hasDigit, isBehindDigit, hasComma) = (true, true, false);
                    break;
                case ',':
                    hasComma |= isBehindDigit;
                    break;
                case ';':
                    (hasDigit, isBehindDigit, hasDrawnPoint) = (false, false, false);
                    break;
                case '"' or '\\' or '!':
                    isBehindDigit = false;
                    hasDrawnPoint |= hasDigit && token.Contains(Point);
                    break;
                default:
                    isBehindDigit = false;
                    break;
            }
        }

        return hasComma;
    }

    // Spreadsheet programs in Chinese have the exclamation mark for a backslash, and the others for itself: it is taken for one before a point alone.
    private static int LengthOf(ReadOnlySpan<char> rest) => rest[0] switch
    {
        '"' => LengthTo(rest, '"'),
        '[' => LengthTo(rest, ']'), // A colour, a condition, a currency.
        '\\' or '_' or '*' => Math.Min(2, rest.Length), // Drawn; a blank as wide; what fills the cell.
        '!' when rest.Length > 1 && rest[1] == Point => 2,
        _ => 1,
    };

    private static int LengthTo(ReadOnlySpan<char> rest, char end) => rest[1..].IndexOf(end) is >= 0 and int found ? found + 2 : rest.Length;
}

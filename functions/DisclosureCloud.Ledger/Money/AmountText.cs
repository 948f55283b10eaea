namespace DisclosureCloud.Ledger;

/// <summary>The unit in which a department states its amounts.</summary>
public enum AmountUnit
{
    Fen,
    Yuan,
    WanYuan,
}

/// <summary>Why an amount as written could not be read.</summary>
public enum AmountFault
{
    None,
    NotANumber,

    /// <summary>A part of a fen is left over. It is never rounded away.</summary>
    NotWholeFen,

    /// <summary>Over 2^53-1 fen.</summary>
    TooLarge,
}

/// <summary>Reads an amount from the very characters of a JSON number, exactly, without floating point.</summary>
public static class AmountText
{
    /// <summary>Longer numbers are refused unread: 16 digits, a sign, a point, an exponent and room for trailing zeros.</summary>
    public const int LengthMax = 64;

    /// <param name="text">A JSON number as written (RFC 8259, section 6), such as <c>2947.76</c>.</param>
    /// <param name="unit">What one whole of it is: a fen, a yuan, or ten thousand yuan.</param>
    /// <param name="fen">The amount in fen, with its sign.</param>
    public static AmountFault TryRead(ReadOnlySpan<char> text, AmountUnit unit, out long fen) =>
        TryRead(text, unit switch { AmountUnit.Fen => 0, AmountUnit.Yuan => 2, _ => 6 }, out fen);

    /// <param name="places">How many decimal places the whole units of the result stand for.</param>
    internal static AmountFault TryRead(ReadOnlySpan<char> text, int places, out long fen)
    {
        fen = 0;
        if (text.Length > LengthMax)
        {
            return AmountFault.TooLarge;
        }

        if (!TrySplit(text, out bool negative, out Span<char> digits, stackalloc char[LengthMax], out int exponent))
        {
            return AmountFault.NotANumber;
        }

        if (digits.IsEmpty)
        {
            return AmountFault.None; // Zero, however written.
        }

        int shift = exponent + places;
        if (shift < 0)
        {
            return AmountFault.NotWholeFen;
        }

        // 2^53-1 has 16 digits, so that at most 16 are multiplied up below and a long cannot overflow.
        if (digits.Length + shift > 16)
        {
            return AmountFault.TooLarge;
        }

        foreach (char digit in digits)
        {
            fen = (fen * 10) + (digit - '0');
        }

        for (; shift > 0; shift--)
        {
            fen *= 10;
        }

        if (fen > Money.FenMax)
        {
            fen = 0;
            return AmountFault.TooLarge;
        }

        fen = negative ? -fen : fen;
        return AmountFault.None;
    }

    // The number as significant digits without leading or trailing zeros, times ten to the exponent.
    private static bool TrySplit(ReadOnlySpan<char> text, out bool negative, out Span<char> digits, Span<char> room, out int exponent)
    {
        negative = false;
        digits = room[..0];
        exponent = 0;
        int at = 0;
        if (at < text.Length && text[at] == '-')
        {
            negative = true;
            at++;
        }

        int count = 0;
        int seen = 0;
        bool fraction = false;
        for (; at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && !fraction)); at++)
        {
            if (text[at] == '.')
            {
                fraction = true;
                continue;
            }

            seen++;
            exponent -= fraction ? 1 : 0;
            if (count > 0 || text[at] != '0')
            {
                room[count++] = text[at];
            }
        }

        if (seen == 0 || !TryReadExponent(text[at..], out int power))
        {
            return false;
        }

        exponent += power;
        for (; count > 0 && room[count - 1] == '0'; count--)
        {
            exponent++;
        }

        digits = room[..count];
        return true;
    }

    private static bool TryReadExponent(ReadOnlySpan<char> text, out int power)
    {
        power = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ('e' or 'E') || text.Length < 2)
        {
            return false;
        }

        bool minus = text[1] == '-';
        ReadOnlySpan<char> rest = text[(text[1] is '-' or '+' ? 2 : 1)..];
        if (rest.IsEmpty || rest.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        rest = rest.TrimStart('0');

        // Beyond four digits the number is too large or not whole either way; what matters is that it stays a number.
        power = rest.Length > 4 ? 9999 : rest.IsEmpty ? 0 : int.Parse(rest, System.Globalization.CultureInfo.InvariantCulture);
        power = minus ? -power : power;
        return true;
    }
}

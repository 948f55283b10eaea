using System.Globalization;

namespace DisclosureCloud.Transparency;

/// <summary>The part <c>&lt;N&gt;[.p/&lt;W&gt;]</c> of the paths of tiles and entry bundles (tlog-tiles, "Merkle Tree").</summary>
internal static class TilePath
{
    private const string PartialMark = ".p/";

    // 2^54 bundles make the largest tree: 17 digits, six groups of three. More groups would not fit a long.
    private const int GroupsMax = 6;

    /// <summary>For example 1234067 and a width of 5: <c>x001/x234/067.p/5</c>.</summary>
    public static string Format(long index, int width)
    {
        string path = (index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (long rest = index / 1000; rest > 0; rest /= 1000)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/{path}");
        }

        return width == TileCoordinate.WidthMax ? path : string.Create(CultureInfo.InvariantCulture, $"{path}{PartialMark}{width}");
    }

    /// <summary>Reads what <see cref="Format"/> writes, and nothing else: no group of zeroes in front, no zero before a width.</summary>
    public static bool TryParse(string text, out long index, out int width)
    {
        index = 0;
        width = TileCoordinate.WidthMax;
        int mark = text.IndexOf(PartialMark, StringComparison.Ordinal);
        if (mark >= 0)
        {
            if (!TryParseNumber(text[(mark + PartialMark.Length)..], TileCoordinate.WidthMax - 1, out width) || width == 0)
            {
                return false;
            }

            text = text[..mark];
        }

        string[] groups = text.Split('/');
        if (groups.Length > GroupsMax || (groups.Length > 1 && groups[0] == "x000"))
        {
            return false;
        }

        for (int i = 0; i < groups.Length; i++)
        {
            string digits = i == groups.Length - 1 ? groups[i] : groups[i].StartsWith('x') ? groups[i][1..] : "";
            if (digits.Length != 3 || !digits.All(char.IsAsciiDigit))
            {
                return false;
            }

            index = (index * 1000) + int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return true;
    }

    /// <summary>A number of up to three digits, without a zero in front.</summary>
    public static bool TryParseNumber(string text, int max, out int number)
    {
        number = 0;
        return text.Length is > 0 and <= 3
            && text.All(char.IsAsciiDigit)
            && (text.Length == 1 || text[0] != '0')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= max;
    }
}

using System.Globalization;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Cells by the names that spreadsheet programs show: <c>E7</c>.</summary>
internal static class CellName
{
    private const int LetterCount = 26;

    /// <summary>The last column and row that there are in XLSX: XFD1048576.</summary>
    public const int ColumnMax = 16_384;
    public const int RowMax = 1_048_576;

    /// <param name="column">From 1.</param>
    /// <param name="row">From 1.</param>
    public static string Of(int column, int row) => string.Create(CultureInfo.InvariantCulture, $"{Letters(column)}{row}");

    public static string Letters(int column)
    {
        string letters = "";
        for (; column > 0; column = (column - 1) / LetterCount)
        {
            letters = (char)('A' + ((column - 1) % LetterCount)) + letters;
        }

        return letters;
    }

    public static (int Column, int Row)? Parse(ReadOnlySpan<char> name)
    {
        int column = 0;
        int at = 0;
        for (; at < name.Length && at < 3 && char.IsAsciiLetterUpper(name[at]); at++)
        {
            column = (column * LetterCount) + (name[at] - 'A') + 1;
        }

        return column is >= 1 and <= ColumnMax
            && int.TryParse(name[at..], NumberStyles.None, CultureInfo.InvariantCulture, out int row) && row is >= 1 and <= RowMax
                ? (column, row)
                : null;
    }
}

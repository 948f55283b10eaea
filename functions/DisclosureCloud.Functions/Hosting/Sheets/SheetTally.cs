using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Counts what has been read of a file, of all its sheets together, and says when it is too much.</summary>
internal sealed class SheetTally
{
    private int _rowCount;
    private int _postingCount;
    private long _textLength;

    /// <summary>What is wrong with one more row; null while there is room. An empty row counts for nothing.</summary>
    public Finding? Add(IReadOnlyList<SheetCell> cells)
    {
        long length = cells.Sum(cell => (long)cell.Text.Length);
        _textLength += length;
        if (length > SheetLimits.RowLengthMax)
        {
            return new Finding("", "row-too-long", "The row holds more than a posting may.", Text(length), $"at most {Text(SheetLimits.RowLengthMax)} characters");
        }

        if (_textLength > SheetLimits.TextLengthMax)
        {
            return new Finding("", "too-much-text", "The file holds more text than a file of postings may. Split it.", null, $"at most {Text(SheetLimits.TextLengthMax)} characters");
        }

        return cells.Count > 0 && ++_rowCount > SheetLimits.RowCountMax + SheetLimits.OtherRowCountMax ? TooMany() : null;
    }

    /// <summary>What is wrong with one more row that is a posting.</summary>
    public Finding? AddPosting() => ++_postingCount > SheetLimits.RowCountMax ? TooMany() : null;

    private static Finding TooMany() => new("", "too-many-rows", "The file has more rows than are taken at once. Split it.", null, $"at most {Text(SheetLimits.RowCountMax)} postings");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

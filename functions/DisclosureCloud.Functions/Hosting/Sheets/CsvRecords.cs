using System.Text;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Reads the records of a CSV file one by one, as strictly as RFC 4180: what two programs could read differently is refused.</summary>
internal sealed class CsvRecords(TextReader reader)
{
    private const char Separator = ',';
    private const char Quote = '"';
    private const int End = -1;

    private readonly StringBuilder _cell = new();

    /// <summary>The number of the record that was read last, from 1.</summary>
    public int Row { get; private set; }

    /// <summary>Reads a record; false at the end of the file.</summary>
    /// <param name="cells">Takes its cells that are not empty. One that is too long has that for its value.</param>
    /// <param name="fault">What is wrong with the quotes; null where nothing is. Where the record ends is not known then.</param>
    public bool TryRead(List<SheetCell> cells, out string? fault)
    {
        fault = null;
        cells.Clear();
        if (reader.Peek() == End)
        {
            return false;
        }

        Row++;
        for (int column = 1; ; column++)
        {
            bool tooLong = reader.Peek() == Quote ? ReadQuoted(out fault) : ReadPlain(out fault);
            if (fault is not null)
            {
                return true;
            }

            Add(cells, column, tooLong);
            int next = reader.Read();
            if (next == '\r' && reader.Peek() == '\n')
            {
                _ = reader.Read();
            }

            if (next != Separator)
            {
                return true;
            }
        }
    }

    // Beyond the last column that there may be, one cell shows that there are more.
    private void Add(List<SheetCell> cells, int column, bool tooLong)
    {
        string text = Site.Data.FormulaGuard.Unguard(_cell.ToString()).Trim();
        if (text.Length > 0 && !(cells.Count > 0 && cells[^1].Column > SheetLimits.ColumnCountMax))
        {
            cells.Add(new SheetCell(column, text, Fault: tooLong ? CellFault.TooLong : CellFault.None));
        }
    }

    private bool ReadPlain(out string? fault)
    {
        _cell.Clear();
        fault = null;
        bool tooLong = false;
        for (int next = reader.Peek(); next is not (Separator or '\r' or '\n' or End); next = reader.Peek())
        {
            if (next == Quote)
            {
                fault = "A quotation mark stands within a cell that does not begin with one. Put the cell in quotation marks, and double each within it.";
                return false;
            }

            tooLong |= !Append((char)reader.Read());
        }

        return tooLong;
    }

    private bool ReadQuoted(out string? fault)
    {
        _cell.Clear();
        fault = null;
        bool tooLong = false;
        _ = reader.Read();
        while (true)
        {
            int next = reader.Read();
            if (next == End)
            {
                fault = "A cell begins with a quotation mark and does not end with one.";
                return false;
            }

            if (next == Quote && reader.Peek() != Quote)
            {
                break;
            }

            if (next == Quote)
            {
                _ = reader.Read();
            }

            tooLong |= !Append((char)next);
        }

        if (reader.Peek() is not (Separator or '\r' or '\n' or End))
        {
            fault = "Something stands between the quotation mark that ends a cell and the comma after it.";
        }

        return tooLong;
    }

    private bool Append(char c)
    {
        if (_cell.Length >= SheetLimits.CellLengthMax)
        {
            return false;
        }

        _cell.Append(c);
        return true;
    }
}

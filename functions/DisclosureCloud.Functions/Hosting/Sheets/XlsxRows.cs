using System.Collections;
using System.Globalization;
using System.Text;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Reads the rows of one worksheet one after another.</summary>
internal sealed class XlsxRows(XmlPart xml, SharedStrings strings, XlsxFormats formats) : IDisposable
{
    private readonly BitArray _hiddenColumns = new(SheetLimits.ColumnCountMax + 1);
    private readonly StringBuilder _value = new();

    /// <summary>The row that was read last, from 1.</summary>
    public int Row { get; private set; }

    /// <summary>True where nobody sees that row.</summary>
    public bool IsRowHidden { get; private set; }

    /// <summary>Its cells that are not empty, from left to right.</summary>
    public List<SheetCell> Cells { get; } = [];

    /// <summary>The first cells that are merged into one, as <c>A1:B2</c>; known after the last row.</summary>
    public string? Merged { get; private set; }

    public bool IsColumnHidden(int column) => column < _hiddenColumns.Length && _hiddenColumns[column];

    /// <summary>Goes on to the next row; false after the last one, when the part was read to its end.</summary>
    public bool TryRead()
    {
        while (xml.ReadElement())
        {
            switch (xml.Name)
            {
                case "row":
                    ReadRow();
                    return true;
                case "col" when XlsxBook.IsTrue(xml.Attribute("hidden")):
                    Hide(Number(xml.Attribute("min")), Number(xml.Attribute("max")));
                    break;
                case "mergeCell":
                    Merged ??= xml.Attribute("ref");
                    break;
                default:
                    break;
            }
        }

        return false;
    }

    public void Dispose() => xml.Dispose();

    private void Hide(int first, int last)
    {
        for (int column = first; column <= last && column < _hiddenColumns.Length; column++)
        {
            _hiddenColumns[column] = true;
        }
    }

    private void ReadRow()
    {
        Cells.Clear();
        int row = xml.Attribute("r") is { } number ? Number(number) : Row + 1;
        if (row <= Row || row > CellName.RowMax)
        {
            throw new DamagedFileException("The rows of a sheet are not in their order.");
        }

        (Row, IsRowHidden) = (row, XlsxBook.IsTrue(xml.Attribute("hidden")));
        if (xml.IsEmpty)
        {
            return;
        }

        int last = 0;
        int depth = xml.Depth;
        while (xml.ReadElement(depth))
        {
            if (xml.Name == "c")
            {
                last = ReadCell(last);
            }
        }
    }

    private int ReadCell(int last)
    {
        int column = last + 1;
        if (xml.Attribute("r") is { } name)
        {
            column = CellName.Parse(name) is { } at && at.Row == Row ? at.Column : 0;
        }

        if (column <= last || column > CellName.ColumnMax)
        {
            throw new DamagedFileException("The cells of a row are not in their order.");
        }

        string type = xml.Attribute("t") ?? "n";
        bool isScaled = formats.IsScaled(xml.Attribute("s"));
        (string? text, bool hasValue, bool hasFormula) = ReadValue();
        SheetCell cell = CellOf(column, type, text, hasValue, hasFormula);
        cell = cell with { IsScaled = isScaled && cell.IsNumber };

        // Beyond the last column that there may be, one cell shows that there are more.
        if ((cell.Text.Length > 0 || cell.Fault != CellFault.None) && !(Cells.Count > 0 && Cells[^1].Column > SheetLimits.ColumnCountMax))
        {
            Cells.Add(cell);
        }

        return column;
    }

    // Null for a text that is too long.
    private (string? Text, bool HasValue, bool HasFormula) ReadValue()
    {
        string? text = "";
        bool hasValue = false;
        bool hasFormula = false;
        if (xml.IsEmpty)
        {
            return (text, hasValue, hasFormula);
        }

        int depth = xml.Depth;
        while (xml.ReadElement(depth))
        {
            switch (xml.Name)
            {
                case "v":
                    hasValue = true;
                    _value.Clear();
                    text = xml.ReadText(_value, SheetLimits.CellLengthMax) ? _value.ToString() : null;
                    break;
                case "is":
                    hasValue = true;
                    text = SharedStrings.RichText(xml);
                    break;
                case "f":
                    hasFormula = true;
                    xml.Skip();
                    break;
                default:
                    xml.Skip();
                    break;
            }
        }

        return (text, hasValue, hasFormula);
    }

    private SheetCell CellOf(int column, string type, string? text, bool hasValue, bool hasFormula)
    {
        // What a program writes that computes nothing: no value, or an empty one where it is not the empty text that a formula gave.
        if (hasFormula && (!hasValue || (text is { Length: 0 } && type != "str")))
        {
            return new SheetCell(column, "", Fault: CellFault.FormulaWithoutValue);
        }

        if (type == "s" && hasValue && text is not null && !strings.TryGet(text.Trim(), out text))
        {
            throw new DamagedFileException("A cell names a text that the workbook does not have.");
        }

        if (text is null)
        {
            return new SheetCell(column, "", Fault: CellFault.TooLong);
        }

        text = text.Trim();
        return type switch
        {
            "e" when text.Length > 0 => new SheetCell(column, text, Fault: CellFault.Error),
            "b" when text.Length > 0 => new SheetCell(column, XlsxBook.IsTrue(text) ? "TRUE" : "FALSE"),
            "d" => new SheetCell(column, text.EndsWith("T00:00:00", StringComparison.Ordinal) ? text[..^"T00:00:00".Length] : text),
            "n" when SheetNumber.Plain(text) is { } number && text.Length > 0 => new SheetCell(column, number, IsNumber: true),
            "str" => new SheetCell(column, SharedStrings.Unescape(text).Trim()),
            _ => new SheetCell(column, text),
        };
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}

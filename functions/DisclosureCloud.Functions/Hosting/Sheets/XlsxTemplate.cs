using System.Globalization;
using System.Xml;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>The template of a kind as an XLSX workbook: a sheet to fill in and one that explains. The same bytes each time.</summary>
internal static class XlsxTemplate
{
    // A header and a comment stand above what is filled in.
    private const int FirstRow = 3;

    /// <summary>What a list of choices may have, in UTF-16 units; spreadsheet programs take a file for damaged where it is longer.</summary>
    private const int ListLengthMax = 255;

    private const int ColumnWidth = 22;

    public static byte[] Make(KindSchema kind)
    {
        // The name of the sheet says the kind already.
        KindColumn[] columns = [.. KindColumns.Of(kind, SheetTemplates.GroupCount).Where(column => column.Name != KindColumns.KindName)];
        return XlsxFile.Write([
            (kind.Name, xml => WriteForm(xml, columns)),
            ("说明", xml => WriteExplanation(xml, [.. TemplateWords.Explanation(kind)])),
        ]);
    }

    private static void WriteForm(XmlWriter xml, KindColumn[] columns)
    {
        WriteFrozenHeader(xml);
        xml.WriteStartElement("cols");
        for (int i = 0; i < columns.Length; i++)
        {
            WriteColumn(xml, i + 1, ColumnWidth, StyleOf(columns[i]));
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData");
        WriteRow(xml, 1, XlsxStyle.Header, columns.Select(TemplateWords.Header));
        WriteRow(xml, 2, XlsxStyle.Comment, columns.Select((column, index) => (index == 0 ? "# " : "") + TemplateWords.Comment(column)));
        xml.WriteEndElement();
        WriteChoices(xml, columns);
    }

    private static void WriteExplanation(XmlWriter xml, string[] lines)
    {
        xml.WriteStartElement("cols");
        WriteColumn(xml, 1, 6 * ColumnWidth, XlsxStyle.Comment);
        xml.WriteEndElement();
        xml.WriteStartElement("sheetData");
        for (int i = 0; i < lines.Length; i++)
        {
            WriteRow(xml, i + 1, i == 0 ? XlsxStyle.Header : XlsxStyle.Comment, [lines[i]]);
        }

        xml.WriteEndElement();
    }

    private static void WriteFrozenHeader(XmlWriter xml)
    {
        xml.WriteStartElement("sheetViews");
        xml.WriteStartElement("sheetView");
        xml.WriteAttributeString("workbookViewId", "0");
        xml.WriteStartElement("pane");
        xml.WriteAttributeString("ySplit", "1");
        xml.WriteAttributeString("topLeftCell", "A2");
        xml.WriteAttributeString("activePane", "bottomLeft");
        xml.WriteAttributeString("state", "frozen");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteColumn(XmlWriter xml, int column, int width, XlsxStyle style)
    {
        xml.WriteStartElement("col");
        xml.WriteAttributeString("min", Text(column));
        xml.WriteAttributeString("max", Text(column));
        xml.WriteAttributeString("width", Text(width));
        xml.WriteAttributeString("style", Text((int)style));
        xml.WriteAttributeString("customWidth", "1");
        xml.WriteEndElement();
    }

    private static void WriteRow(XmlWriter xml, int row, XlsxStyle style, IEnumerable<string> texts)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", Text(row));
        int column = 0;
        foreach (string text in texts)
        {
            xml.WriteStartElement("c");
            xml.WriteAttributeString("r", CellName.Of(++column, row));
            xml.WriteAttributeString("s", Text((int)style));
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is");
            xml.WriteElementString("t", text);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // A cell that lists several values has no choice of one.
    private static void WriteChoices(XmlWriter xml, KindColumn[] columns)
    {
        (int Column, string List)[] lists = [.. columns
            .Select((column, index) => (index + 1, column is { IsList: false, ValueType.IsEnum: true } ? $"\"{string.Join(',', Code.Texts(column.ValueType))}\"" : ""))
            .Where(one => one.Item2.Length is > 0 and <= ListLengthMax)];
        if (lists.Length == 0)
        {
            return;
        }

        xml.WriteStartElement("dataValidations");
        xml.WriteAttributeString("count", Text(lists.Length));
        foreach ((int column, string list) in lists)
        {
            xml.WriteStartElement("dataValidation");
            xml.WriteAttributeString("type", "list");
            xml.WriteAttributeString("allowBlank", "1");
            xml.WriteAttributeString("showErrorMessage", "1");
            xml.WriteAttributeString("sqref", $"{CellName.Of(column, FirstRow)}:{CellName.Of(column, SheetLimits.RowCountMax + FirstRow - 1)}");
            xml.WriteElementString("formula1", list);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static XlsxStyle StyleOf(KindColumn column) =>
        column.IsList ? XlsxStyle.Text : column.HoldsNumber ? XlsxStyle.Number : column.HoldsDate ? XlsxStyle.Date : XlsxStyle.Text;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

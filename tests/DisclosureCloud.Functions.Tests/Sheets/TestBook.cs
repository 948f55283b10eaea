using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using DisclosureCloud.Functions.Hosting.Sheets;

namespace DisclosureCloud.Functions.Tests.Sheets;

/// <summary>A workbook, part by part, so that any of them can be wrong.</summary>
internal sealed class TestBook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private readonly StringBuilder _sheets = new();
    private int _count;

    /// <summary>Of the element <c>workbookPr</c>.</summary>
    public string Properties { get; set; } = "";

    /// <summary>Further content types.</summary>
    public string Types { get; set; } = "";

    /// <summary>Further relations of the workbook.</summary>
    public string BookRelations { get; set; } = "";

    /// <summary>The items of the shared strings; null for a workbook without.</summary>
    public string? Strings { get; set; }

    /// <summary>What stands within the part of the styles; null for a workbook without.</summary>
    public string? Styles { get; set; }

    public CompressionLevel Level { get; set; } = CompressionLevel.Optimal;

    /// <summary>A book of one sheet of the kind.</summary>
    public static TestBook Of(string sheet, params string[] rows) => new TestBook().Add(sheet, string.Concat(rows));

    /// <summary>A row of cells: a text, a number after <c>n:</c>, a whole element, or null for none.</summary>
    public static string Row(int row, params string?[] cells) => RowWith("", row, cells);

    public static string RowWith(string attributes, int row, params string?[] cells) => string.Create(
        CultureInfo.InvariantCulture,
        $"<row r=\"{row}\" {attributes}>{string.Concat(cells.Select((cell, index) => Cell(CellName.Of(index + 1, row), cell)))}</row>");

    /// <param name="before">What stands before the rows.</param>
    /// <param name="after">What stands after them.</param>
    public TestBook Add(string name, string rows, string state = "visible", string before = "", string after = "")
    {
        _count++;
        _sheets.Append(CultureInfo.InvariantCulture, $"<sheet name=\"{SecurityElement.Escape(name)}\" sheetId=\"{_count}\" state=\"{state}\" r:id=\"rId{_count}\"/>");
        return With(
            string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{_count}.xml"),
            $"<worksheet xmlns=\"{Main}\">{before}<sheetData>{rows}</sheetData>{after}</worksheet>");
    }

    /// <summary>Puts a part in, or another in its place.</summary>
    public TestBook With(string path, string text)
    {
        _parts[path] = text;
        return this;
    }

    public byte[] Bytes()
    {
        Dictionary<string, string> parts = new(StringComparer.Ordinal)
        {
            ["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                + Types + "</Types>",
            ["_rels/.rels"] = Of($"<Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/>"),
            ["xl/workbook.xml"] = $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><workbookPr {Properties}/><sheets>{_sheets}</sheets></workbook>",
            ["xl/_rels/workbook.xml.rels"] = Of(string.Concat(Enumerable.Range(1, _count).Select(n => string.Create(CultureInfo.InvariantCulture, $"<Relationship Id=\"rId{n}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")))
                + (Strings is null ? "" : $"<Relationship Id=\"rIdS\" Type=\"{Relations}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>")
                + (Styles is null ? "" : $"<Relationship Id=\"rIdF\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/>") + BookRelations),
        };
        if (Strings is not null)
        {
            parts["xl/sharedStrings.xml"] = $"<sst xmlns=\"{Main}\">{Strings}</sst>";
        }

        if (Styles is not null)
        {
            parts["xl/styles.xml"] = $"<styleSheet xmlns=\"{Main}\">{Styles}</styleSheet>";
        }

        foreach ((string path, string text) in _parts)
        {
            parts[path] = text;
        }

        return Zip(parts.Select(part => KeyValuePair.Create(part.Key, Encoding.UTF8.GetBytes(part.Value))), Level);
    }

    public static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> parts, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, byte[] part) in parts)
            {
                using Stream stream = zip.CreateEntry(path, level).Open();
                stream.Write(part);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>All that is read of it.</summary>
    public (List<SheetRow> Rows, SheetFindings Findings) Read() => Read(Bytes());

    public static (List<SheetRow> Rows, SheetFindings Findings) Read(byte[] file)
    {
        var findings = new SheetFindings();
        return ([.. XlsxSheet.Read(file, findings)], findings);
    }

    private static string Of(string relations) => $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>";

    private static string Cell(string name, string? text) => text switch
    {
        null => "",
        ['<', ..] => text.Replace("<c", $"<c r=\"{name}\"", StringComparison.Ordinal),
        ['n', ':', ..] => $"<c r=\"{name}\"><v>{text[2..]}</v></c>",
        _ => $"<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>",
    };
}

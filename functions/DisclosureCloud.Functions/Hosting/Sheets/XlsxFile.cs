using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>How the cells of a workbook of ours look, by the number that its styles have.</summary>
internal enum XlsxStyle
{
    Number,
    Header,
    Comment,

    /// <summary>What looks like a number stays as it is typed.</summary>
    Text,
    Date,
}

/// <summary>Writes a workbook of worksheets whose cells hold their texts themselves. The same sheets make the same bytes.</summary>
internal static class XlsxFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string TypePrefix = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    // In the order of XlsxStyle.
    private const string Styles = $"""
        <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><i/><sz val="9"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
        """;

    /// <summary>The earliest that a zip can say. When a template was made is nothing about it.</summary>
    private static readonly DateTimeOffset Written = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <param name="sheets">Their names, and what writes all that stands within the worksheet.</param>
    public static byte[] Write(IReadOnlyList<(string Name, Action<XmlWriter> Write)> sheets)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            Add(zip, "[Content_Types].xml", xml => WriteTypes(xml, sheets.Count));
            Add(zip, "_rels/.rels", xml => WriteRelations(xml, [("officeDocument", "xl/workbook.xml")]));
            Add(zip, "xl/workbook.xml", xml => WriteWorkbook(xml, sheets));
            Add(zip, "xl/_rels/workbook.xml.rels", xml => WriteRelations(
                xml, [.. sheets.Select((_, index) => ("worksheet", $"worksheets/{SheetPart(index)}")), ("styles", "styles.xml")]));
            Add(zip, "xl/styles.xml", xml => xml.WriteRaw(Styles));
            for (int i = 0; i < sheets.Count; i++)
            {
                Action<XmlWriter> write = sheets[i].Write;
                Add(zip, $"xl/worksheets/{SheetPart(i)}", xml =>
                {
                    xml.WriteStartElement("worksheet", Main);
                    write(xml);
                    xml.WriteEndElement();
                });
            }
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string path, Action<XmlWriter> write)
    {
        ZipArchiveEntry entry = zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = Written;
        using Stream stream = entry.Open();
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartDocument(standalone: true);
        write(xml);
    }

    private static void WriteTypes(XmlWriter xml, int sheetCount)
    {
        xml.WriteStartElement("Types", Types);
        WriteType("Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        WriteType("Override", "PartName", "/xl/workbook.xml", TypePrefix + "sheet.main+xml");
        WriteType("Override", "PartName", "/xl/styles.xml", TypePrefix + "styles+xml");
        for (int i = 0; i < sheetCount; i++)
        {
            WriteType("Override", "PartName", $"/xl/worksheets/{SheetPart(i)}", TypePrefix + "worksheet+xml");
        }

        xml.WriteEndElement();

        void WriteType(string element, string attribute, string of, string type)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString(attribute, of);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }
    }

    private static void WriteRelations(XmlWriter xml, IReadOnlyList<(string Type, string Target)> relations)
    {
        xml.WriteStartElement("Relationships", PackageRelations);
        for (int i = 0; i < relations.Count; i++)
        {
            xml.WriteStartElement("Relationship");
            xml.WriteAttributeString("Id", IdOf(i));
            xml.WriteAttributeString("Type", $"{Relations}/{relations[i].Type}");
            xml.WriteAttributeString("Target", relations[i].Target);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteWorkbook(XmlWriter xml, IReadOnlyList<(string Name, Action<XmlWriter> Write)> sheets)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteStartElement("sheets");
        for (int i = 0; i < sheets.Count; i++)
        {
            xml.WriteStartElement("sheet");
            xml.WriteAttributeString("name", sheets[i].Name);
            xml.WriteAttributeString("sheetId", Text(i + 1));
            xml.WriteAttributeString("r", "id", Relations, IdOf(i));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string SheetPart(int index) => $"sheet{Text(index + 1)}.xml";

    private static string IdOf(int index) => $"rId{Text(index + 1)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

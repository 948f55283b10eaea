using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>A sheet as the workbook lists it.</summary>
/// <param name="Part">Where its cells are; null where it is no worksheet, but a chart.</param>
internal sealed record XlsxSheetEntry(string Name, bool IsHidden, string? Part);

/// <summary>An opened workbook: its sheets in their order, and the strings and styles that their cells share.</summary>
internal sealed class XlsxBook
{
    private const string TypesPart = "[Content_Types].xml";
    private const string RelationsPart = "_rels/.rels";
    private const string MainType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    private const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

    // The compound files of older programs, in which an encrypted workbook is wrapped too (MS-CFB).
    private static ReadOnlySpan<byte> CompoundBeginning => [0xD0, 0xCF, 0x11, 0xE0];

    // What a workbook may hold that runs, or that is somewhere else.
    private static readonly (string InType, string Found)[] Refused =
    [
        ("macro", "macros"),
        ("vbaProject", "macros"),
        ("activeX", "controls that run"),
        ("externalLink", "links to other workbooks"),
    ];

    private readonly ZipParts _parts;
    private readonly Dictionary<string, string> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _typesByEnding = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="DamagedFileException">It is no workbook of the sort that is read here.</exception>
    public XlsxBook(ReadOnlyMemory<byte> file)
    {
        if (file.Span.StartsWith(CompoundBeginning))
        {
            throw new DamagedFileException("The file is no .xlsx, or is protected by a password. Save it as .xlsx without one.", "an encrypted workbook, or an older .xls");
        }

        _parts = new ZipParts(file);
        ReadTypes();
        string workbook = Relations(RelationsPart, "").Find(one => one.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Target
            ?? throw new DamagedFileException("The file has no workbook.", "a zip of something else");
        if (TypeOf(workbook) != MainType)
        {
            throw new DamagedFileException("The file is of another sort of office document.", "another office document");
        }

        List<Relation> relations = Relations(RelationsOf(workbook), workbook);
        Sheets = ReadSheets(workbook, relations);
        Strings = relations.Find(one => one.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)).Target is { } strings
            ? SharedStrings.Read(Open(strings, SheetLimits.StringsLengthMax))
            : SharedStrings.None;
        Formats = relations.Find(one => one.Type.EndsWith("/styles", StringComparison.Ordinal)).Target is { } styles
            ? XlsxFormats.Read(Open(styles, SheetLimits.StylesLengthMax))
            : XlsxFormats.None;
    }

    public ImmutableArray<XlsxSheetEntry> Sheets { get; }

    public SharedStrings Strings { get; }

    public XlsxFormats Formats { get; }

    /// <summary>True where dates are counted from 1904.</summary>
    public bool DatesFrom1904 { get; private set; }

    public XmlPart Open(string part, long lengthMax = SheetLimits.InflatedLengthMax) =>
        new(_parts.Open(part, lengthMax) ?? throw new DamagedFileException("A part of the workbook is missing."));

    private void ReadTypes()
    {
        using XmlPart xml = Open(TypesPart, SheetLimits.DirectoryLengthMax);
        while (xml.ReadElement())
        {
            string type = xml.Attribute("ContentType") ?? "";
            Refuse(type);
            if (xml.Attribute("PartName") is { } part)
            {
                _types[part.TrimStart('/')] = type;
            }
            else if (xml.Attribute("Extension") is { } ending)
            {
                _typesByEnding[ending] = type;
            }
        }
    }

    private static void Refuse(string type)
    {
        foreach ((string inType, string found) in Refused)
        {
            if (type.Contains(inType, StringComparison.OrdinalIgnoreCase))
            {
                throw new DamagedFileException("The workbook holds more than cells. Save it as .xlsx without them, values only.", found);
            }
        }
    }

    private string? TypeOf(string part) => _types.TryGetValue(part, out string? type)
        ? type
        : _typesByEnding.GetValueOrDefault(Path.GetExtension(part).TrimStart('.'));

    private List<Relation> Relations(string part, string of)
    {
        var found = new List<Relation>();
        using XmlPart xml = Open(part, SheetLimits.DirectoryLengthMax);
        while (xml.ReadElement())
        {
            if (xml.Name == "Relationship" && xml.Attribute("Id") is { } id && xml.Attribute("Type") is { } type && xml.Attribute("Target") is { } target)
            {
                if (xml.Attribute("TargetMode") == "External")
                {
                    throw new DamagedFileException("The workbook refers to what is elsewhere. Save it as .xlsx, values only.", "links to elsewhere");
                }

                found.Add(new Relation(id, type, Resolve(of, target)));
            }
        }

        return found;
    }

    private ImmutableArray<XlsxSheetEntry> ReadSheets(string workbook, List<Relation> relations)
    {
        ImmutableArray<XlsxSheetEntry>.Builder sheets = ImmutableArray.CreateBuilder<XlsxSheetEntry>();
        using XmlPart xml = Open(workbook, SheetLimits.DirectoryLengthMax);
        while (xml.ReadElement())
        {
            if (xml.Name == "workbookPr")
            {
                DatesFrom1904 = IsTrue(xml.Attribute("date1904"));
            }
            else if (xml.Name == "sheet" && xml.Attribute("name") is { } name)
            {
                string? part = relations.Find(one => one.Id == xml.RelationId()).Target;
                sheets.Add(new XlsxSheetEntry(name, xml.Attribute("state") is not (null or "visible"), part is not null && TypeOf(part) == SheetType ? part : null));
            }
        }

        return sheets.ToImmutable();
    }

    internal static bool IsTrue(string? text) => text is "1" or "true" or "on";

    private static string RelationsOf(string part) => $"{Folder(part)}_rels/{part[Folder(part).Length..]}.rels";

    private static string Folder(string part) => part[..(part.LastIndexOf('/') + 1)];

    private static string Resolve(string from, string target) => target.StartsWith('/') ? target[1..] : Folder(from) + target;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Relation(string Id, string Type, string Target);
}

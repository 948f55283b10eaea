using System.Globalization;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Which of a workbook's styles show a number as another than it is. Nothing else of them is looked at.</summary>
internal sealed class XlsxFormats
{
    /// <summary>Of a workbook without styles, whose cells show what they hold.</summary>
    public static readonly XlsxFormats None = new();

    // 0% and 0.00%, which no workbook writes out (ECMA-376, part 1, 18.8.30). None of the others that are known by number scales.
    private static readonly int[] Percents = [9, 10];

    // By the number that cells name.
    private readonly List<bool> _isScaled = [];

    /// <exception cref="DamagedFileException">There are more styles than a workbook has.</exception>
    public static XlsxFormats Read(XmlPart xml)
    {
        using (xml)
        {
            var scaled = new HashSet<int>(Percents);
            List<Style> parents = [];
            List<Style> styles = [];
            while (xml.ReadElement())
            {
                // Formats of the same name also stand deeper, in those that depend on a condition, and have numbers of their own.
                switch (xml.Name)
                {
                    case "numFmts" when xml.Depth == 1:
                        ReadFormats(xml, scaled);
                        break;
                    case "cellStyleXfs" when xml.Depth == 1:
                        ReadStyles(xml, parents);
                        break;
                    case "cellXfs" when xml.Depth == 1:
                        ReadStyles(xml, styles);
                        break;
                    default:
                        break;
                }
            }

            // Once all is read, since nothing says that the formats come first.
            var formats = new XlsxFormats();
            formats._isScaled.AddRange(styles.Select(style => scaled.Contains(style.Format ?? parents.ElementAtOrDefault(style.Parent).Format ?? 0)));
            return formats;
        }
    }

    /// <summary>True where a number in a cell of this style looks like another.</summary>
    /// <param name="style">As the cell names it; null where it names none, and has the first.</param>
    public bool IsScaled(string? style) => (Number(style) ?? 0) is >= 0 and int index && index < _isScaled.Count && _isScaled[index];

    private static void ReadFormats(XmlPart xml, HashSet<int> scaled)
    {
        if (xml.IsEmpty)
        {
            return;
        }

        int depth = xml.Depth;
        while (xml.ReadElement(depth))
        {
            if (xml.Name == "numFmt" && Number(xml.Attribute("numFmtId")) is { } number && NumberFormat.Scales(xml.Attribute("formatCode") ?? ""))
            {
                scaled.Add(number);
            }

            Bound(scaled.Count);
        }
    }

    private static void ReadStyles(XmlPart xml, List<Style> styles)
    {
        if (xml.IsEmpty)
        {
            return;
        }

        int depth = xml.Depth;
        while (xml.ReadElement(depth))
        {
            if (xml.Name == "xf")
            {
                styles.Add(new Style(Number(xml.Attribute("numFmtId")), Number(xml.Attribute("xfId")) ?? 0));
            }

            Bound(styles.Count);
        }
    }

    private static void Bound(int count)
    {
        if (count > SheetLimits.StyleCountMax)
        {
            throw new DamagedFileException("The workbook has more styles than any spreadsheet program writes.");
        }
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <param name="Format">Number of its number format; null where that of its parent counts.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Style(int? Format, int Parent);
}

using System.Globalization;
using System.Text;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>The texts of a workbook that its cells name by their numbers.</summary>
internal sealed class SharedStrings
{
    /// <summary>Of a workbook whose cells hold their texts themselves.</summary>
    public static readonly SharedStrings None = new();

    // Null for one that is longer than a cell may be. Whether any cell names it is seen later.
    private readonly List<string?> _texts = [];

    public static SharedStrings Read(XmlPart xml)
    {
        using (xml)
        {
            var strings = new SharedStrings();
            while (xml.ReadElement())
            {
                if (xml.Name == "si")
                {
                    strings._texts.Add(RichText(xml));
                }

                if (strings._texts.Count > SheetLimits.StringCountMax)
                {
                    throw new DamagedFileException("The workbook has more texts than are read.");
                }
            }

            return strings;
        }
    }

    /// <summary>The text that a cell names; null with true where it is too long.</summary>
    /// <returns>False where there is none of that number.</returns>
    public bool TryGet(string number, out string? text)
    {
        text = null;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= _texts.Count)
        {
            return false;
        }

        text = _texts[index];
        return true;
    }

    /// <summary>The text of the element that was reached: its runs joined, without what tells how to pronounce them. Null where it is too long.</summary>
    public static string? RichText(XmlPart xml)
    {
        if (xml.IsEmpty)
        {
            return "";
        }

        int depth = xml.Depth;
        bool fits = true;
        var text = new StringBuilder();
        while (xml.ReadElement(depth))
        {
            switch (xml.Name)
            {
                case "t":
                    fits &= xml.ReadText(text, SheetLimits.CellLengthMax);
                    break;
                case "rPh":
                    xml.Skip();
                    break;
                default:
                    break;
            }
        }

        return fits ? Unescape(text.ToString()) : null;
    }

    /// <summary>What XML cannot hold is written as _x000D_ (ST_Xstring).</summary>
    /// <remarks>Halves of surrogate pairs stand for no character by themselves and stay as they are.</remarks>
    public static string Unescape(string text)
    {
        const int Length = 7;
        if (!text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            if (at + Length <= text.Length && text[at] == '_' && text[at + 1] == 'x' && text[at + Length - 1] == '_'
                && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code) && !char.IsSurrogate((char)code))
            {
                plain.Append((char)code);
                at += Length;
            }
            else
            {
                plain.Append(text[at++]);
            }
        }

        return plain.ToString();
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Reads the postings of a CSV file, one a row.</summary>
internal static class CsvSheet
{
    private static readonly string[] Utf8Names = ["utf-8", "utf8"];

    // What Chinese spreadsheet programs call it. The newest of the three holds the other two.
    private static readonly string[] Gb18030Names = ["gb18030", "gbk", "gb2312"];

    private static readonly Finding WithoutKind = new(
        "", "no-kind-column", "No column has the name 'kind', so that nobody knows what the rows are. The template has it.", null, KindColumns.KindName);

    /// <summary>Reads row by row; never more than one is in memory.</summary>
    /// <param name="charset">Of the content type; null where none is named, and then UTF-8.</param>
    /// <param name="findings">What is wrong with the file or its rows. It is whole when the last row was read.</param>
    public static IEnumerable<SheetRow> Read(ReadOnlyMemory<byte> file, string? charset, SheetFindings findings)
    {
        if (Decode(file, charset, findings) is not { } text)
        {
            yield break;
        }

        using (text)
        {
            var records = new CsvRecords(text);
            var table = new SheetTable(null, new SheetTally(), findings) { WithoutKind = WithoutKind };
            var cells = new List<SheetCell>();
            while (!table.HasEnded && !findings.IsFull && TryRead(records, cells, findings))
            {
                if (table.Take(records.Row, cells) is { } row)
                {
                    yield return row;
                }
            }
        }
    }

    private static bool TryRead(CsvRecords records, List<SheetCell> cells, SheetFindings findings)
    {
        try
        {
            bool read = records.TryRead(cells, out string? fault);
            if (fault is not null)
            {
                findings.Add(null, records.Row, null, new Finding("", "bad-csv", fault));
                return false;
            }

            if (cells.Exists(cell => cell.Fault == CellFault.None && HasLoneSurrogate(cell.Text)))
            {
                findings.Add(null, records.Row, null, NotGb18030());
                return false;
            }

            return read;
        }
        catch (DecoderFallbackException)
        {
            // UTF-8 was looked at before, so that it is the other. What could not be read is not told: it may be anything.
            findings.Add(null, records.Row, null, NotGb18030());
            return false;
        }
    }

    // A byte order mark says more surely than a header what the file is.
    private static StreamReader? Decode(ReadOnlyMemory<byte> file, string? charset, SheetFindings findings)
    {
        bool marked = file.Span.StartsWith("\uFEFF"u8);
        ReadOnlyMemory<byte> text = marked ? file["\uFEFF"u8.Length..] : file;
        if (marked || charset is null || Utf8Names.Contains(charset, StringComparer.OrdinalIgnoreCase))
        {
            if (Utf8.IsValid(text.Span))
            {
                return new StreamReader(Stream(text), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
            }

            findings.Add(null, null, null, new Finding(
                "", "not-utf8", "The file is not UTF-8. Save it as \"CSV UTF-8 (comma delimited)\", or name its charset, gb18030, in Content-Type."));
            return null;
        }

        if (Gb18030Names.Contains(charset, StringComparer.OrdinalIgnoreCase))
        {
            Encoding strict = CodePagesEncodingProvider.Instance.GetEncoding("gb18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
            return new StreamReader(Stream(text), strict, detectEncodingFromByteOrderMarks: false);
        }

        findings.Add(null, null, null, new Finding("", "unsupported-charset", "The charset is none that is read here. Save the file as \"CSV UTF-8 (comma delimited)\".", null, "utf-8, gb18030, gbk or gb2312"));
        return null;
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);

    private static Finding NotGb18030() => new("", "not-gb18030", "The file is not GB 18030, as its content type says. Save it as \"CSV UTF-8 (comma delimited)\".");

    // GB 18030 has numbers for what stands for no character.
    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return true;
            }
        }

        return false;
    }
}

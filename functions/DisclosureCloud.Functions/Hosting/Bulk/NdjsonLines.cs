using System.Globalization;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>Reads a posting a line: JSON values between line feeds, as ndjson.org has them.</summary>
internal static class NdjsonLines
{
    /// <summary>In bytes: a posting has so much over HTTP, too.</summary>
    private const int LineLengthMax = Http.JsonBody.LengthMax;

    /// <summary>The lines in which something stands; one that is empty is none.</summary>
    public static IEnumerable<SheetRow> Read(ReadOnlyMemory<byte> file, SheetFindings findings)
    {
        ReadOnlyMemory<byte> rest = file;
        for (int number = 1; rest.Length > 0; number++)
        {
            int end = rest.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Length > LineLengthMax)
            {
                findings.Add(null, number, null, new Finding(
                    "", "line-too-long", "A line is one posting.", null, string.Create(CultureInfo.InvariantCulture, $"at most {LineLengthMax} bytes")));
                yield break;
            }

            if (line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                yield return new SheetRow(null, number, line.ToArray(), _ => null);
            }
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>A page in one of its forms: JSON has all of it; NDJSON and CSV have the entries alone.</summary>
internal static class EntryAnswer
{
    public static string MediaType(EntryFormat format) => format switch
    {
        EntryFormat.Json => "application/json",
        EntryFormat.Ndjson => "application/x-ndjson",
        EntryFormat.Csv => "text/csv",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Say of which type it is."),
    };

    public static byte[] Bytes(EntryPage page, EntryFormat format) => format switch
    {
        EntryFormat.Json => JsonSerializer.SerializeToUtf8Bytes(page, AnswerJson.Options),
        EntryFormat.Ndjson => Utf8(page.Entries.Select(entry => JsonSerializer.Serialize(entry, AnswerJson.Options) + "\n")),
        _ => Utf8(page.Entries.Select(EntryTable.Row).Prepend(EntryTable.Header)),
    };

    /// <summary>What was read, as a structured field (RFC 9651), since two of the forms have no room for it.</summary>
    public static string ReadText(EntryPage page) => string.Create(
        CultureInfo.InvariantCulture,
        $"tree-size={page.TreeSize}, segments={page.Read.Segments}, blocks={page.Read.Blocks}, bytes={page.Read.Bytes}");

    private static byte[] Utf8(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines));
}

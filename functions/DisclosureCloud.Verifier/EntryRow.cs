using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DisclosureCloud.Verifier;

/// <summary>One row of the table of entries, as the data have it: what it must have in common with its leaf.</summary>
/// <param name="Key">Of the entry's id.</param>
/// <param name="Digest">Of kind, date, amount, and who recorded it when and how.</param>
internal readonly record struct EntryRow(string Id, EntryKey Key, EntryKey Digest)
{
    private static readonly string[] Columns = ["entry", "kind", "date", "amountFen", "recordedAt", "department", "channel"];

    // Rows of longer texts are put together on the heap.
    private const int StackBytesMax = 512;

    /// <summary>What the row of a leaf must have.</summary>
    public static EntryKey DigestOf(LeafFields leaf)
    {
        Span<byte> text = stackalloc byte[StackBytesMax];
        int at = 0;
        bool fits = Put(text, ref at, leaf.Utf8Of(LeafField.Kind)) && Put(text, ref at, leaf.Utf8Of(LeafField.Date)) && Put(text, ref at, leaf.DigitsOf(LeafField.AmountFen))
            && Put(text, ref at, leaf.Utf8Of(LeafField.RecordedAt)) && Put(text, ref at, leaf.Utf8Of(LeafField.Department)) && Put(text, ref at, leaf.Utf8Of(LeafField.Channel));
        return fits
            ? EntryKey.Of(text[..at])
            : DigestOf(
                leaf.TextOf(LeafField.Kind) ?? "", leaf.TextOf(LeafField.Date), leaf.NumberOf(LeafField.AmountFen)?.ToString(CultureInfo.InvariantCulture),
                leaf.TextOf(LeafField.RecordedAt), leaf.TextOf(LeafField.Department), leaf.TextOf(LeafField.Channel));
    }

    /// <summary>Reads one line of <c>data/entries.ndjson</c>.</summary>
    /// <exception cref="FormatException">No object, or one without an entry's id.</exception>
    public static EntryRow OfJson(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            return row.ValueKind == JsonValueKind.Object && row.TextOf("entry"u8) is { } id
                ? new EntryRow(id, EntryKey.Of(id), DigestOf(
                    row.TextOf("kind"u8) ?? "", row.TextOf("date"u8), row.NumberOf("amountFen"u8)?.ToString(CultureInfo.InvariantCulture), row.TextOf("recordedAt"u8), row.TextOf("department"u8), row.TextOf("channel"u8)))
                : throw new FormatException("is no row of an entry.");
        }
        catch (JsonException fault)
        {
            throw new FormatException("is no JSON.", fault);
        }
    }

    /// <summary>Finds the columns in the header of <c>data/entries.csv</c>.</summary>
    /// <exception cref="FormatException">One of them is not there.</exception>
    public static int[] Places(IReadOnlyList<string> header) =>
    [
        .. Columns.Select(name => header.ToList().IndexOf(name) is >= 0 and var place ? place : throw new FormatException($"has no column {name}.")),
    ];

    /// <exception cref="FormatException">The row has fewer cells than the header.</exception>
    public static EntryRow OfCells(IReadOnlyList<string> cells, int[] places)
    {
        if (cells.Count <= places.Max())
        {
            throw new FormatException("has fewer cells than the header.");
        }

        string[] row = [.. places.Select(place => cells[place])];
        return new EntryRow(row[0], EntryKey.Of(row[0]), DigestOf(row[1], row[2], row[3], row[4], row[5], row[6]));
    }

    private static bool Put(Span<byte> text, ref int at, ReadOnlySpan<byte> part)
    {
        if (!part.TryCopyTo(text[at..]) || at + part.Length == text.Length)
        {
            return false;
        }

        at += part.Length;
        text[at++] = (byte)'\n';
        return true;
    }

    // What is not stated is left out of a leaf, null in JSON, empty in CSV.
    private static EntryKey DigestOf(string kind, string? date, string? amountFen, string? recordedAt, string? department, string? channel)
    {
        var text = new StringBuilder(128);
        foreach (string? part in (ReadOnlySpan<string?>)[kind, date, amountFen, recordedAt, department, channel])
        {
            text.Append(part).Append('\n');
        }

        return EntryKey.Of(text.ToString());
    }
}

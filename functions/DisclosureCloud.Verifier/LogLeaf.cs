using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DisclosureCloud.Verifier;

/// <summary>What is taken from one leaf of the log.</summary>
internal sealed class LogLeaf
{
    public const string PublicationKind = "publication";
    public const string SealKind = "archive-seal";
    public const string RedactionKind = "redaction";

    /// <summary>The version of the form in which entries are written.</summary>
    private const int Format = 1;

    private LogLeaf(long index, string? fault)
    {
        Index = index;
        Fault = fault;
    }

    /// <summary>Its leaf index, from 0.</summary>
    public long Index { get; }

    /// <summary>Why it is no leaf; null where it is one.</summary>
    public string? Fault { get; }

    /// <summary>The entry's id in UTF-8, as long as its bundle is there.</summary>
    public ReadOnlyMemory<byte> Utf8Id { get; private init; }

    /// <summary>The entry's id.</summary>
    public string Id => Encoding.UTF8.GetString(Utf8Id.Span);

    public EntryKey Key { get; private init; }

    public string Kind { get; private init; } = "";

    /// <summary>True for an entry of the ledger: one that positions count.</summary>
    public bool IsFact => Kind is not (PublicationKind or SealKind);

    /// <summary>What the entry's row in the data must say too.</summary>
    public EntryKey Row { get; private init; }

    /// <summary>What it does to the books.</summary>
    public LoggedMovement Movement { get; private init; }

    /// <summary>What few movements have.</summary>
    public MovementDetails Details { get; private init; } = MovementDetails.None;

    /// <summary>The commitments in it, in their order, in hexadecimal, as long as its bundle is there.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Commitments { get; private init; } = [];

    /// <summary>How many of them have an opening in the data.</summary>
    public int Open { get; set; }

    /// <summary>The whole leaf, of a kind whose fields are asked for later: a publication, a seal, a redaction.</summary>
    public JsonElement? Json { get; private init; }

    /// <param name="index">Its leaf index, from 0.</param>
    /// <param name="bytes">The leaf.</param>
    /// <param name="fields">What it is read with: one for many leaves, on one thread.</param>
    /// <param name="names">Of the whole log; its first names are <see cref="LoggedMovement.Kinds"/>.</param>
    public static LogLeaf Read(long index, ReadOnlyMemory<byte> bytes, LeafFields fields, NameTable names)
    {
        int fault = fields.Read(bytes);
        if (fault >= 0)
        {
            return new LogLeaf(index, $"is not canonical JSON (RFC 8785) at its byte {fault}.");
        }

        if (!fields.IsObject || fields.BytesOf(LeafField.Id) is not { IsEmpty: false } id || fields.Utf8Of(LeafField.Kind).IsEmpty)
        {
            return new LogLeaf(index, "is no entry: it has no id or no kind.");
        }

        if (fields.NumberOf(LeafField.Format) != Format)
        {
            return new LogLeaf(index, $"is of a format that this program does not know; wanted {Format}.");
        }

        int number = fields.NameOf(LeafField.Kind, names);
        string kind = names[number];
        LoggedMovement movement = LoggedMovement.Read(number, fields, names);
        return new LogLeaf(index, null)
        {
            Utf8Id = id,
            Key = EntryKey.Of(id.Span),
            Kind = kind,
            Row = EntryRow.DigestOf(fields),
            Movement = movement,
            Details = movement.Kind == 0 ? MovementDetails.None : MovementDetails.Read(kind, fields),
            Commitments = fields.Commitments(),
            Json = kind is PublicationKind or SealKind or RedactionKind ? Whole(bytes) : null,
        };
    }

    private static JsonElement Whole(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }
}

/// <summary>Reads fields that may be missing or of another type.</summary>
internal static class JsonFields
{
    public static string? TextOf(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out JsonElement field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;

    public static long? NumberOf(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out JsonElement field) && field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out long number) ? number : null;

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

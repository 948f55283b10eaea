using System.Globalization;
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

    private const int DepthMax = 32;

    private LogLeaf(long index, string? fault)
    {
        Index = index;
        Fault = fault;
    }

    /// <summary>Its leaf index, from 0.</summary>
    public long Index { get; }

    /// <summary>Why it is no leaf; null where it is one.</summary>
    public string? Fault { get; }

    /// <summary>The entry's id.</summary>
    public string Id { get; private init; } = "";

    public UInt128 Key { get; private init; }

    public string Kind { get; private init; } = "";

    /// <summary>True for an entry of the ledger: one that positions count.</summary>
    public bool IsFact => Kind is not (PublicationKind or SealKind);

    /// <summary>What the entry's row in the data must say too.</summary>
    public UInt128 Row { get; private init; }

    /// <summary>What it does to the books; null where it does nothing.</summary>
    public Movement? Movement { get; private init; }

    /// <summary>The commitments in it, in their order, in hexadecimal.</summary>
    public IReadOnlyList<string> Commitments { get; private init; } = [];

    /// <summary>How many of them have an opening in the data.</summary>
    public int Open { get; set; }

    /// <summary>The whole leaf, of a kind whose fields are asked for later: a publication, a seal, a redaction.</summary>
    public JsonElement? Json { get; private init; }

    public static LogLeaf Read(long index, ReadOnlyMemory<byte> bytes)
    {
        int fault = CanonicalForm.FirstFault(bytes.Span);
        if (fault >= 0)
        {
            return new LogLeaf(index, $"is not canonical JSON (RFC 8785) at its byte {fault}.");
        }

        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = DepthMax });
        JsonElement leaf = document.RootElement;
        if (leaf.ValueKind != JsonValueKind.Object || leaf.TextOf("id"u8) is not { Length: > 0 } id || leaf.TextOf("kind"u8) is not { Length: > 0 } kind)
        {
            return new LogLeaf(index, "is no entry: it has no id or no kind.");
        }

        if (leaf.NumberOf("format"u8) != Format)
        {
            return new LogLeaf(index, $"is of a format that this program does not know; wanted {Format}.");
        }

        var commitments = new List<string>();
        AddCommitments(leaf, commitments);
        UInt128 key = EntryKey.Of(id);
        bool isAsked = kind is PublicationKind or SealKind or RedactionKind;
        return new LogLeaf(index, null)
        {
            Id = id,
            Key = key,
            Kind = kind,
            Row = EntryRow.DigestOf(
                kind, leaf.TextOf("date"u8), leaf.NumberOf("amountFen"u8), leaf.TextOf("recordedAt"u8), leaf.TextOf("department"u8), leaf.TextOf("channel"u8)),
            Movement = Movement.Read(id, key, kind, leaf),
            Commitments = commitments,
            Json = isAsked ? leaf.Clone() : null,
        };
    }

    private static void AddCommitments(JsonElement value, List<string> into)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                AddCommitments(item, into);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                // A commitment stands alone in an object, in place of the value.
                if (member.NameEquals("commitment"u8) && member.Value.ValueKind == JsonValueKind.String && value.GetPropertyCount() == 1)
                {
                    into.Add(member.Value.GetString()!);
                }
                else
                {
                    AddCommitments(member.Value, into);
                }
            }
        }
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

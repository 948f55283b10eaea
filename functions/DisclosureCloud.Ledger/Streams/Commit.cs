using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>One document that enters a stream whole or not at all: its entries, and the stream's state after them.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Version">Its place in the stream, from 0. It is also the expected version: it must be the next one.</param>
/// <param name="Id">What makes a repeated append the same one, such as the posting's id. Unique within the stream.</param>
/// <param name="RecordedAt">UTC, to the millisecond.</param>
/// <param name="Entries">The leaves, in order; empty where a posting was refused or merely changed its state.</param>
/// <param name="State">The stream's running totals or state, so that appending reads the last commit alone.</param>
public sealed record Commit(
    StreamName Stream, long Version, string Id, DateTimeOffset RecordedAt, ImmutableArray<Leaf> Entries, JsonObject State)
{
    /// <summary>The commit in canonical JSON: what a store keeps.</summary>
    public byte[] ToBytes() => CanonicalJson.Write(new JsonObject
    {
        ["commit"] = Id,
        ["entries"] = new JsonArray([.. Entries.Select(leaf => JsonNode.Parse(leaf.Bytes.Span))]),
        ["recordedAt"] = Instant.Text(RecordedAt),
        ["state"] = State.DeepClone(),
        ["stream"] = Stream.Value,
        ["version"] = Version,
    });

    /// <exception cref="JsonException">Not a commit that <see cref="ToBytes"/> wrote.</exception>
    public static Commit FromBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return FromJson(JsonNode.Parse(bytes)?.AsObject() ?? throw new JsonException("A commit is an object."));
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new JsonException($"Not a commit: {fault.Message}", fault);
        }
    }

    private static Commit FromJson(JsonObject json)
    {
        return new Commit(
            Ledger.Id.Parse<StreamName>(Value("stream").GetValue<string>()),
            Value("version").GetValue<long>(),
            Value("commit").GetValue<string>(),
            Instant.Parse(Value("recordedAt").GetValue<string>()),
            [.. Value("entries").AsArray().Select(entry => Leaf.Of(entry?.AsObject() ?? throw new JsonException("An entry is an object.")))],
            Value("state").AsObject().DeepClone().AsObject());

        JsonNode Value(string name) => json[name] ?? throw new JsonException($"A commit has '{name}'.");
    }
}

/// <summary>The canonical bytes of one entry: what becomes a leaf of the log.</summary>
/// <param name="Id">The entry's id, which the bytes hold too.</param>
/// <param name="Bytes">RFC 8785, at most <see cref="LengthMax"/> bytes.</param>
public sealed record Leaf(EntryId Id, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The version of the form in which entries are written.</summary>
    public const int Format = 1;

    /// <summary>C2SP tlog-tiles gives an entry of a bundle a length of two bytes.</summary>
    public const int LengthMax = 65_535;

    public static Leaf Of(JsonObject entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        byte[] bytes = CanonicalJson.Write(entry);
        return bytes.Length <= LengthMax
            ? new Leaf(Ledger.Id.Parse<EntryId>(entry["id"]?.GetValue<string>() ?? throw new ArgumentException("An entry has an 'id'.", nameof(entry))), bytes)
            : throw new ArgumentException($"A leaf has at most {LengthMax} bytes; this one has {bytes.Length}.", nameof(entry));
    }

    public JsonObject Json => JsonNode.Parse(Bytes.Span)!.AsObject();

    public bool Equals(Leaf? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode() => Id.GetHashCode();

    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}

/// <summary>How a moment is written: UTC, to the millisecond, always the same length.</summary>
public static class Instant
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A moment that somebody else wrote in this form; null where it is none.</summary>
    public static DateTimeOffset? TryParse(string? text) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;

    /// <summary>The moment without what is finer than a millisecond, so that it survives being written.</summary>
    public static DateTimeOffset Now(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        DateTimeOffset now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}

using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>A page of what was found, in leaf order.</summary>
internal sealed record EntryPage(
    [property: Description("The size of the tree that was looked through, on this page and on those that follow.")] long TreeSize,
    ImmutableArray<FoundEntry> Entries,
    [property: Description("What 'cursor' takes for the next page; absent on the last one. A page may hold fewer entries than asked for, or none, and not be the last.")] string? Next,
    ReadFigures Read);

/// <summary>What was read from the stores for a page.</summary>
internal sealed record ReadFigures(
    [property: Description("Segments of the archive of which a block was read.")] int Segments,
    [property: Description("Blocks of segments, and entry bundles of the tail.")] int Blocks,
    [property: Description("Bytes of indexes, blocks, bundles and openings.")] long Bytes);

/// <summary>An entry as it was recorded.</summary>
internal sealed record FoundEntry(
    [property: Description("Its place in the log, from 0.")] long LeafIndex,
    EntryId Entry,
    DateTimeOffset RecordedAt,
    DepartmentId Department,
    Channel Channel,
    AnyFact Says,
    [property: Description("Where in 'says' a value is withheld: RFC 6901 pointers. There it is null.")] ImmutableArray<string> Withheld)
{
    public static FoundEntry Of(long leafIndex, JsonElement leaf, OpenedLeaf opened) => new(
        leafIndex,
        Id.Parse<EntryId>(leaf.GetProperty("id").GetString()!),
        Instant.Parse(leaf.GetProperty("recordedAt").GetString()!),
        Id.Parse<DepartmentId>(leaf.GetProperty("department").GetString()!),
        Code.Parse<Channel>(leaf.GetProperty("channel").GetString()!),
        new AnyFact(opened.Says),
        [.. opened.Withheld]);
}

/// <summary>One fact of any kind in clear, as <see cref="OpenedFactSchema"/> describes it.</summary>
[JsonConverter(typeof(AnyFactConverter))]
internal sealed record AnyFact(JsonObject Json);

/// <summary>A fact is written as it stands.</summary>
internal sealed class AnyFactConverter : WritingConverter<AnyFact>, INamedSchema
{
    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray([.. KindSchema.All.Select(kind => (JsonNode)OpenedFactSchema.Of(kind))]),
    };

    public override void Write(Utf8JsonWriter writer, AnyFact value, JsonSerializerOptions options) => value.Json.WriteTo(writer, options);
}

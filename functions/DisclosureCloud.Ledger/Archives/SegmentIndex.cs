using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>What a segment is about: so little that it is read first, and most segments need not be read at all.</summary>
/// <remarks>
/// It stands as a line of JSON before the leaves, in the same file, so that one hash vouches for both. Lists are sorted, each code or id
/// once; a list of more than <see cref="ListMax"/> is left out, and its segment may hold any. Nothing of a forgettable value is in it: a
/// hash of a document number would tell the number to whoever tries them all.
/// </remarks>
public sealed record SegmentIndex
{
    /// <summary>The version of the form.</summary>
    public const int Format = 1;

    /// <summary>The codes and ids in a list at most, so that an index stays small beside its segment.</summary>
    public const int ListMax = 4_096;

    private static readonly FrozenDictionary<Term, string> Names = new Dictionary<Term, string>
    {
        [Term.Kind] = "kinds",
        [Term.Department] = "departments",
        [Term.Fund] = "funds",
        [Term.Project] = "projects",
        [Term.Region] = "regions",
        [Term.BudgetYear] = "budgetYears",
        [Term.Nature] = "natures",
        [Term.Source] = "sources",
    }.ToFrozenDictionary();

    /// <summary>The segment's number, from 0.</summary>
    public required long Segment { get; init; }

    public long FirstLeaf => Segment * Ledger.Segment.LeavesMax;

    /// <summary>Where the leaves lie in the file, in leaf order.</summary>
    public required ImmutableArray<SegmentBlock> Blocks { get; init; }

    /// <summary>The first and last day on which something happened; null where no entry says when.</summary>
    public required (string From, string To)? Dates { get; init; }

    /// <summary>The first and last moment of recording, as <see cref="Instant"/> writes them.</summary>
    public required (string From, string To) RecordedAt { get; init; }

    /// <summary>The smallest and largest amount that an entry states, in fen; null where none states any.</summary>
    public required (long Min, long Max)? AmountsFen { get; init; }

    internal FrozenDictionary<Term, ImmutableArray<string>> Lists { get; init; } = FrozenDictionary<Term, ImmutableArray<string>>.Empty;

    /// <summary>Every code or id of that sort, sorted; null where there are more than the index lists, so that it may be any.</summary>
    public ImmutableArray<string>? Of(Term term) => Lists.TryGetValue(term, out ImmutableArray<string> list) ? list : null;

    /// <summary>False where no entry of the segment names this.</summary>
    public bool MayHave(Term term, string value) => Of(term) is not { } list || list.BinarySearch(value, StringComparer.Ordinal) >= 0;

    /// <summary>The blocks that may hold the entry: the one that does, and hardly ever another.</summary>
    public IEnumerable<int> BlocksOf(EntryId entry) => Enumerable.Range(0, Blocks.Length).Where(block => EntryKeys.MayHold(Blocks[block].Keys.Span, entry));

    /// <summary>The blocks that may hold entries of the posting.</summary>
    public IEnumerable<int> BlocksOf(PostingId posting) => Enumerable.Range(0, Blocks.Length).Where(block => EntryKeys.MayHold(Blocks[block].Keys.Span, posting));

    /// <summary>How much memory an index takes, in bytes, about: for whoever keeps several.</summary>
    public int SizeInMemory => 1_000 + Blocks.Sum(block => 200 + block.Keys.Length) + Lists.Values.Sum(list => list.Sum(text => 32 + (2 * text.Length)));

    internal JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["format"] = Format,
            ["segment"] = Segment,
            ["firstLeaf"] = FirstLeaf,
            ["leaves"] = Ledger.Segment.LeavesMax,
            ["blocks"] = new JsonArray([.. Blocks.Select(block => (JsonNode)block.ToJson())]),
            ["recordedAt"] = new JsonObject { ["from"] = RecordedAt.From, ["to"] = RecordedAt.To },
        };
        foreach ((Term term, ImmutableArray<string> list) in Lists)
        {
            json[Names[term]] = new JsonArray([.. list.Select(text => (JsonNode)text)]);
        }

        if (Dates is { } dates)
        {
            json["date"] = new JsonObject { ["from"] = dates.From, ["to"] = dates.To };
        }

        if (AmountsFen is { } amounts)
        {
            json["amountFen"] = new JsonObject { ["min"] = amounts.Min, ["max"] = amounts.Max };
        }

        return json;
    }

    /// <exception cref="FormatException">Not what <see cref="ToJson"/> gives.</exception>
    internal static SegmentIndex FromJson(ReadOnlyMemory<byte> line, int headSize)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement json = document.RootElement;
            long segment = json.GetProperty("segment").GetInt64();
            var index = new SegmentIndex
            {
                Segment = segment is >= 0 and < Ledger.Segment.NumberMax ? segment : throw new FormatException($"There is no segment {segment}."),
                Blocks = SegmentBlock.Read(json.GetProperty("blocks"), headSize),
                Dates = json.TryGetProperty("date", out JsonElement dates) ? Range(dates) : null,
                RecordedAt = Range(json.GetProperty("recordedAt")),
                AmountsFen = json.TryGetProperty("amountFen", out JsonElement amounts) ? (amounts.GetProperty("min").GetInt64(), amounts.GetProperty("max").GetInt64()) : null,
                Lists = Names.Where(pair => json.TryGetProperty(pair.Value, out _)).ToFrozenDictionary(pair => pair.Key, pair => List(json.GetProperty(pair.Value))),
            };
            return json.GetProperty("format").GetInt32() == Format && json.GetProperty("leaves").GetInt32() == Ledger.Segment.LeavesMax
                ? index
                : throw new FormatException("The index is of another form.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The index of the segment is not of its form.", fault);
        }
    }

    private static (string From, string To) Range(JsonElement json) => (json.GetProperty("from").GetString()!, json.GetProperty("to").GetString()!);

    private static ImmutableArray<string> List(JsonElement json)
    {
        ImmutableArray<string> list = [.. json.EnumerateArray().Select(item => item.GetString()!)];
        for (int i = 1; i < list.Length; i++)
        {
            if (string.CompareOrdinal(list[i - 1], list[i]) >= 0)
            {
                throw new FormatException("A list of the index is not sorted."); // What is looked for by halves would be missed.
            }
        }

        return list;
    }
}

/// <summary>A run of 256 leaves, packed by itself: a point query unpacks one, and it is one entry bundle of the log.</summary>
/// <param name="Offset">In bytes, from the start of the file.</param>
/// <param name="Size">Packed, in bytes.</param>
/// <param name="PlainSize">Unpacked, in bytes.</param>
/// <param name="Sha256">Of the packed bytes.</param>
/// <param name="Keys">Which entries it may hold, by <c>EntryKeys</c>.</param>
public sealed record SegmentBlock(long Offset, int Size, int PlainSize, Sha256Hex Sha256, ReadOnlyMemory<byte> Keys)
{
    internal JsonObject ToJson() => new()
    {
        ["bytes"] = Size,
        ["plainBytes"] = PlainSize,
        ["sha256"] = Sha256.Value,
        ["entries"] = Convert.ToBase64String(Keys.Span),
    };

    internal static ImmutableArray<SegmentBlock> Read(JsonElement json, long offset)
    {
        ImmutableArray<SegmentBlock>.Builder blocks = ImmutableArray.CreateBuilder<SegmentBlock>();
        foreach (JsonElement item in json.EnumerateArray())
        {
            var block = new SegmentBlock(
                offset,
                item.GetProperty("bytes").GetInt32(),
                item.GetProperty("plainBytes").GetInt32(),
                Id.Parse<Sha256Hex>(item.GetProperty("sha256").GetString()!),
                item.GetProperty("entries").GetBytesFromBase64());
            if (block.Size is < 1 or > Segment.BlockSizeMax || block.PlainSize is < 1 or > Segment.BlockPlainSizeMax
                || block.Keys.Length > Segment.BlockLeaves * EntryKeys.Size || !EntryKeys.AreOrdered(block.Keys.Span))
            {
                throw new FormatException("A block of the index is not of its form.");
            }

            blocks.Add(block);
            offset += block.Size;
        }

        return blocks.Count == Segment.Blocks ? blocks.ToImmutable() : throw new FormatException($"A segment has {Segment.Blocks} blocks.");
    }
}

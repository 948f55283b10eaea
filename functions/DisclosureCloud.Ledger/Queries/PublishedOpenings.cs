using System.Globalization;
using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>A file of openings as the site has it: a line a leaf, with what opens its commitments. What is withheld is not in it.</summary>
/// <remarks>Lines are read when they are asked for. A value that does not fit its commitment is an error and never shown.</remarks>
public sealed class PublishedOpenings
{
    private readonly Dictionary<long, ReadOnlyMemory<byte>> _lines = [];

    private PublishedOpenings()
    {
    }

    public static PublishedOpenings None { get; } = new();

    /// <summary>Where the openings of a bundle lie on the site: <c>data/openings/{bundle, six digits}.ndjson</c>.</summary>
    /// <param name="bundle">The leaf index divided by 256.</param>
    public static string PathOf(long bundle) => string.Create(CultureInfo.InvariantCulture, $"data/openings/{bundle:D6}.ndjson");

    /// <exception cref="FormatException">A line does not say of which leaf it is, or two are of one.</exception>
    public static PublishedOpenings Read(ReadOnlyMemory<byte> file)
    {
        var openings = new PublishedOpenings();
        for (ReadOnlyMemory<byte> rest = file; !rest.IsEmpty;)
        {
            int end = rest.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? rest : rest[..end];
            if (!openings._lines.TryAdd(LeafOf(line.Span), line))
            {
                throw new FormatException("Two lines of openings are of one leaf.");
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return openings;
    }

    /// <summary>What opens a leaf: the values by commitment. Empty where all is withheld.</summary>
    /// <exception cref="FormatException">The line is not of its form, is of another entry, or a value does not fit its commitment.</exception>
    public IReadOnlyDictionary<Commitment, string> Of(long leafIndex, string entry)
    {
        var values = new Dictionary<Commitment, string>();
        foreach (PublishedOpening opening in AllOf(leafIndex, entry))
        {
            values[opening.Commitment] = opening.Value;
        }

        return values;
    }

    /// <summary>What opens a leaf, with the salts, in the order in which it is published. Empty where all is withheld.</summary>
    /// <exception cref="FormatException">The line is not of its form, is of another entry, or a value does not fit its commitment.</exception>
    public IReadOnlyList<PublishedOpening> AllOf(long leafIndex, string entry)
    {
        if (!_lines.TryGetValue(leafIndex, out ReadOnlyMemory<byte> line))
        {
            return [];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("entry").GetString() == entry
                ? [.. document.RootElement.GetProperty("openings").EnumerateArray().Select(Checked)]
                : throw new FormatException($"The openings of leaf {leafIndex} are of another entry than {entry}.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"The openings of leaf {leafIndex} are not of their form.", fault);
        }
    }

    private static PublishedOpening Checked(JsonElement opening)
    {
        Commitment commitment = Commitment.Parse(opening.GetProperty("commitment").GetString()!);
        string value = opening.GetProperty("value").GetString()!;
        byte[] salt = Convert.FromHexString(opening.GetProperty("salt").GetString()!);
        return salt.Length == Commitment.SaltLength && Commitment.Of(salt, value) == commitment
            ? new PublishedOpening(commitment, salt, value)
            : throw new FormatException($"The published value of commitment {commitment} does not fit it.");
    }

    // The line's own members only, as far as the one that is wanted.
    private static long LeafOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    bool isLeaf = reader.ValueTextEquals("leafIndex"u8);
                    reader.Read();
                    if (isLeaf)
                    {
                        return reader.GetInt64();
                    }

                    reader.Skip();
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new FormatException("A line of openings is no JSON.", fault);
        }

        throw new FormatException("A line of openings does not say of which leaf it is.");
    }
}

/// <summary>A value that is published, with the salt that opens its commitment.</summary>
/// <param name="Salt">32 bytes.</param>
public sealed record PublishedOpening(Commitment Commitment, ReadOnlyMemory<byte> Salt, string Value);

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

    /// <summary>What opens a leaf, with the salts, in the order in which it is published. Empty where all is withheld.</summary>
    /// <remarks>Each is held against its commitment: a file that was altered shows nothing, and hides nothing by what it says instead.</remarks>
    /// <exception cref="FormatException">The line is not of its form, is of another entry, or a value does not fit its commitment.</exception>
    public IReadOnlyList<PublishedOpening> AllOf(long leafIndex, string entry)
    {
        if (!_lines.TryGetValue(leafIndex, out ReadOnlyMemory<byte> line))
        {
            return [];
        }

        try
        {
            return LineMember.Find(line.Span, "entry"u8, out Utf8JsonReader named) && named.ValueTextEquals(entry)
                ? LineMember.Find(line.Span, "openings"u8, out Utf8JsonReader openings) ? ReadAll(ref openings) : throw new JsonException("There are no openings.")
                : throw new FormatException($"The openings of leaf {leafIndex} are of another entry than {entry}.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The openings of leaf {leafIndex} are not of their form.", fault);
        }
    }

    // From the beginning of the array to the end of the line.
    private static List<PublishedOpening> ReadAll(ref Utf8JsonReader reader)
    {
        var all = new List<PublishedOpening>();
        Want(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            all.Add(ReadOne(ref reader));
        }

        while (reader.Read())
        {
            reader.Skip(); // What comes after it must be JSON too.
        }

        return all;
    }

    private static PublishedOpening ReadOne(ref Utf8JsonReader reader)
    {
        (string? commitment, string? salt, string? value) = (null, null, null);
        Want(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            bool isCommitment = reader.ValueTextEquals("commitment"u8);
            bool isSalt = reader.ValueTextEquals("salt"u8);
            bool isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            (commitment, salt, value) = (isCommitment ? reader.GetString() : commitment, isSalt ? reader.GetString() : salt, isValue ? reader.GetString() : value);
            reader.Skip();
        }

        return commitment is not null && salt is not null && value is not null
            ? Checked(Commitment.Parse(commitment), Convert.FromHexString(salt), value)
            : throw new JsonException("An opening has a commitment, a salt and a value.");
    }

    private static void Want(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new JsonException($"Found {reader.TokenType}; wanted {token}.");
        }
    }

    private static PublishedOpening Checked(Commitment commitment, byte[] salt, string value) => commitment.IsOf(salt, value)
        ? new PublishedOpening(commitment, salt, value)
        : throw new FormatException($"The published value of commitment {commitment} does not fit it.");

    private static long LeafOf(ReadOnlySpan<byte> line)
    {
        try
        {
            return LineMember.Find(line, "leafIndex"u8, out Utf8JsonReader index)
                ? index.GetInt64()
                : throw new FormatException("A line of openings does not say of which leaf it is.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new FormatException("A line of openings is no JSON.", fault);
        }
    }
}

/// <summary>A value that is published, with the salt that opens its commitment.</summary>
/// <param name="Salt">32 bytes.</param>
public sealed record PublishedOpening(Commitment Commitment, ReadOnlyMemory<byte> Salt, string Value);

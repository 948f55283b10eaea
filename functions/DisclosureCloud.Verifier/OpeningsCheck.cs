using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks the openings of one bundle's leaves: each is true, and belongs to a commitment of its leaf.</summary>
/// <remarks><c>data/openings/{k:D6}.ndjson</c> has those of the leaves of bundle k: a line a leaf that has any, in the leaves' order.</remarks>
internal static class OpeningsCheck
{
    public const string Folder = "data/openings/";

    // Texts are longer than their commitments; nobody writes a book in 256 entries.
    public const int SizeMax = 64 * 1024 * 1024;

    private const int SaltSize = 32;

    public static string PathOf(long bundle) => Folder + bundle.ToString("D6", CultureInfo.InvariantCulture) + ".ndjson";

    /// <summary>True for the path of a file that some bundle of the tree has.</summary>
    public static bool IsOf(string path, long size) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && path.EndsWith(".ndjson", StringComparison.Ordinal)
        && long.TryParse(path.AsSpan()[Folder.Length..^".ndjson".Length], NumberStyles.None, CultureInfo.InvariantCulture, out long bundle)
        && bundle <= (size - 1) / TileCoordinate.WidthMax && path == PathOf(bundle);

    /// <summary>Counts the openings of each leaf into it.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Check(ReadOnlyMemory<byte> file, IReadOnlyList<LogLeaf> leaves)
    {
        if (file.Length is 0 or > SizeMax || file.Span[^1] != '\n')
        {
            return $"is lines of JSON, each with a newline, and at most {SizeMax} bytes.";
        }

        long last = -1;
        int number = 0;
        for (ReadOnlyMemory<byte> rest = file; !rest.IsEmpty;)
        {
            number++;
            int end = rest.Span.IndexOf((byte)'\n');
            string? fault = CheckLine(rest[..end], leaves, ref last);
            if (fault is not null)
            {
                return $"line {number} {fault}";
            }

            rest = rest[(end + 1)..];
        }

        return null;
    }

    private static string? CheckLine(ReadOnlyMemory<byte> line, IReadOnlyList<LogLeaf> leaves, ref long last)
    {
        if (CanonicalForm.FirstFault(line.Span) >= 0)
        {
            return "is not canonical JSON (RFC 8785).";
        }

        using var document = JsonDocument.Parse(line);
        JsonElement json = document.RootElement;
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() != 3 || json.NumberOf("leafIndex"u8) is not { } index
            || !json.TryGetProperty("openings", out JsonElement openings) || openings.ValueKind != JsonValueKind.Array)
        {
            return "has other fields than entry, leafIndex and openings.";
        }

        if (index <= last || index < leaves[0].Index || index - leaves[0].Index >= leaves.Count)
        {
            return $"is of leaf {index}, which is not in its place here.";
        }

        last = index;
        LogLeaf leaf = leaves[(int)(index - leaves[0].Index)];
        return json.TextOf("entry"u8) != leaf.Id
            ? $"names the entry '{json.TextOf("entry"u8)}'; leaf {index} is '{leaf.Id}'."
            : CheckOpenings(openings, leaf);
    }

    private static string? CheckOpenings(JsonElement openings, LogLeaf leaf)
    {
        int at = 0;
        foreach (JsonElement opening in openings.EnumerateArray())
        {
            if (opening.ValueKind != JsonValueKind.Object || opening.GetPropertyCount() != 3
                || opening.TextOf("commitment"u8) is not { } commitment || opening.TextOf("salt"u8) is not { } salt || opening.TextOf("value"u8) is not { } value)
            {
                return "has an opening with other fields than commitment, salt and value.";
            }

            byte[] named = Encoding.UTF8.GetBytes(commitment);
            while (at < leaf.Commitments.Count && !leaf.Commitments[at].Span.SequenceEqual(named))
            {
                at++; // Withheld.
            }

            if (at == leaf.Commitments.Count)
            {
                return $"opens {commitment}, which leaf {leaf.Index} does not have there.";
            }

            if (!IsTrue(commitment, salt, value))
            {
                return $"has a salt and a value that do not make the commitment {commitment} of leaf {leaf.Index}.";
            }

            at++;
            leaf.Open++;
        }

        return openings.GetArrayLength() == 0 ? "opens nothing." : null;
    }

    private static bool IsTrue(string commitment, string salt, string value)
    {
        if (salt.Length != 2 * SaltSize || !salt.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        byte[] hash = SHA256.HashData([.. Convert.FromHexString(salt), .. Encoding.UTF8.GetBytes(value)]);
        return Convert.ToHexStringLower(hash) == commitment;
    }
}

using System.Text.Json;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>Values with their salts, as the site's files of openings have them. Whoever reads them checks each; what is of another form is passed over.</summary>
internal static class PublishedValues
{
    private const string Folder = "data/openings/";

    public static bool IsOne(string path) => path.StartsWith(Folder, StringComparison.Ordinal) && path.EndsWith(".ndjson", StringComparison.Ordinal);

    public static IEnumerable<(Commitment Commitment, byte[] Salt, string Value)> Read(ReadOnlyMemory<byte> file)
    {
        for (ReadOnlyMemory<byte> rest = file; !rest.IsEmpty;)
        {
            int end = rest.Span.IndexOf((byte)'\n');
            foreach ((Commitment Commitment, byte[] Salt, string Value) one in ReadLine(end < 0 ? rest : rest[..end]))
            {
                yield return one;
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }
    }

    private static List<(Commitment Commitment, byte[] Salt, string Value)> ReadLine(ReadOnlyMemory<byte> line)
    {
        var found = new List<(Commitment, byte[], string)>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            foreach (JsonElement opening in document.RootElement.GetProperty("openings").EnumerateArray())
            {
                byte[] salt = Convert.FromHexString(opening.GetProperty("salt").GetString() ?? "");
                if (salt.Length == Commitment.SaltLength && opening.GetProperty("value").GetString() is { } value)
                {
                    found.Add((Commitment.Parse(opening.GetProperty("commitment").GetString() ?? ""), salt, value));
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Somebody altered the file. What was read of the line before that is checked like all else.
        }

        return found;
    }
}

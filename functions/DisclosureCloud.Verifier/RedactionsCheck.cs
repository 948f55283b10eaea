using System.Text;
using System.Text.Json;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks that what a redaction names is closed: no opening of the site shows a value that was to be forgotten.</summary>
/// <remarks>
/// A redaction stands after the leaf that it names, often far: its leaf and that leaf's openings are read once more. There are few.
/// </remarks>
internal sealed class RedactionsCheck(ISiteSource source, SiteManifest listed, long size, VerifyNotes notes)
{
    /// <param name="redaction">A redaction that the site should show.</param>
    /// <param name="leafIndex">Of the leaf that it names.</param>
    public async Task CheckAsync(LoggedRedaction redaction, long leafIndex, CancellationToken cancellationToken)
    {
        using JsonDocument leaf = JsonDocument.Parse(await LeafAsync(leafIndex, cancellationToken));
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (string pointer in redaction.Values)
        {
            if (At(leaf.RootElement, pointer)?.TextOf("commitment"u8) is { } commitment)
            {
                named.Add(commitment);
            }
            else
            {
                notes.Find($"leaf {redaction.LeafIndex}", $"redacts {pointer} of leaf {leafIndex}, where no commitment stands.");
            }
        }

        string path = OpeningsCheck.PathOf(leafIndex / TileCoordinate.WidthMax);
        if (listed.Files.ContainsKey(path) && await source.ReadAsync(path, OpeningsCheck.SizeMax, cancellationToken) is { } openings)
        {
            foreach (string open in Open(openings, leafIndex).Where(named.Contains))
            {
                notes.Find(path, $"opens {open} of leaf {leafIndex}, which leaf {redaction.LeafIndex}, '{redaction.Id}', redacts.");
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>> LeafAsync(long index, CancellationToken cancellationToken)
    {
        long first = index - (index % TileCoordinate.WidthMax);
        var bundle = new EntryBundleCoordinate(index / TileCoordinate.WidthMax, (int)Math.Min(TileCoordinate.WidthMax, size - first));
        byte[] bytes = await source.ReadAsync(LogLayout.PathOf(bundle), LogLayout.BundleSizeMax, cancellationToken)
            ?? throw new SourceException($"{LogLayout.PathOf(bundle)} was there and is gone: the site changes while it is checked. Check again.");
        return EntryBundle.Decode(bytes, bundle.Width)[(int)(index - first)];
    }

    // RFC 6901, without its escapes: no field's name needs one.
    private static JsonElement? At(JsonElement leaf, string pointer)
    {
        JsonElement at = leaf;
        foreach (string part in pointer.Split('/').Skip(1))
        {
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out int index) && index >= 0 && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out at))
            {
                return null;
            }
        }

        return at.ValueKind == JsonValueKind.Object ? at : null;
    }

    // A file that is not as it should be was found before, with what is wrong with it.
    private static IEnumerable<string> Open(byte[] file, long leafIndex)
    {
        foreach (string line in Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                using JsonDocument json = JsonDocument.Parse(line);
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.NumberOf("leafIndex"u8) == leafIndex
                    && json.RootElement.TryGetProperty("openings"u8, out JsonElement openings) && openings.ValueKind == JsonValueKind.Array)
                {
                    return [.. openings.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).Select(one => one.TextOf("commitment"u8)).OfType<string>()];
                }
            }
            catch (JsonException)
            {
                return [];
            }
        }

        return [];
    }
}

/// <summary>A redaction in the log.</summary>
/// <param name="Cites">The entry whose values it forgets.</param>
/// <param name="Values">Where in that entry's leaf they stand: RFC 6901 pointers.</param>
internal sealed record LoggedRedaction(long LeafIndex, string Id, EntryKey Cites, IReadOnlyList<string> Values)
{
    /// <summary>How many evidence files it forgets. Of those nothing is ever opened to the public, before or after.</summary>
    public int EvidenceFiles => Values.Count(value => value.StartsWith("/evidenceFiles/", StringComparison.Ordinal));
}

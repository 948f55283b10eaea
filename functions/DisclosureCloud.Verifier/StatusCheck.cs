using System.Text.Json;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks that <c>status.json</c> repeats the newest publication and the checkpoint, and says nothing besides.</summary>
internal static class StatusCheck
{
    private const int SizeMax = 64 * 1024;

    // What every entry has, and what has another name or another sense in the status.
    private static readonly string[] NotRepeated = ["channel", "commitment", "date", "department", "format", "id", "kind", "recordedAt", "treeSize"];

    public static async Task CheckAsync(
        ISiteSource source, PublicationLeaf publication, Checkpoint checkpoint, VerifyNotes notes, CancellationToken cancellationToken)
    {
        byte[]? bytes = await source.ReadAsync(LogLayout.Status, SizeMax, cancellationToken);
        string? fault = bytes is null ? "is missing." : FaultOf(bytes, publication, checkpoint);
        if (fault is not null)
        {
            notes.Find(LogLayout.Status, fault);
        }
        else
        {
            notes.Prove($"{LogLayout.Status} repeats the publication and the checkpoint.");
        }
    }

    private static string? FaultOf(byte[] bytes, PublicationLeaf publication, Checkpoint checkpoint)
    {
        if (bytes.Length is 0 or > SizeMax || bytes[^1] != '\n' || CanonicalForm.FirstFault(bytes.AsSpan()[..^1]) is >= 0)
        {
            return "is not canonical JSON (RFC 8785) and a newline.";
        }

        using var document = JsonDocument.Parse(bytes);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return "is no object.";
        }

        Dictionary<string, string> wanted = publication.Json.EnumerateObject()
            .Where(field => !NotRepeated.Contains(field.Name, StringComparer.Ordinal))
            .ToDictionary(field => field.Name, field => field.Value.GetRawText(), StringComparer.Ordinal);
        wanted["publication"] = Quoted(publication.Id);
        wanted["publishedAt"] = Quoted(publication.Json.TextOf("recordedAt"u8) ?? "");
        wanted["leafIndex"] = JsonFields.Text(publication.LeafIndex);
        wanted["origin"] = JsonSerializer.Serialize(checkpoint.Origin);
        wanted["treeSize"] = JsonFields.Text(checkpoint.Head.Size);
        wanted["rootHash"] = Quoted(checkpoint.Head.Root.ToBase64());
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            if (!wanted.Remove(field.Name, out string? text))
            {
                return $"states '{field.Name}', which neither the publication nor the checkpoint does.";
            }

            if (!JsonElement.DeepEquals(field.Value, JsonDocument.Parse(text).RootElement))
            {
                return $"states {field.Name} {field.Value.GetRawText()}; wanted {text}.";
            }
        }

        return wanted.Count == 0 ? null : $"lacks '{wanted.Keys.Order(StringComparer.Ordinal).First()}'.";
    }

    private static string Quoted(string plain) => $"\"{plain}\"";
}

using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Reads <c>vkey</c>: the keys of a log as the site has them, a verifier key a line.</summary>
internal static class KeysFile
{
    // A line has some 150 characters; a log has two keys, and may have had others.
    private const int SizeMax = 16 * 1024;
    private const int KeysMax = 16;

    /// <summary>The keys; null where they are missing or are none, which is noted.</summary>
    public static async Task<IReadOnlyList<VerifierKey>?> ReadAsync(ISiteSource source, string path, VerifyNotes notes, CancellationToken cancellationToken)
    {
        byte[]? bytes = await source.ReadAsync(path, SizeMax, cancellationToken);
        if (bytes is null)
        {
            notes.Find(path, "is missing.");
            return null;
        }

        string text = System.Text.Encoding.Latin1.GetString(bytes);
        string[] lines = text.EndsWith('\n') ? text[..^1].Split('\n') : [];
        if (lines.Length is 0 or > KeysMax || bytes.Length > SizeMax)
        {
            notes.Find(path, $"is 1 to {KeysMax} verifier keys, one a line, each with a newline.");
            return null;
        }

        try
        {
            VerifierKey[] keys = [.. lines.Select(ParseUtf8)];
            return keys.DistinctBy(key => key.KeyId).Count() == keys.Length ? keys : throw new FormatException("A key is there twice.");
        }
        catch (FormatException fault)
        {
            notes.Find(path, fault.Message);
            return null;
        }
    }

    private static VerifierKey ParseUtf8(string line)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(line);
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? VerifierKey.Parse(System.Text.Encoding.UTF8.GetString(bytes))
            : throw new FormatException("A verifier key is UTF-8.");
    }
}

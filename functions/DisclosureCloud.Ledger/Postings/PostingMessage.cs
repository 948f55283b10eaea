using System.Text;
using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>A message of the queue <c>postings</c>: what a department would send over HTTP, with what its headers would say.</summary>
/// <remarks><code>{"token": "eyJ…", "key": "2026-001", "posting": {"kind": "appropriation", …}}</code> or a notice in place of the posting.</remarks>
/// <param name="Token">The sender's bearer token; null where there is none. Nothing of the message is believed before it was validated.</param>
/// <param name="Key">The idempotency key; null where there is none of its form.</param>
/// <param name="Body">The posting or the notice as it was sent; empty where the findings say why.</param>
/// <param name="IsNotice">True for a notice.</param>
/// <param name="Findings">What is wrong with the message, before its body is looked at.</param>
public sealed record PostingMessage(string? Token, string? Key, ReadOnlyMemory<byte> Body, bool IsNotice, Findings Findings)
{
    /// <summary>A message cannot be deeper, each level being a byte at least.</summary>
    private const int DepthMax = IMessageQueue.SizeMax;

    private const string TokenName = "token";
    private const string KeyName = "key";
    private const string PostingName = "posting";
    private const string NoticeName = "notice";

    private static readonly string[] Names = [TokenName, KeyName, PostingName, NoticeName];

    /// <summary>Where the body stands in the message, and all that is found in it.</summary>
    public string BodyPointer => $"/{(IsNotice ? NoticeName : PostingName)}";

    /// <summary>Reads a message.</summary>
    public static PostingMessage Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var findings = new Findings();
        using JsonDocument? json = StrictJson.Parse(Encoding.UTF8.GetBytes(text), findings);
        if (json is null || json.RootElement.ValueKind != JsonValueKind.Object)
        {
            findings.Add("", "bad-message", "A message is a JSON object.", null, string.Join(", ", Names));
            return new PostingMessage(TokenOf(text), null, default, IsNotice: false, findings);
        }

        var root = new ObjectReader(json.RootElement, "", findings);
        string? token = Text(root, TokenName);
        string? key = Text(root, KeyName);
        if (key is not null && !PostingId.IsKey(key))
        {
            findings.Add(root.At(KeyName), "bad-key", "The key is not of its form.", null, PostingId.KeyForm);
            key = null;
        }

        // A name that is none of ours is not told again: the guard looks at the body alone.
        JsonElement? posting = root.Take(PostingName, required: false, nullable: false);
        JsonElement? notice = root.Take(NoticeName, required: false, nullable: false);
        if (posting is null == notice is null || json.RootElement.EnumerateObject().Any(member => !Names.Contains(member.Name, StringComparer.Ordinal)))
        {
            findings.Add("", "bad-message", "A message has a token, a key, and one posting or one notice.", null, string.Join(", ", Names));
        }

        ReadOnlyMemory<byte> body = (posting ?? notice) is { } one ? Encoding.UTF8.GetBytes(one.GetRawText()) : default;
        return new PostingMessage(token, key, body, posting is null, findings);
    }

    private static string? Text(ObjectReader root, string name) =>
        root.Take(name, required: true, nullable: false) is { } json ? JsonValues.String(json, root.At(name), root.Findings) : null;

    // Too deep, or a name twice: its sender can still be told, if the token can be read. Nothing else of it is looked at.
    private static string? TokenOf(string text)
    {
        try
        {
            using var lenient = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DepthMax });
            return lenient.RootElement.ValueKind == JsonValueKind.Object
                && lenient.RootElement.TryGetProperty(TokenName, out JsonElement token)
                && token.ValueKind == JsonValueKind.String
                    ? token.GetString()
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null; // No JSON, or half a character in the token.
        }
    }
}

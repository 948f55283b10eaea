using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>A message of the queue <c>postings</c>: what a department would send over HTTP, with what its headers would say, signed.</summary>
/// <remarks><code>{"token": "eyJ…", "key": "2026-001", "sentAt": "2026-03-02T08:00:00.000Z", "posting": {"kind": "appropriation", …}, "signature": "MEUC…"}</code> or a notice in place of the posting.</remarks>
public sealed record PostingMessage
{
    public const string TokenPointer = "/" + TokenName;
    public const string SignaturePointer = "/" + SignatureName;
    public const string SentAtPointer = "/" + SentAtName;

    /// <summary>A message cannot be deeper, each level being a byte at least.</summary>
    private const int DepthMax = IMessageQueue.SizeMax;

    private const string TokenName = "token";
    private const string KeyName = "key";
    private const string SentAtName = "sentAt";
    private const string PostingName = "posting";
    private const string NoticeName = "notice";
    private const string SignatureName = "signature";

    /// <summary>In bytes: two numbers of 33 at most, and 6 around them.</summary>
    private const int SignatureLengthMax = 72;

    private static readonly string[] Names = [TokenName, KeyName, SentAtName, PostingName, NoticeName, SignatureName];

    private PostingMessage(Findings findings) => Findings = findings;

    /// <summary>What is wrong with the message, before its body is looked at.</summary>
    public Findings Findings { get; }

    /// <summary>The sender's bearer token; null where there is none. Nothing of the message is believed before it was validated.</summary>
    public string? Token { get; private init; }

    /// <summary>The idempotency key; null where there is none of its form.</summary>
    public string? Key { get; private init; }

    /// <summary>When it was signed, as it says itself; null where it does not.</summary>
    public DateTimeOffset? SentAt { get; private init; }

    /// <summary>The posting or the notice as it was sent; empty where the findings say why.</summary>
    public ReadOnlyMemory<byte> Body { get; private init; }

    public bool IsNotice { get; private init; }

    /// <summary>What is signed: all of the message but the signature, in canonical JSON (RFC 8785); null where it has no such form.</summary>
    public byte[]? Signed { get; private init; }

    /// <summary>An ECDSA signature in DER; null where there is none.</summary>
    public byte[]? Signature { get; private init; }

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
            return new PostingMessage(findings) { Token = TokenOf(text) };
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
            findings.Add("", "bad-message", "A message has a token, a key, the moment of its signature, one posting or one notice, and the signature.", null, string.Join(", ", Names));
        }

        return new PostingMessage(findings)
        {
            Token = token,
            Key = key,
            SentAt = MomentOf(root),
            Body = (posting ?? notice) is { } one ? Encoding.UTF8.GetBytes(one.GetRawText()) : default,
            IsNotice = posting is null,
            Signed = SignedOf(JsonObject.Create(json.RootElement)!, findings),
            Signature = SignatureOf(root),
        };
    }

    /// <summary>The message with the moment and its signature, as a department's program makes them.</summary>
    /// <param name="message">Token, key, and posting or notice.</param>
    /// <param name="key">The key pair of which the department registered the public half.</param>
    /// <exception cref="ArgumentException">It holds a number that has no canonical form.</exception>
    public static JsonObject Sign(JsonObject message, ECDsa key, DateTimeOffset sentAt)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(key);
        var signed = (JsonObject)message.DeepClone();
        signed[SentAtName] = Instant.Text(sentAt);
        signed.Remove(SignatureName);
        signed[SignatureName] = Convert.ToBase64String(key.SignData(CanonicalJson.WriteForeign(signed), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        return signed;
    }

    private static string? Text(ObjectReader root, string name) =>
        root.Take(name, required: true, nullable: false) is { } json ? JsonValues.String(json, root.At(name), root.Findings) : null;

    private static DateTimeOffset? MomentOf(ObjectReader root)
    {
        string? text = Text(root, SentAtName);
        DateTimeOffset? moment = Instant.TryParse(text);
        if (text is not null && moment is null)
        {
            root.Findings.Add(root.At(SentAtName), "bad-moment", "The moment has not the form of one, to the millisecond and in UTC.", null, "2026-03-02T08:00:00.000Z");
        }

        return moment;
    }

    private static byte[]? SignatureOf(ObjectReader root)
    {
        string? text = Text(root, SignatureName);
        byte[] bytes = new byte[SignatureLengthMax];
        if (text is null)
        {
            return null;
        }

        // One signature has one text: what only nearly is base64 is none.
        if (Convert.TryFromBase64String(text, bytes, out int length) && Convert.ToBase64String(bytes.AsSpan(0, length)) == text)
        {
            return bytes[..length];
        }

        root.Findings.Add(root.At(SignatureName), "bad-signature", "A signature is an ECDSA signature in DER, in base64.");
        return null;
    }

    private static byte[]? SignedOf(JsonObject message, Findings findings)
    {
        message.Remove(SignatureName);
        try
        {
            return CanonicalJson.WriteForeign(message);
        }
        catch (ArgumentException)
        {
            findings.Add("", "not-canonical", "A number of the message has no canonical form (RFC 8785) that every program writes alike.");
            return null;
        }
    }

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

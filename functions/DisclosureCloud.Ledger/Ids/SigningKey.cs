using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Ledger;

/// <summary>The public key of whoever signs messages: a point of the curve P-256 as SubjectPublicKeyInfo (RFC 5480), in base64.</summary>
public readonly partial record struct SigningKey : IId<SigningKey>
{
    // The first 27 bytes are the same for every such key: the algorithm, the curve, and that the point is not compressed. 64 follow.
    private const string Form = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE[A-Za-z0-9+/]{85}[AQgw]==";

    /// <summary>One to show, of which nobody has the private half: its point was found from the hash of a sentence.</summary>
    public static SigningKey Example { get; } = new("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEL4YdwQVKuMu/A5Dvkx/NyF+M0tBzhj1jxT2HhXGcBwJOvRr7sH5E2K/BUgceCPZPyqxi2hNVRjZS+oawyG5kTA==");

    private SigningKey(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    public string Value { get; }

    /// <summary>False also for what has the form and is no point of the curve.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SigningKey id)
    {
        bool good = text is not null && FormRegex.IsMatch(text) && IsOnTheCurve(text);
        id = good ? new SigningKey(text!) : default;
        return good;
    }

    /// <summary>The public half of a key pair.</summary>
    public static SigningKey Of(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Id.Parse<SigningKey>(Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>True where the holder of the key signed these bytes: ECDSA over SHA-256, the signature in DER (RFC 3279), as OpenSSL writes it.</summary>
    public bool HasSigned(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        using ECDsa key = Import(Value);
        return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public override string ToString() => Value ?? "";

    private static bool IsOnTheCurve(string text)
    {
        try
        {
            using ECDsa key = Import(text);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static ECDsa Import(string text)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}

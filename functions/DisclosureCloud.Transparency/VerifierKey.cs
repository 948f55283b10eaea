using System.Security.Cryptography;

namespace DisclosureCloud.Transparency;

/// <summary>How a signature is made: the types of C2SP signed-note, "Signature types", that this log and its witnesses use.</summary>
public enum SignatureType
{
    /// <summary>None; no type has this number.</summary>
    None = 0,

    /// <summary>Ed25519 (RFC 8032) over the note text. The public key is 32 bytes.</summary>
    Ed25519 = 0x01,

    /// <summary>ECDSA with P-256 and SHA-256 over the note text, in DER. The public key is a DER-encoded SPKI of 91 bytes.</summary>
    EcdsaP256 = 0x02,

    /// <summary>Ed25519 over a <see cref="CosignatureMessage"/> (C2SP tlog-cosignature). The public key is 32 bytes.</summary>
    Ed25519Cosignature = 0x04,
}

/// <summary>A key that verifies, with the name it signs under: the text <c>&lt;name&gt;+&lt;key id&gt;+&lt;base64(type || public key)&gt;</c>.</summary>
/// <remarks>
/// The text is that of golang.org/x/mod/sumdb/note, which C2SP signed-note calls a vkey. An ECDSA key id is that of the SPKI alone, as
/// signed-note says of type 0x02, so the text binds its name to nothing: believe it only from where the key is believed from.
/// </remarks>
public sealed class VerifierKey
{
    // The whole of a P-256 SPKI before the two coordinates (RFC 5480): id-ecPublicKey, secp256r1, an uncompressed point.
    private static readonly byte[] P256Prefix = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
    private const int P256CoordinatesSize = 64;

    private readonly byte[] publicKey;

    /// <param name="name">Not empty, without Unicode spaces and plus signs.</param>
    /// <param name="publicKey">Encoded as <paramref name="type"/> says.</param>
    /// <exception cref="ArgumentException">The name or the key is not of its form.</exception>
    public VerifierKey(string name, SignatureType type, ReadOnlySpan<byte> publicKey)
    {
        if (FindFault(name, type, publicKey) is { } fault)
        {
            throw new ArgumentException(fault, nameof(publicKey));
        }

        Name = name;
        Type = type;
        this.publicKey = publicKey.ToArray();
        KeyId = type == SignatureType.EcdsaP256 ? KeyId.OfSpki(publicKey) : KeyId.OfNamedKey(name, type, publicKey);
    }

    public string Name { get; }

    public SignatureType Type { get; }

    public KeyId KeyId { get; }

    /// <summary>The public key, encoded as <see cref="Type"/> says.</summary>
    public ReadOnlySpan<byte> PublicKey => publicKey;

    /// <summary>Reads what <see cref="ToString"/> writes, and nothing else.</summary>
    /// <exception cref="FormatException">
    /// Another form, a type that is not in <see cref="SignatureType"/>, or a key id that is not the key's.
    /// </exception>
    public static VerifierKey Parse(string text)
    {
        string[] parts = text.Split('+', 3);
        if (parts.Length != 3)
        {
            throw new FormatException($"A verifier key is <name>+<key id>+<key>; found '{text}'.");
        }

        byte[] key = CanonicalBase64.Decode(parts[2]);
        if (key.Length == 0)
        {
            throw new FormatException("The verifier key has no signature type.");
        }

        var type = (SignatureType)key[0];
        if (FindFault(parts[0], type, key.AsSpan(1)) is { } fault)
        {
            throw new FormatException(fault);
        }

        var found = new VerifierKey(parts[0], type, key.AsSpan(1));
        return found.KeyId.ToString() == parts[1]
            ? found
            : throw new FormatException($"The key id is {found.KeyId}; found '{parts[1]}'.");
    }

    public override string ToString() => $"{Name}+{KeyId}+{Convert.ToBase64String([(byte)Type, .. publicKey])}";

    private static string? FindFault(string name, SignatureType type, ReadOnlySpan<byte> publicKey)
    {
        if (!NoteText.IsKeyName(name))
        {
            return $"A key name is not empty and has neither spaces nor plus signs; found '{name}'.";
        }

        return type switch
        {
            SignatureType.Ed25519 or SignatureType.Ed25519Cosignature =>
                publicKey.Length != Ed25519PublicKey.Size ? $"An Ed25519 key is {Ed25519PublicKey.Size} bytes; found {publicKey.Length}."
                : !Ed25519PublicKey.CanBeAKey(publicKey) ? "The key is of small order or not written as RFC 8032 has it: anyone could sign for it."
                : null,
            SignatureType.EcdsaP256 => IsP256(publicKey) ? null : "The key is not the SPKI of a point of P-256, uncompressed.",
            _ => $"No signature type here has the number 0x{(int)type:x2}.",
        };
    }

    private static bool IsP256(ReadOnlySpan<byte> spki)
    {
        if (spki.Length != P256Prefix.Length + P256CoordinatesSize || !spki.StartsWith(P256Prefix))
        {
            return false;
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return true;
        }
        catch (CryptographicException)
        {
            return false; // The coordinates are of no point on the curve.
        }
    }
}

using System.Security.Cryptography;

namespace DisclosureCloud.Transparency;

/// <summary>Signs notes with ECDSA over P-256 and SHA-256, the signature in DER (C2SP signed-note, type 0x02).</summary>
/// <remarks>It can be used by several threads where the key can.</remarks>
public sealed class EcdsaP256Signer : INoteSigner
{
    private readonly ECDsa key;

    /// <param name="name">Not empty, without Unicode spaces and plus signs.</param>
    /// <param name="key">A private key on P-256, which stays the caller's to dispose of.</param>
    /// <exception cref="ArgumentException">The name is not of its form, or the key is on another curve.</exception>
    public EcdsaP256Signer(string name, ECDsa key)
    {
        VerifierKey = new VerifierKey(name, SignatureType.EcdsaP256, key.ExportSubjectPublicKeyInfo());
        this.key = key;
    }

    /// <summary>The key that verifies what this one signs.</summary>
    public VerifierKey VerifierKey { get; }

    public string Name => VerifierKey.Name;

    public KeyId KeyId => VerifierKey.KeyId;

    /// <summary>A DER signature of 8 to 72 bytes, each time another one.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text) => key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}

/// <summary>Verifies what an <see cref="EcdsaP256Signer"/>, or anyone's signer of type 0x02 with P-256, signed.</summary>
public sealed class EcdsaP256Verifier : INoteVerifier
{
    private readonly VerifierKey key;

    /// <exception cref="ArgumentException">The key is of another type.</exception>
    public EcdsaP256Verifier(VerifierKey key)
    {
        if (key.Type != SignatureType.EcdsaP256)
        {
            throw new ArgumentException($"The key is of the type {key.Type}; wanted {SignatureType.EcdsaP256}.", nameof(key));
        }

        this.key = key;
    }

    public string Name => key.Name;

    public KeyId KeyId => key.KeyId;

    public bool Accepts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        // Made anew each time: the framework does not promise that threads can share one.
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        return ecdsa.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}

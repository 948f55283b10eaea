namespace DisclosureCloud.Transparency;

/// <summary>Signs notes with Ed25519 (RFC 8032; C2SP signed-note, type 0x01).</summary>
/// <remarks>Several threads can use one. The private key lies in OpenSSL's memory alone, and is overwritten there on disposal.</remarks>
public sealed class Ed25519Signer : INoteSigner, IDisposable
{
    private readonly Ed25519PrivateKey key;

    /// <param name="name">Not empty, without Unicode spaces and plus signs.</param>
    /// <param name="seed">The private key of RFC 8032: 32 bytes of chance, which the caller overwrites.</param>
    /// <exception cref="ArgumentException">The name is not of its form, or the seed has another length.</exception>
    /// <exception cref="LibcryptoMissingException">This machine has no OpenSSL.</exception>
    public Ed25519Signer(string name, ReadOnlySpan<byte> seed)
    {
        key = new Ed25519PrivateKey(seed);
        VerifierKey = key.VerifierKeyOf(name, SignatureType.Ed25519);
    }

    /// <summary>The key that verifies what this one signs.</summary>
    public VerifierKey VerifierKey { get; }

    public string Name => VerifierKey.Name;

    public KeyId KeyId => VerifierKey.KeyId;

    /// <summary>A signature of 64 bytes; of the same text the same one.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text) => key.Sign(text);

    public void Dispose() => key.Dispose();
}

/// <summary>Verifies what an <see cref="Ed25519Signer"/>, or anyone's signer of type 0x01, signed.</summary>
public sealed class Ed25519Verifier : INoteVerifier
{
    private readonly VerifierKey key;

    /// <exception cref="ArgumentException">The key is of another type.</exception>
    public Ed25519Verifier(VerifierKey key)
    {
        if (key.Type != SignatureType.Ed25519)
        {
            throw new ArgumentException($"The key is of the type {key.Type}; wanted {SignatureType.Ed25519}.", nameof(key));
        }

        this.key = key;
    }

    public string Name => key.Name;

    public KeyId KeyId => key.KeyId;

    /// <exception cref="LibcryptoMissingException">This machine has no OpenSSL: nothing can be said of any signature.</exception>
    public bool Accepts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Ed25519PublicKey.Accepts(key.PublicKey, text, signature);
}

using System.Text;

namespace DisclosureCloud.Transparency;

/// <summary>A witness's key: it cosigns checkpoints with Ed25519 and the time (C2SP tlog-cosignature; type 0x04).</summary>
/// <remarks>
/// Several threads can use one. A cosignature says that there is no larger tree that the witness knows, and none that this one does not
/// begin with: whoever calls has looked, and has remembered the checkpoint where no crash can take it.
/// </remarks>
public sealed class Ed25519Cosigner : IDisposable
{
    private readonly Ed25519PrivateKey key;

    /// <param name="name">Not empty, without Unicode spaces and plus signs; by custom an address without the scheme.</param>
    /// <param name="seed">The private key of RFC 8032: 32 bytes of chance, which the caller overwrites. No other signer may have it.</param>
    /// <exception cref="ArgumentException">The name is not of its form, or the seed has another length.</exception>
    /// <exception cref="LibcryptoMissingException">This machine has no OpenSSL.</exception>
    public Ed25519Cosigner(string name, ReadOnlySpan<byte> seed)
    {
        key = new Ed25519PrivateKey(seed);
        VerifierKey = key.VerifierKeyOf(name, SignatureType.Ed25519Cosignature);
    }

    /// <summary>The key that verifies what this one cosigns.</summary>
    public VerifierKey VerifierKey { get; }

    /// <param name="timestampSeconds">Now: seconds since 1970-01-01 UTC, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public NoteSignature Cosign(long timestampSeconds, Checkpoint checkpoint)
    {
        byte[] message = NoteText.Utf8.GetBytes(new CosignatureMessage(timestampSeconds, checkpoint).Text);
        var signature = new TimestampedSignature(timestampSeconds, key.Sign(message));
        return new NoteSignature(VerifierKey.Name, VerifierKey.KeyId, signature.ToBytes());
    }

    public void Dispose() => key.Dispose();
}

/// <summary>Verifies what an <see cref="Ed25519Cosigner"/>, or anyone's cosigner of type 0x04, cosigned.</summary>
public sealed class Ed25519CosignatureVerifier : INoteVerifier
{
    private readonly VerifierKey key;

    /// <exception cref="ArgumentException">The key is of another type.</exception>
    public Ed25519CosignatureVerifier(VerifierKey key)
    {
        if (key.Type != SignatureType.Ed25519Cosignature)
        {
            throw new ArgumentException($"The key is of the type {key.Type}; wanted {SignatureType.Ed25519Cosignature}.", nameof(key));
        }

        this.key = key;
    }

    public string Name => key.Name;

    public KeyId KeyId => key.KeyId;

    /// <summary>Whether the key cosigned this checkpoint at the time that stands in the signature. A text that is no checkpoint it never did.</summary>
    /// <exception cref="LibcryptoMissingException">This machine has no OpenSSL: nothing can be said of any signature.</exception>
    public bool Accepts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        CosignatureMessage message;
        TimestampedSignature timestamped;
        try
        {
            timestamped = TimestampedSignature.Parse(signature.ToArray());
            message = new CosignatureMessage(timestamped.TimestampSeconds, Checkpoint.Parse(NoteText.Utf8.GetString(text)));
        }
        catch (Exception fault) when (fault is FormatException or DecoderFallbackException)
        {
            return false;
        }

        return Ed25519PublicKey.Accepts(key.PublicKey, NoteText.Utf8.GetBytes(message.Text), timestamped.Signature.Span);
    }
}

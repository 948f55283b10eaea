namespace DisclosureCloud.Transparency;

/// <summary>A private key of Ed25519, whatever it is to sign.</summary>
internal sealed class Ed25519PrivateKey : IDisposable
{
    private const int SeedSize = 32;

    private readonly Libcrypto.KeyHandle handle;

    /// <param name="seed">The private key of RFC 8032: 32 bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public Ed25519PrivateKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
        {
            throw new ArgumentException($"An Ed25519 seed is {SeedSize} bytes; found {seed.Length}.", nameof(seed));
        }

        handle = Libcrypto.ReadPrivateKey(seed);
    }

    /// <summary>The public key under a name. Where the name is none, this key is disposed of.</summary>
    public VerifierKey VerifierKeyOf(string name, SignatureType type)
    {
        Span<byte> publicKey = stackalloc byte[Ed25519PublicKey.Size];
        try
        {
            Libcrypto.WritePublicKey(handle, publicKey);
            return new VerifierKey(name, type, publicKey);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> text)
    {
        byte[] signature = new byte[Ed25519PublicKey.SignatureSize];
        Libcrypto.Sign(handle, text, signature);
        return signature;
    }

    public void Dispose() => handle.Dispose();
}

/// <summary>What is a public key of Ed25519, and what it accepts.</summary>
internal static class Ed25519PublicKey
{
    public const int Size = 32;

    public const int SignatureSize = 64;

    /// <summary>The bit of the last byte that is no part of y: the sign of x.</summary>
    private const byte SignBit = 0x80;

    /// <summary>
    /// The y of the points whose eightfold is zero, little-endian (RFC 8032, section 5.1.3): 0, 1, -1, and the two of order eight.
    /// </summary>
    private static readonly byte[][] SmallOrder =
    [
        new byte[Size],
        [1, .. new byte[Size - 1]],
        [0xec, .. Enumerable.Repeat((byte)0xff, Size - 2), 0x7f],
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    ];

    /// <summary>
    /// Whether these 32 bytes can be somebody's key. A key of small order is nobody's: there are signatures that it accepts over any text,
    /// and anyone can write them. A y of the field's prime or above is another text for a smaller one, which RFC 8032 does not decode.
    /// </summary>
    /// <remarks>That there is a point of this y is not asked: half of all y have none, and such a key accepts nothing.</remarks>
    public static bool CanBeAKey(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> y = stackalloc byte[Size];
        publicKey.CopyTo(y);
        y[^1] &= SignBit ^ 0xff;
        if (y[0] >= 0xed && y[^1] == 0x7f && !y[1..^1].ContainsAnyExcept((byte)0xff))
        {
            return false; // 2^255 - 19 and above.
        }

        foreach (byte[] small in SmallOrder)
        {
            if (y.SequenceEqual(small))
            {
                return false;
            }
        }

        return true;
    }

    public static bool Accepts(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize)
        {
            return false;
        }

        using Libcrypto.KeyHandle key = Libcrypto.ReadPublicKey(publicKey);
        return Libcrypto.Verifies(key, text, signature);
    }
}

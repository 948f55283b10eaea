using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace DisclosureCloud.Ledger;

/// <summary>What an entry holds in place of a forgettable value: SHA-256 of 32 random bytes and the value in UTF-8.</summary>
/// <remarks>
/// With its salt and value at hand anyone can check it; without the salt nobody can guess even a short value. Deleting salt and value
/// therefore forgets the value, while every proof over the entry stays valid.
/// </remarks>
public readonly record struct Commitment
{
    public const int SaltLength = 32;

    private const int HexLength = 2 * SHA256.HashSizeInBytes;

    // Longer values are put together on the heap.
    private const int StackBytesMax = 1024;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private Commitment(string hex) => Hex = hex;

    /// <summary>Sixty-four lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    public static Commitment Of(ReadOnlySpan<byte> salt, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (salt.Length != SaltLength)
        {
            throw new ArgumentException($"A salt has {SaltLength} bytes; found {salt.Length}.", nameof(salt));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(salt, value, hash);
        return new Commitment(Convert.ToHexStringLower(hash));
    }

    /// <summary>True where it is the commitment to this value.</summary>
    /// <param name="salt">32 bytes; of another length it opens nothing.</param>
    public bool IsOf(ReadOnlySpan<byte> salt, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<char> hex = stackalloc char[HexLength];
        if (salt.Length != SaltLength)
        {
            return false;
        }

        Hash(salt, value, hash);
        return Convert.TryToHexStringLower(hash, hex, out _) && hex.SequenceEqual(Hex);
    }

    /// <summary>The commitment to the bytes of a file, in the same form.</summary>
    public static Commitment Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        if (salt.Length != SaltLength)
        {
            throw new ArgumentException($"A salt has {SaltLength} bytes; found {salt.Length}.", nameof(salt));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var both = IncrementalHash.CreateHash(HashAlgorithmName.SHA256); // A file is large: the two are not put together.
        both.AppendData(salt);
        both.AppendData(content);
        both.GetHashAndReset(hash);
        return new Commitment(Convert.ToHexStringLower(hash));
    }

    /// <exception cref="FormatException">Not 64 lower-case hexadecimal digits.</exception>
    public static Commitment Parse(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return hex.Length == HexLength && !hex.AsSpan().ContainsAnyExcept(Digits)
            ? new Commitment(hex)
            : throw new FormatException("A commitment is 64 lower-case hexadecimal digits.");
    }

    public override string ToString() => Hex;

    private static void Hash(ReadOnlySpan<byte> salt, string value, Span<byte> hash)
    {
        int length = SaltLength + Encoding.UTF8.GetByteCount(value);
        Span<byte> preimage = length <= StackBytesMax ? stackalloc byte[length] : new byte[length];
        salt.CopyTo(preimage);
        Encoding.UTF8.GetBytes(value, preimage[SaltLength..]);
        SHA256.HashData(preimage, hash);
    }
}

/// <summary>A forgettable value with its salt: what shows that a commitment is to this value.</summary>
/// <param name="Commitment">What the entry holds in its place.</param>
/// <param name="Salt">32 random bytes.</param>
/// <param name="Value">The value.</param>
/// <param name="Posting">The posting that brought it, under which it is kept; a value whose posting never came is swept away.</param>
public sealed record Opening(Commitment Commitment, ReadOnlyMemory<byte> Salt, string Value, PostingId Posting)
{
    public bool IsTrue => Commitment.IsOf(Salt.Span, Value);

    public ValueKey Key => new(Posting, Commitment);

    public override string ToString() => $"opening of {Commitment}";
}

/// <summary>What names a forgettable value: the posting that brought it, and what its entry holds in its place.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ValueKey(PostingId Posting, Commitment Commitment);

/// <summary>Where salts come from: the system's generator in the product, a seeded one in tests.</summary>
public interface ISaltSource
{
    void Fill(Span<byte> salt);
}

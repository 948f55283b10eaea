using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Transparency;

/// <summary>A hash of the Merkle tree: the SHA-256 of a leaf, of a node, or of the whole tree (its root hash).</summary>
/// <remarks>A value of 32 bytes; <see cref="Rfc6962"/> says how it is computed. The default value is 32 zero bytes.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct TreeHash : IEquatable<TreeHash>
{
    /// <summary>The length of a hash: 32 bytes.</summary>
    public const int Size = 32;

    private readonly Bytes32 value;

    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A tree hash is {Size} bytes; found {bytes.Length}.", nameof(bytes));
        }

        bytes.CopyTo(value);
    }

    /// <summary>The 32 bytes.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => value;

    /// <summary>Reads the standard base64 of RFC 4648, section 4, with its padding: 44 characters, and no second way to write them.</summary>
    /// <exception cref="FormatException">Not the base64 of 32 bytes.</exception>
    public static TreeHash ParseBase64(string text)
    {
        byte[] bytes = CanonicalBase64.Decode(text);
        return bytes.Length == Size
            ? new TreeHash(bytes)
            : throw new FormatException($"A tree hash is {Size} bytes; found {bytes.Length}.");
    }

    public string ToBase64() => Convert.ToBase64String(Bytes);

    public bool Equals(TreeHash other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is TreeHash other && Equals(other);

    // A hash is as good as random already: its first bytes spread as well as any.
    public override int GetHashCode() => MemoryMarshal.Read<int>(Bytes);

    /// <summary>Lower-case hexadecimal, for messages and diagnostics.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes);

    public static bool operator ==(TreeHash left, TreeHash right) => left.Equals(right);

    public static bool operator !=(TreeHash left, TreeHash right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Bytes32
    {
        private byte first;
    }
}

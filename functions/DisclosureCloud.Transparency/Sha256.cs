using System.Security.Cryptography;

namespace DisclosureCloud.Transparency;

/// <summary>SHA-256 of short inputs, as a tree needs it: once a leaf, and once a node of 65 bytes.</summary>
/// <remarks>
/// .NET's own call makes and frees a context of libcrypto each time, which takes ten times as long as hashing a node. So libcrypto's plain
/// functions (SHA256_Init(3)) are called, with the context on the stack. Where there is no libcrypto, or one without them, or one that does not give the
/// hash that FIPS 180-2 states for "abc", .NET's call does it: slower, and the same bytes.
/// </remarks>
internal static class Sha256
{
    // Longer inputs are put together on the heap.
    private const int StackBytesMax = 1024;

    /// <summary>True where libcrypto hashes.</summary>
    public static bool IsDirect { get; } = GivesTheHashOfAbc();

    /// <summary>The SHA-256 of two inputs, one after the other.</summary>
    public static TreeHash Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> hash = stackalloc byte[TreeHash.Size];
        if (IsDirect)
        {
            Libcrypto.Sha256(first, second, hash);
        }
        else
        {
            OfFramework(first, second, hash);
        }

        return new TreeHash(hash);
    }

    internal static void OfFramework(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> hash)
    {
        int length = first.Length + second.Length;
        Span<byte> input = length <= StackBytesMax ? stackalloc byte[length] : new byte[length];
        first.CopyTo(input);
        second.CopyTo(input[first.Length..]);
        SHA256.HashData(input, hash);
    }

    private static bool GivesTheHashOfAbc()
    {
        Span<byte> hash = stackalloc byte[TreeHash.Size];
        try
        {
            Libcrypto.Sha256("a"u8, "bc"u8, hash);
        }
        catch (Exception fault) when (fault is LibcryptoMissingException or EntryPointNotFoundException or InvalidOperationException)
        {
            return false;
        }

        return Convert.ToHexStringLower(hash) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    }
}

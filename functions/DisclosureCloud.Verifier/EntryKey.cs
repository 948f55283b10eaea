using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Sixteen bytes in place of a text: a million ids have to be remembered, and their bytes need not be.</summary>
/// <remarks>Cut from the SHA-256 that leaves have too, so that nobody finds two texts with the same one.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntryKey
{
    private const int StackBytesMax = 512;

    // Two words, and no UInt128, whose place in memory has to be a multiple of sixteen: a table of them would be half as long again.
    private readonly ulong _first;
    private readonly ulong _second;

    private EntryKey(ulong first, ulong second)
    {
        _first = first;
        _second = second;
    }

    public static EntryKey Of(string text)
    {
        int length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= StackBytesMax ? stackalloc byte[length] : new byte[length];
        return Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <param name="text">In UTF-8.</param>
    public static EntryKey Of(ReadOnlySpan<byte> text)
    {
        TreeHash hash = Rfc6962.LeafHash(text);
        return new EntryKey(BinaryPrimitives.ReadUInt64BigEndian(hash.Bytes), BinaryPrimitives.ReadUInt64BigEndian(hash.Bytes[sizeof(ulong)..]));
    }

    // It begins by chance in each process: nobody can look for ids that all fall into one place of a table.
    public override int GetHashCode() => HashCode.Combine(_first, _second);
}

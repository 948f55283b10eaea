using System.Buffers.Binary;
using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Sixteen bytes in place of a text: a million ids have to be remembered, and their bytes need not be.</summary>
/// <remarks>Cut from the SHA-256 that leaves have too, so that nobody finds two texts with the same one.</remarks>
internal static class EntryKey
{
    private const int StackBytesMax = 512;

    public static UInt128 Of(string text)
    {
        int length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= StackBytesMax ? stackalloc byte[length] : new byte[length];
        return Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <param name="text">In UTF-8.</param>
    public static UInt128 Of(ReadOnlySpan<byte> text) => BinaryPrimitives.ReadUInt128BigEndian(Rfc6962.LeafHash(text).Bytes);
}

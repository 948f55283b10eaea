using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DisclosureCloud.Verifier;

/// <summary>Sixteen bytes in place of a text: a million ids have to be remembered, and their bytes need not be.</summary>
/// <remarks>Cut from SHA-256, so that nobody finds two texts with the same one.</remarks>
internal static class EntryKey
{
    private const int StackBytesMax = 512;

    public static UInt128 Of(string text)
    {
        int length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= StackBytesMax ? stackalloc byte[length] : new byte[length];
        bytes = bytes[..Encoding.UTF8.GetBytes(text, bytes)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}

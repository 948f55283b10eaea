using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace DisclosureCloud.Transparency;

/// <summary>The four bytes that tell, beside the name, which key signed (C2SP signed-note, "Signatures").</summary>
/// <remarks>An identifier and no hash to rely on: anyone can make a key with the same one. Such a key's signatures do not verify.</remarks>
/// <param name="Value">The four bytes, read big-endian.</param>
public readonly record struct KeyId(uint Value)
{
    /// <summary>The length in a signature line: 4 bytes.</summary>
    internal const int Size = sizeof(uint);

    /// <summary>Eight lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The key id that is recommended: SHA-256(name || 0x0A || type || public key), cut to 4 bytes.</summary>
    internal static KeyId OfNamedKey(string name, SignatureType type, ReadOnlySpan<byte> publicKey) =>
        CutFrom(SHA256.HashData([.. NoteText.Utf8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey]));

    /// <summary>The key id of ECDSA keys (type 0x02): the SHA-256 of the DER-encoded SPKI, cut to 4 bytes. The name is not in it.</summary>
    internal static KeyId OfSpki(ReadOnlySpan<byte> spki) => CutFrom(SHA256.HashData(spki));

    private static KeyId CutFrom(ReadOnlySpan<byte> hash) => new(BinaryPrimitives.ReadUInt32BigEndian(hash));
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace DisclosureCloud.Ledger;

/// <summary>Where a query's next page begins: in which tree, and at which leaf. What is recorded meanwhile changes no later page.</summary>
/// <param name="TreeSize">In leaves.</param>
/// <param name="NextLeaf">The leaf index from which the page is looked for.</param>
public sealed record EntryCursor(long TreeSize, long NextLeaf)
{
    private const byte Version = 1;
    private const int CheckSize = 16;
    private const int NumbersSize = 1 + (2 * sizeof(long));
    private const int Size = NumbersSize + CheckSize;

    /// <summary>Opaque text in base64url, bound to the query: it is another's nonsense.</summary>
    /// <param name="filters">The filters of the query, as one text.</param>
    public string ToText(string filters)
    {
        byte[] bytes = new byte[Size];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), TreeSize);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + sizeof(long)), NextLeaf);
        Check(bytes, filters).CopyTo(bytes.AsSpan(NumbersSize));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what <see cref="ToText"/> gave for the same filters, and nothing else.</summary>
    public static bool TryParse(string text, string filters, [NotNullWhen(true)] out EntryCursor? cursor)
    {
        cursor = null;
        byte[] bytes = new byte[Size];
        if (text is null || text.Length != Base64Url.GetEncodedLength(Size) || !Base64Url.TryDecodeFromChars(text, bytes, out int size) || size != Size
            || bytes[0] != Version || !Check(bytes, filters).SequenceEqual(bytes.AsSpan(NumbersSize)) || Base64Url.EncodeToString(bytes) != text)
        {
            return false;
        }

        cursor = new EntryCursor(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1 + sizeof(long))));
        return cursor.NextLeaf >= 0 && cursor.NextLeaf <= cursor.TreeSize;
    }

    // No secret: who makes one up reads what he may read anyway. It finds what was mistyped, and what is another query's.
    private static ReadOnlySpan<byte> Check(byte[] bytes, string filters) =>
        SHA256.HashData([.. bytes.AsSpan(0, NumbersSize), .. Encoding.UTF8.GetBytes(filters)]).AsSpan(0, CheckSize);
}

using System.Buffers.Binary;

namespace DisclosureCloud.Ledger;

/// <summary>Which entries a block may hold: five bytes for each posting, so that a block without the entry is hardly ever read for it.</summary>
/// <remarks>
/// Four bytes are the beginning of the posting's id, which is a hash; the fifth is the entry's number divided by 256, so that a notice of
/// thousands of entries is found where that entry is, and takes one key or two of a block and not 256. A key too many costs the reading of a
/// block in vain, once in a million segments; a key too few would hide an entry, and there is none.
/// </remarks>
internal static class EntryKeys
{
    public const int Size = 5;

    private const int NumberStep = 256;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567"; // As in PostingId.

    /// <summary>The keys of entries, sorted, each once.</summary>
    public static byte[] Of(IEnumerable<EntryId> entries)
    {
        ulong[] keys = [.. entries.Select(KeyOf).Distinct().Order()];
        byte[] bytes = new byte[keys.Length * Size];
        for (int i = 0; i < keys.Length; i++)
        {
            Write(keys[i], bytes.AsSpan(i * Size));
        }

        return bytes;
    }

    /// <summary>True where the keys are in order, as <see cref="Of"/> gives them.</summary>
    public static bool AreOrdered(ReadOnlySpan<byte> keys)
    {
        for (int at = Size; at < keys.Length; at += Size)
        {
            if (keys[(at - Size)..at].SequenceCompareTo(keys[at..(at + Size)]) >= 0)
            {
                return false;
            }
        }

        return keys.Length % Size == 0;
    }

    public static bool MayHold(ReadOnlySpan<byte> keys, EntryId entry)
    {
        ulong key = KeyOf(entry);
        return HasFrom(keys, key, key);
    }

    public static bool MayHold(ReadOnlySpan<byte> keys, PostingId posting)
    {
        ulong key = KeyOf(posting.Value);
        return HasFrom(keys, key, key | 0xff);
    }

    // A key from the one to the other: the first that is not below the lower bound.
    private static bool HasFrom(ReadOnlySpan<byte> keys, ulong from, ulong to)
    {
        (int low, int high) = (0, keys.Length / Size);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Read(keys[(middle * Size)..]) < from ? (middle + 1, high) : (low, middle);
        }

        return low * Size < keys.Length && Read(keys[(low * Size)..]) <= to;
    }

    private static ulong KeyOf(EntryId entry) => KeyOf(entry.Value) | ((uint)(entry.Number / NumberStep) & 0xff);

    // 32 bits of the seven characters that the id begins with, and room for a byte.
    private static ulong KeyOf(string id)
    {
        ulong bits = 0;
        foreach (char c in id.AsSpan(0, 7))
        {
            bits = (bits << 5) | (uint)Alphabet.IndexOf(c, StringComparison.Ordinal);
        }

        return (bits >> 3) << 8;
    }

    private static void Write(ulong key, Span<byte> to)
    {
        to[0] = (byte)(key >> 32);
        BinaryPrimitives.WriteUInt32BigEndian(to[1..], (uint)key);
    }

    private static ulong Read(ReadOnlySpan<byte> from) => ((ulong)from[0] << 32) | BinaryPrimitives.ReadUInt32BigEndian(from[1..]);
}

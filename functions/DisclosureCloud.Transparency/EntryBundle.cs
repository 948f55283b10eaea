using System.Buffers.Binary;

namespace DisclosureCloud.Transparency;

/// <summary>The bytes of an entry bundle: each entry with its length before it, a big-endian uint16 (tlog-tiles, "Log entries").</summary>
public static class EntryBundle
{
    /// <summary>The longest entry in bytes: what two bytes of length can say. An entry may be empty.</summary>
    public const int EntrySizeMax = ushort.MaxValue;

    private const int LengthSize = sizeof(ushort);

    /// <param name="entries">From 1 to 256, in the order of their leaf indexes.</param>
    /// <exception cref="ArgumentException">No entries, too many, or one that is longer than <see cref="EntrySizeMax"/>.</exception>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        if (entries.Count is < 1 or > TileCoordinate.WidthMax)
        {
            throw new ArgumentException($"A bundle has 1 to {TileCoordinate.WidthMax} entries; found {entries.Count}.", nameof(entries));
        }

        int tooLong = entries.Select(entry => entry.Length).Max();
        if (tooLong > EntrySizeMax)
        {
            throw new ArgumentException($"An entry is at most {EntrySizeMax} bytes; found {tooLong}.", nameof(entries));
        }

        byte[] bundle = new byte[entries.Sum(entry => LengthSize + entry.Length)];
        Span<byte> rest = bundle;
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[LengthSize..]);
            rest = rest[(LengthSize + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>The entries, as parts of the bundle's own memory.</summary>
    /// <param name="width">How many entries the bundle must have: the width in its path, from 1 to 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is out of its range.</exception>
    /// <exception cref="FormatException">The bundle ends within an entry, or has fewer entries or more bytes than it should.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Decode(ReadOnlyMemory<byte> bundle, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TileCoordinate.WidthMax);
        var entries = new List<ReadOnlyMemory<byte>>(width);
        ReadOnlyMemory<byte> rest = bundle;
        while (entries.Count < width)
        {
            if (rest.Length < LengthSize)
            {
                throw new FormatException($"The bundle ends after {entries.Count} of {width} entries.");
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
            rest = rest[LengthSize..];
            if (rest.Length < length)
            {
                throw new FormatException($"Entry {entries.Count} of the bundle says {length} bytes; {rest.Length} are left.");
            }

            entries.Add(rest[..length]);
            rest = rest[length..];
        }

        return rest.IsEmpty ? entries : throw new FormatException($"{rest.Length} bytes are left after the bundle's {width} entries.");
    }
}

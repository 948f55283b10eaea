using System.Buffers.Binary;
using System.IO.Compression;

namespace DisclosureCloud.Ledger;

/// <summary>A gzip member (RFC 1952) with a header that is the same on every system. Members one after another are a gzip file.</summary>
internal static class GzipMember
{
    /// <summary>Header and trailer without anything between.</summary>
    private const int SizeMin = 18;

    private const int HeaderSize = 10;

    private const byte ExtraFlag = 4;

    // No time, and an unknown system: the framework would write its own.
    private static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    public static byte[] Pack(ReadOnlySpan<byte> plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        byte[] member = packed.ToArray();
        Header.CopyTo(member);
        return member;
    }

    /// <summary>The member with an extra field in its header, which readers of gzip pass over (RFC 1952, section 2.3.1.1).</summary>
    public static byte[] WithExtra(ReadOnlySpan<byte> member, ReadOnlySpan<byte> extra)
    {
        byte[] with = new byte[member.Length + sizeof(ushort) + extra.Length];
        Span<byte> rest = with;
        Beginning(extra.Length).CopyTo(rest);
        extra.CopyTo(rest[(HeaderSize + sizeof(ushort))..]);
        member[HeaderSize..].CopyTo(rest[(HeaderSize + sizeof(ushort) + extra.Length)..]);
        return with;
    }

    /// <summary>What a member begins with that has an extra field of so many bytes: all before the field.</summary>
    public static byte[] Beginning(int extraLength)
    {
        byte[] beginning = [.. Header, 0, 0];
        beginning[3] = ExtraFlag;
        BinaryPrimitives.WriteUInt16LittleEndian(beginning.AsSpan(HeaderSize), checked((ushort)extraLength));
        return beginning;
    }

    /// <summary>Unpacks one member of known size. What would give more is not unpacked to its end.</summary>
    /// <param name="plainSize">In bytes; the caller has compared it with its limit.</param>
    /// <exception cref="FormatException">It is no gzip, is damaged, or comes to another size.</exception>
    public static byte[] Unpack(ReadOnlyMemory<byte> member, int plainSize)
    {
        byte[] plain = new byte[plainSize];
        int size = Unpack(member, plain);
        return size == plainSize ? plain : throw new FormatException($"The member comes to {size} bytes; {plainSize} were wanted.");
    }

    /// <summary>Unpacks one member whose size is not known.</summary>
    /// <exception cref="FormatException">It is no gzip, is damaged, or comes to more than <paramref name="plainSizeMax"/>.</exception>
    public static byte[] UnpackUpTo(ReadOnlyMemory<byte> member, int plainSizeMax)
    {
        if (member.Length < SizeMin)
        {
            throw new FormatException("The member is cut short.");
        }

        // The member says itself what it comes to, modulo 2^32; whether that is so is seen when it is unpacked.
        uint said = BinaryPrimitives.ReadUInt32LittleEndian(member.Span[^sizeof(uint)..]);
        return said <= plainSizeMax
            ? Unpack(member, (int)said)
            : throw new FormatException($"The member comes to {said} bytes, and {plainSizeMax} is the most.");
    }

    private static int Unpack(ReadOnlyMemory<byte> member, byte[] plain)
    {
        if (member.Length < SizeMin)
        {
            throw new FormatException("The member is cut short.");
        }

        try
        {
            using var from = new MemoryStream(member.ToArray(), writable: false);
            using var gzip = new GZipStream(from, CompressionMode.Decompress);
            int size = gzip.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false);
            return gzip.ReadByte() < 0 ? size : throw new FormatException($"The member comes to more than {plain.Length} bytes.");
        }
        catch (InvalidDataException fault)
        {
            throw new FormatException("The member is no gzip, or is damaged.", fault);
        }
    }
}

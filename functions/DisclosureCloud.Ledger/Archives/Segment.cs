using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;

namespace DisclosureCloud.Ledger;

/// <summary>A file of the archive: 4,096 leaves in leaf order, packed, with an index before them.</summary>
/// <remarks>
/// <para>It is a gzip file of several members, so that <c>zcat</c> gives lines of JSON: the index, then a leaf a line, byte for byte (canonical
/// JSON holds no line feed). The first member is the index, each of the sixteen others the 256 leaves of one entry bundle: whoever wants one
/// leaf reads the index and one member.</para>
/// <para>An extra field in the header of the first member (RFC 1952, section 2.3.1.1) says how long that member is and the SHA-256 of what
/// follows the field; the index has the SHA-256 of every other member. So a part that was altered by accident is found without reading
/// the rest. Against intent the seal in the log stands: it has the SHA-256 of the whole file.</para>
/// </remarks>
public static class Segment
{
    /// <summary>The leaves of a segment: 4,096, which is sixteen entry bundles.</summary>
    public const int LeavesMax = 4_096;

    /// <summary>The leaves of a block, as many as an entry bundle has.</summary>
    public const int BlockLeaves = 256;

    public const int Blocks = LeavesMax / BlockLeaves;

    /// <summary>Where segments lie in the archive.</summary>
    public const string Folder = "segments/";

    /// <summary>A segment's number has eight digits in its path: 4*10^11 leaves.</summary>
    public const long NumberMax = 100_000_000;

    /// <summary>The bytes at the start of a file that say how long its index is.</summary>
    public const int BeginningSize = 12 + ExtraSize;

    /// <summary>The bytes that hold the index of nearly every segment, for whoever reads it in one go.</summary>
    public const int HeadSizeUsual = 64 * 1024;

    /// <summary>The largest head in bytes, packed or unpacked: lists of 4,096 ids of 80 characters, several times over.</summary>
    public const int HeadSizeMax = 4 * 1024 * 1024;

    internal const int BlockPlainSizeMax = BlockLeaves * (Leaf.LengthMax + 1);

    // Deflate makes what cannot be packed larger by five bytes in 16 KiB.
    internal const int BlockSizeMax = BlockPlainSizeMax + (BlockPlainSizeMax / 1_000) + 1_000;

    private const int FieldSize = 1 + sizeof(uint) + SHA256.HashSizeInBytes;
    private const int ExtraSize = 4 + FieldSize;
    private const int HashLength = 32;
    private const string Extension = ".ndjson.gz";
    private const byte LineFeed = (byte)'\n';

    /// <summary>Where the segment lies: <c>segments/{number, eight digits}-{first half of the file's SHA-256}.ndjson.gz</c>.</summary>
    /// <remarks>The hash is in the name so that, in a container that never forgets, nobody else can take the place of a segment to come.</remarks>
    public static string PathOf(long number, Sha256Hex sha256) => number is >= 0 and < NumberMax
        ? string.Create(CultureInfo.InvariantCulture, $"{Folder}{number:D8}-{sha256.Value[..HashLength]}{Extension}")
        : throw new ArgumentOutOfRangeException(nameof(number), number, "There is no such segment.");

    /// <summary>The file of a segment. The same leaves give the same bytes on the same version of the framework; a reader relies on the hash alone.</summary>
    /// <param name="number">From 0: its first leaf has the leaf index 4,096 times that.</param>
    /// <param name="leaves">Exactly <see cref="LeavesMax"/>, in leaf order.</param>
    /// <exception cref="ArgumentException">Another number of leaves, or a leaf that is too long or holds a line feed.</exception>
    /// <exception cref="FormatException">A leaf is no entry of a kind that there is.</exception>
    public static byte[] Write(long number, IReadOnlyList<ReadOnlyMemory<byte>> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, NumberMax);
        if (leaves.Count != LeavesMax || leaves.Any(leaf => leaf.Length > Leaf.LengthMax || leaf.Span.Contains(LineFeed)))
        {
            throw new ArgumentException($"A segment has {LeavesMax} leaves of at most {Leaf.LengthMax} bytes without a line feed.", nameof(leaves));
        }

        var survey = new SegmentSurvey();
        var blocks = ImmutableArray.CreateBuilder<SegmentBlock>(Blocks);
        var members = new List<byte[]>(Blocks);
        foreach (ReadOnlyMemory<byte>[] block in leaves.Chunk(BlockLeaves))
        {
            Array.ForEach(block, survey.Add);
            byte[] plain = Lines(block);
            byte[] member = GzipMember.Pack(plain);
            members.Add(member);
            blocks.Add(new SegmentBlock(0, member.Length, plain.Length, Sha256Hex.Of(member), survey.TakeKeys()));
        }

        byte[] index = [.. CanonicalJson.Write(survey.ToIndex(number, blocks.ToImmutable()).ToJson()), LineFeed];
        return [.. Head(index), .. members.SelectMany(member => member)];
    }

    /// <summary>How long the index at the start of a file is, in bytes.</summary>
    /// <param name="file">The file's first bytes, <see cref="BeginningSize"/> or more.</param>
    /// <exception cref="FormatException">Not the beginning of a segment.</exception>
    public static int HeadSize(ReadOnlySpan<byte> file)
    {
        byte[] beginning = [.. GzipMember.Beginning(ExtraSize), .. FieldStart];
        if (file.Length < BeginningSize || !file.StartsWith(beginning))
        {
            throw new FormatException("The file does not begin as a segment does.");
        }

        uint size = BinaryPrimitives.ReadUInt32BigEndian(file[beginning.Length..]);
        return size is > BeginningSize and <= HeadSizeMax ? (int)size : throw new FormatException($"The index of a segment has at most {HeadSizeMax} bytes; found {size}.");
    }

    /// <summary>Reads the index.</summary>
    /// <param name="file">The file's first bytes: <see cref="HeadSize"/> of them, or more.</param>
    /// <exception cref="FormatException">It is not whole, or was altered.</exception>
    public static SegmentIndex ReadIndex(ReadOnlyMemory<byte> file)
    {
        int size = HeadSize(file.Span);
        if (file.Length < size)
        {
            throw new FormatException($"The index has {size} bytes; found {file.Length}.");
        }

        ReadOnlySpan<byte> hash = file.Span[(BeginningSize - SHA256.HashSizeInBytes)..BeginningSize];
        if (!SHA256.HashData(file.Span[BeginningSize..size]).AsSpan().SequenceEqual(hash))
        {
            throw new FormatException("The index of the segment was altered.");
        }

        return SegmentIndex.FromJson(GzipMember.UnpackUpTo(file[..size], HeadSizeMax), size);
    }

    /// <summary>The leaves of one block, in leaf order, as parts of one memory.</summary>
    /// <param name="block">As the index says it.</param>
    /// <param name="member">The bytes at its offset.</param>
    /// <exception cref="FormatException">They are not the block's, or were altered.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> ReadBlock(SegmentBlock block, ReadOnlyMemory<byte> member)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (member.Length != block.Size || Sha256Hex.Of(member.Span) != block.Sha256)
        {
            throw new FormatException("A block of the segment is not whole, or was altered.");
        }

        ReadOnlyMemory<byte> rest = GzipMember.Unpack(member, block.PlainSize);
        var leaves = new List<ReadOnlyMemory<byte>>(BlockLeaves);
        while (rest.Span.IndexOf(LineFeed) is var end && end >= 0)
        {
            leaves.Add(rest[..end]);
            rest = rest[(end + 1)..];
        }

        return leaves.Count == BlockLeaves && rest.IsEmpty ? leaves : throw new FormatException($"A block has {BlockLeaves} leaves, each with a line feed; found {leaves.Count}.");
    }

    /// <summary>Reads a whole file, and believes nothing of it before its hash is that of its seal.</summary>
    /// <exception cref="FormatException">It is another file, was cut or altered, or is no segment.</exception>
    public static (SegmentIndex Index, IReadOnlyList<ReadOnlyMemory<byte>> Leaves) Read(ReadOnlyMemory<byte> file, Sha256Hex sha256)
    {
        if (Sha256Hex.Of(file.Span) != sha256)
        {
            throw new FormatException($"The file is not the segment that was sealed as {sha256}.");
        }

        SegmentIndex index = ReadIndex(file);
        SegmentBlock last = index.Blocks[^1];
        if (last.Offset + last.Size != file.Length)
        {
            throw new FormatException("The file does not end with its last block.");
        }

        return (index, [.. index.Blocks.SelectMany(block => ReadBlock(block, file.Slice((int)block.Offset, block.Size)))]);
    }

    // The subfield's name and length, and the version of the form.
    private static ReadOnlySpan<byte> FieldStart => [(byte)'D', (byte)'C', FieldSize, 0, SegmentIndex.Format];

    private static byte[] Head(byte[] index)
    {
        byte[] member = GzipMember.Pack(index);
        byte[] field = new byte[ExtraSize];
        FieldStart.CopyTo(field);
        byte[] head = GzipMember.WithExtra(member, field);
        Span<byte> rest = head.AsSpan(BeginningSize - SHA256.HashSizeInBytes - sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)head.Length);
        SHA256.HashData(head.AsSpan(BeginningSize)).CopyTo(rest[sizeof(uint)..]);
        return head.Length <= HeadSizeMax ? head : throw new ArgumentException($"The index has at most {HeadSizeMax} bytes; this one has {head.Length}.", nameof(index));
    }

    private static byte[] Lines(ReadOnlyMemory<byte>[] leaves)
    {
        byte[] lines = new byte[leaves.Sum(leaf => leaf.Length + 1)];
        Span<byte> rest = lines;
        foreach (ReadOnlyMemory<byte> leaf in leaves)
        {
            leaf.Span.CopyTo(rest);
            rest[leaf.Length] = LineFeed;
            rest = rest[(leaf.Length + 1)..];
        }

        return lines;
    }
}

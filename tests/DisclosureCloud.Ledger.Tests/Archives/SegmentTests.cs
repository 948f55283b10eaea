using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests.Archives;

/// <summary>A segment gives its leaves back byte for byte, and no damage passes for another segment.</summary>
public sealed class SegmentTests
{
    private static readonly Lazy<ImmutableArray<ReadOnlyMemory<byte>>> Leaves = new(() => [.. LeafWorld.Leaves(1, Segment.LeavesMax).Select(leaf => leaf.Leaf.Bytes)]);
    private static readonly Lazy<byte[]> File = new(() => Segment.Write(7, Leaves.Value));

    private static Sha256Hex Hash => Sha256Hex.Of(File.Value);

    private static int Head => Segment.HeadSize(File.Value);

    [Fact]
    public void Read_WhatWasWritten_IsTheSameLeaves()
    {
        (SegmentIndex index, IReadOnlyList<ReadOnlyMemory<byte>> leaves) = Segment.Read(File.Value, Hash);
        leaves.Count.ShouldBe(Segment.LeavesMax);
        ShouldBeSame(leaves, Leaves.Value);
        index.Segment.ShouldBe(7);
        index.FirstLeaf.ShouldBe(7 * 4096);
        Segment.Write(7, Leaves.Value).ShouldBe(File.Value);
    }

    [Fact]
    public void ReadBlock_OfEveryBlock_NeedsItsOwnBytesAlone()
    {
        SegmentIndex index = Segment.ReadIndex(File.Value.AsMemory(0, Head));
        index.Blocks.Length.ShouldBe(16);
        for (int block = 0; block < index.Blocks.Length; block++)
        {
            SegmentBlock one = index.Blocks[block];
            byte[] range = File.Value.AsSpan((int)one.Offset, one.Size).ToArray();
            ShouldBeSame(Segment.ReadBlock(one, range), Leaves.Value[(block * 256)..((block + 1) * 256)]);
            Should.Throw<FormatException>(() => Segment.ReadBlock(index.Blocks[(block + 1) % 16], range));
        }
    }

    [Fact]
    public void File_ReadAsGzipByAnybody_IsLinesOfJson()
    {
        using var gzip = new GZipStream(new MemoryStream(File.Value), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        string[] lines = Encoding.UTF8.GetString(plain.ToArray()).Split('\n');
        lines.Length.ShouldBe(1 + 4096 + 1);
        lines[^1].ShouldBeEmpty();
        JsonElement index = JsonElement.Parse(lines[0]);
        index.GetProperty("segment").GetInt32().ShouldBe(7);
        index.GetProperty("firstLeaf").GetInt32().ShouldBe(28672);
        lines[1..^1].ShouldBe(Leaves.Value.Select(leaf => Encoding.UTF8.GetString(leaf.Span)));
    }

    [Fact]
    public void Read_AFileWithAnyBitFlipped_IsRefused()
    {
        // Every bit before the index, and some of the rest: a hash covers each alike.
        byte[] file = [.. File.Value];
        foreach (int at in Enumerable.Range(0, file.Length).Where(at => at < 60 || at % 997 == 0))
        {
            for (int bit = 0; bit < 8; bit += at < 60 ? 1 : 5)
            {
                file[at] ^= (byte)(1 << bit);
                Should.Throw<FormatException>(() => Segment.Read(file, Hash));
                file[at] ^= (byte)(1 << bit);
            }
        }

        Segment.Read(file, Hash).Leaves.Count.ShouldBe(4096);
    }

    [Fact]
    public void ReadIndex_OfAHeadWithAnyBitFlipped_IsRefused()
    {
        byte[] head = File.Value[..Head];
        for (int bit = 0; bit < head.Length * 8; bit += bit < 800 ? 1 : 37)
        {
            head[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<FormatException>(() => Segment.ReadIndex(head));
            head[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Segment.ReadIndex(head).Segment.ShouldBe(7);
    }

    [Fact]
    public void ReadBlock_WithAnyBitFlippedOrCut_IsRefused()
    {
        SegmentBlock block = Segment.ReadIndex(File.Value).Blocks[3];
        byte[] member = File.Value.AsSpan((int)block.Offset, block.Size).ToArray();
        for (int bit = 0; bit < member.Length * 8; bit += 61)
        {
            member[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<FormatException>(() => Segment.ReadBlock(block, member));
            member[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int size = 0; size < member.Length; size += 101)
        {
            Should.Throw<FormatException>(() => Segment.ReadBlock(block, member.AsMemory(0, size)));
        }

        Segment.ReadBlock(block, member).Count.ShouldBe(256);
    }

    [Fact]
    public void Read_AFileCutAnywhere_IsRefused()
    {
        foreach (int size in Enumerable.Range(0, 200).Concat(Enumerable.Range(1, 100).Select(part => File.Value.Length * part / 101)).Append(File.Value.Length - 1))
        {
            ReadOnlyMemory<byte> cut = File.Value.AsMemory(0, size);
            Should.Throw<FormatException>(() => Segment.Read(cut, Hash));

            // Also where somebody vouches for the cut file itself.
            Should.Throw<FormatException>(() => Segment.Read(cut, Sha256Hex.Of(cut.Span)));
            if (size < Head)
            {
                Should.Throw<FormatException>(() => Segment.ReadIndex(cut));
            }
        }

        byte[] longer = [.. File.Value, 0];
        Should.Throw<FormatException>(() => Segment.Read(longer, Sha256Hex.Of(longer)));
    }

    [Fact]
    public void ReadBlock_OfABomb_IsNotUnpacked()
    {
        // A block of the right hash that comes to more than the index says, and to less.
        byte[] bomb = Packed(new byte[64 << 20]);
        foreach (int said in new[] { 1, 1_000, 16 << 20 })
        {
            var block = new SegmentBlock(0, bomb.Length, said, Sha256Hex.Of(bomb), default);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Should.Throw<FormatException>(() => Segment.ReadBlock(block, bomb)).Message.ShouldContain("more than");
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(said + (2 << 20));
        }

        byte[] little = Packed([1, 2, 3]);
        Should.Throw<FormatException>(() => Segment.ReadBlock(new SegmentBlock(0, little.Length, 1_000, Sha256Hex.Of(little), default), little));
    }

    [Fact]
    public void Write_OfAnythingElseThanASegment_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Segment.Write(0, Leaves.Value.RemoveAt(0)));
        Should.Throw<ArgumentException>(() => Segment.Write(0, Leaves.Value.Add(Leaves.Value[0])));
        Should.Throw<ArgumentException>(() => Segment.Write(-1, Leaves.Value));
        Should.Throw<ArgumentException>(() => Segment.Write(Segment.NumberMax, Leaves.Value));
        Should.Throw<ArgumentException>(() => Segment.Write(0, Leaves.Value.SetItem(9, "{\n}"u8.ToArray())));
        Should.Throw<ArgumentException>(() => Segment.Write(0, Leaves.Value.SetItem(9, new byte[Leaf.LengthMax + 1])));
        Should.Throw<FormatException>(() => Segment.Write(0, Leaves.Value.SetItem(9, """{"kind":"none","id":"a"}"""u8.ToArray())));
    }

    [Fact]
    public void PathOf_ASegment_HasItsNumberAndHalfItsHash()
    {
        Sha256Hex hash = Sha256Hex.Of([]);
        string path = Segment.PathOf(41, hash);
        path.ShouldBe($"segments/00000041-{hash.Value[..32]}.ndjson.gz");
        path.Length.ShouldBeLessThan(IArchiveFiles.PathMax);
        FileTypes.Of(path).ShouldBe("application/gzip");
        Should.Throw<ArgumentOutOfRangeException>(() => Segment.PathOf(-1, hash));
        Should.Throw<ArgumentOutOfRangeException>(() => Segment.PathOf(Segment.NumberMax, hash));
    }

    [Fact]
    public void Index_OfASegment_HoldsNothingThatCanBeForgotten()
    {
        // The head in clear, and every value of the world: none stands in it, nor the commitment to one.
        using var gzip = new GZipStream(new MemoryStream(File.Value, 0, Head), CompressionMode.Decompress);
        using var text = new StreamReader(gzip);
        string line = text.ReadToEnd();
        foreach (Opening opening in LeafWorld.Leaves(1, 500).SelectMany(leaf => leaf.Openings).Where(opening => opening.Value.Length > 3))
        {
            line.Contains(opening.Value, StringComparison.Ordinal).ShouldBeFalse(opening.Value);
            line.Contains(opening.Commitment.Hex, StringComparison.Ordinal).ShouldBeFalse();
        }

        Head.ShouldBeLessThan(Segment.HeadSizeUsual);
    }

    private static void ShouldBeSame(IReadOnlyList<ReadOnlyMemory<byte>> leaves, ImmutableArray<ReadOnlyMemory<byte>> wanted)
    {
        leaves.Count.ShouldBe(wanted.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            leaves[i].Span.SequenceEqual(wanted[i].Span).ShouldBeTrue($"leaf {i}");
        }
    }

    private static byte[] Packed(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}

using System.Buffers.Binary;
using System.Globalization;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Leaves that are about to enter the log, kept before the checkpoint says that they are in it.</summary>
/// <remarks>
/// <c>staging/{size after}-{root after}</c>: a big-endian uint64, the tree size before, then each leaf with its length before it as in an entry
/// bundle. Two sequencers that stage different leaves write to different names, and the checkpoint that wins tells whose is applied.
/// </remarks>
internal sealed record StagedLeaves(long OldSize, IReadOnlyList<ReadOnlyMemory<byte>> Leaves)
{
    public const string Folder = "staging/";

    private const int SizeDigits = 19;

    public static string PathOf(TreeHead head) => string.Create(CultureInfo.InvariantCulture, $"{Folder}{head.Size:D19}-{head.Root}");

    /// <summary>The tree size after what is staged under that name; null for another name.</summary>
    public static long? SizeOf(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal)
        && path.Length > Folder.Length + SizeDigits
        && long.TryParse(path.AsSpan(Folder.Length, SizeDigits), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            ? size
            : null;

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[sizeof(long) + Leaves.Sum(leaf => sizeof(ushort) + leaf.Length)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, OldSize);
        Span<byte> rest = bytes.AsSpan(sizeof(long));
        foreach (ReadOnlyMemory<byte> leaf in Leaves)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)leaf.Length));
            leaf.Span.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + leaf.Length)..];
        }

        return bytes;
    }

    /// <exception cref="FormatException">It is cut.</exception>
    public static StagedLeaves Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < sizeof(long))
        {
            throw new FormatException("What is staged is cut.");
        }

        var leaves = new List<ReadOnlyMemory<byte>>();
        ReadOnlyMemory<byte> rest = bytes[sizeof(long)..];
        while (!rest.IsEmpty)
        {
            int length = rest.Length < sizeof(ushort) ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
            if (length > rest.Length - sizeof(ushort))
            {
                throw new FormatException("What is staged is cut.");
            }

            leaves.Add(rest.Slice(sizeof(ushort), length));
            rest = rest[(sizeof(ushort) + length)..];
        }

        return new StagedLeaves(BinaryPrimitives.ReadInt64BigEndian(bytes.Span), leaves);
    }
}

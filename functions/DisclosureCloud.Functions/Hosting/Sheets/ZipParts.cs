using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>The parts of a zip file, of which only those that are asked for are inflated, and no more of them than is allowed.</summary>
/// <remarks>
/// By hand, from PKWARE's APPNOTE 6.3.10: what a zip says of its own sizes is not believed, its directory is read no further than there may be
/// parts, and every part's sum is checked. Zip64, which no file of this length needs, is refused.
/// </remarks>
internal sealed class ZipParts
{
    private const uint EndMark = 0x06054b50;
    private const uint DirectoryMark = 0x02014b50;
    private const uint PartMark = 0x04034b50;
    private const int EndLength = 22;
    private const int CommentLengthMax = ushort.MaxValue;
    private const int DirectoryLength = 46;
    private const int PartLength = 30;
    private const int Stored = 0;
    private const int Deflated = 8;
    private const int Encrypted = 1;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly Dictionary<string, Part> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly InflatedTally _inflated = new();

    /// <exception cref="DamagedFileException">It is no zip, or one of another sort.</exception>
    public ZipParts(ReadOnlyMemory<byte> file)
    {
        _file = file;
        ReadOnlySpan<byte> bytes = file.Span;
        int end = FindEnd(bytes);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(end + 10)..]);
        long at = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(end + 16)..]);
        if (count > SheetLimits.PartCountMax || at > end)
        {
            throw new DamagedFileException("The file has more parts than a workbook, or its directory is damaged.");
        }

        for (; count > 0; count--)
        {
            at += Add(bytes, (int)at, end);
        }
    }

    /// <summary>The bytes of a part; null where there is none of that name.</summary>
    /// <param name="lengthMax">In bytes, inflated. Reading beyond it, or beyond what all parts may have, throws.</param>
    public Stream? Open(string name, long lengthMax)
    {
        if (!_parts.TryGetValue(name, out Part part))
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = _file.Span;
        int header = part.At;
        if (header > bytes.Length - PartLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes[header..]) != PartMark)
        {
            throw new DamagedFileException("A part is not where the zip's directory says.");
        }

        long start = (long)header + PartLength
            + BinaryPrimitives.ReadUInt16LittleEndian(bytes[(header + 26)..]) + BinaryPrimitives.ReadUInt16LittleEndian(bytes[(header + 28)..]);
        if (start + part.PackedLength > bytes.Length)
        {
            throw new DamagedFileException("A part is longer than the file.");
        }

        Stream packed = Slice((int)start, (int)part.PackedLength);
        return new PartStream(part.Method == Stored ? packed : new DeflateStream(packed, CompressionMode.Decompress), part.Length, part.Sum, lengthMax, _inflated);
    }

    private static int FindEnd(ReadOnlySpan<byte> bytes)
    {
        int first = Math.Max(0, bytes.Length - EndLength - CommentLengthMax);
        for (int at = bytes.Length - EndLength; at >= first; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) == EndMark)
            {
                return at;
            }
        }

        throw new DamagedFileException("The file is no zip, or is cut off.");
    }

    private int Add(ReadOnlySpan<byte> bytes, int at, int end)
    {
        if (at > end - DirectoryLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) != DirectoryMark)
        {
            throw new DamagedFileException("The zip's directory is damaged.");
        }

        ReadOnlySpan<byte> header = bytes[at..end];
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        int length = DirectoryLength + nameLength
            + BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        int method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        bool encrypted = (BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) & Encrypted) != 0;
        if (length > header.Length || encrypted || method is not (Stored or Deflated))
        {
            throw new DamagedFileException("The zip's directory is damaged, or a part is encrypted or packed in a way that workbooks do not have.", encrypted ? "an encrypted zip" : null);
        }

        string name = Encoding.UTF8.GetString(header.Slice(DirectoryLength, nameLength)).TrimStart('/');
        var part = new Part(
            method,
            BinaryPrimitives.ReadUInt32LittleEndian(header[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[20..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[42..]));
        if (part.At < 0 || !_parts.TryAdd(name, part))
        {
            throw new DamagedFileException("Two parts of the file have the same name, or one lies beyond it.");
        }

        return length;
    }

    private MemoryStream Slice(int start, int length) => MemoryMarshal.TryGetArray(_file, out ArraySegment<byte> array)
        ? new MemoryStream(array.Array!, array.Offset + start, length, writable: false)
        : new MemoryStream(_file.Slice(start, length).ToArray(), writable: false);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Part(int Method, uint Sum, uint PackedLength, uint Length, int At);
}

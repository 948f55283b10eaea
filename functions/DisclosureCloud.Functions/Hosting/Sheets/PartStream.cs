namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>How much has been inflated of all parts of a file together.</summary>
internal sealed class InflatedTally
{
    public long Length { get; set; }
}

/// <summary>A part of a zip as it is inflated: it is counted, summed, and stopped where it is longer than it says or than it may be.</summary>
/// <remarks>It also stops a tag that never ends, since the reader of XML would hold all of it in memory.</remarks>
internal sealed class PartStream(Stream inflated, long length, uint sum, long lengthMax, InflatedTally tally) : Stream
{
    private readonly ZipSum _sum = new();
    private readonly TagLengths _tags = new();
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="DamagedFileException">The part is not what the zip says, or too long.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = inflated.Read(buffer);
        if (read == 0 && !buffer.IsEmpty && (_count != length || _sum.Value != sum))
        {
            throw new DamagedFileException("A part of the file is damaged: its sum is another than the zip says.");
        }

        _count += read;
        tally.Length += read;
        if (_count > length)
        {
            throw new DamagedFileException("A part of the file is longer than the zip says.");
        }

        if (_count > lengthMax || tally.Length > SheetLimits.InflatedLengthMax)
        {
            throw new DamagedFileException("The file inflates to more than is read of a workbook.");
        }

        _sum.Append(buffer[..read]);
        _tags.Pass(buffer[..read]);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflated.Dispose();
        }

        base.Dispose(disposing);
    }
}

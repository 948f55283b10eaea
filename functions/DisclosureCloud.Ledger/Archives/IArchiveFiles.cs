namespace DisclosureCloud.Ledger;

/// <summary>Where files lie that are written once and never change: archive segments, full tiles, entry bundles.</summary>
/// <remarks>
/// <para>The contract, numbered; <c>ArchiveFilesContract</c> in the tests runs it on every implementation.</para>
/// <para>1. A path is relative, with <c>/</c>, of at most <see cref="PathMax"/> characters; each of its parts is of <c>a-z 0-9 . _ -</c>
/// begins with a letter or a digit, and does not end with a point. So it means the same in a folder of any system, in an address, and in any order of
/// letters. Anything else throws <see cref="ArgumentException"/>. The caller sees to it that no file's path is another's folder.</para>
/// <para>2. <see cref="PutAsync"/> on a free path keeps the bytes whole: <see cref="PutOutcome.Put"/>.</para>
/// <para>3. The same bytes once more change nothing: <see cref="PutOutcome.AlreadyThere"/>. Whoever does not know whether a put was done
/// repeats it; it may be told <c>AlreadyThere</c> of what it put itself.</para>
/// <para>4. Other bytes: <see cref="PutOutcome.Conflict"/>, and nothing changes. Of any number of writers of one path at once, with
/// different bytes, exactly one is not told so.</para>
/// <para>5. Durable: what was answered with <c>Put</c> or <c>AlreadyThere</c> survives the death of the process and of the machine's
/// power. A reader finds a file whole or not at all.</para>
/// <para>6. <see cref="ReadRangeAsync"/> gives fewer bytes where the file ends within the range, and none where it ends before it.</para>
/// <para>7. <see cref="ListAsync"/> gives the paths that begin with a text, in ordinal order. A listing that runs beside a put has the
/// new path or not; all that was there when it began is in it, each once.</para>
/// <para>8. A file's media type is that of its name (<see cref="FileTypes"/>). Files are kept as they are, without a content encoding, so
/// that a range is one of their own bytes.</para>
/// <para>9. A put that throws <see cref="OperationCanceledException"/> was not done, or was done: repeat it (point 3).</para>
/// </remarks>
public interface IArchiveFiles
{
    /// <summary>The longest path; with a folder before it, it fits every system.</summary>
    const int PathMax = 160;

    /// <summary>
    /// The largest file, in bytes: 512 MiB, twice a segment of 4,096 leaves of 65,535 bytes. A file is in memory while it is put or read whole.
    /// </summary>
    const int SizeMax = 512 * 1024 * 1024;

    /// <exception cref="ArgumentException">The path is of another form, or the file is larger than <see cref="SizeMax"/>.</exception>
    Task<PutOutcome> PutAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>The whole file, or null where there is none.</summary>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>A part of a file, or null where there is none.</summary>
    /// <param name="offset">In bytes from the start; 0 or more.</param>
    /// <param name="length">In bytes; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative, or the length is not positive.</exception>
    Task<byte[]?> ReadRangeAsync(string path, long offset, int length, CancellationToken cancellationToken);

    /// <summary>Paths page by page as they are asked for; whoever stops early is charged no further page.</summary>
    /// <param name="prefix">What the paths begin with, such as <c>tile/0/x00</c>; empty for all. It need not end at a <c>/</c>.</param>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);
}

public enum PutOutcome
{
    Put,
    AlreadyThere,
    Conflict,
}

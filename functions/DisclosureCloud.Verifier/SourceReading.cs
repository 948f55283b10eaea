using System.Security.Cryptography;

namespace DisclosureCloud.Verifier;

/// <summary>Reads files of a site without ever taking more than was allowed.</summary>
internal static class SourceReading
{
    private const int BufferSize = 64 * 1024;

    // Between two pieces of one file.
    private static readonly TimeSpan PieceWait = TimeSpan.FromSeconds(100);

    /// <summary>A whole file; null where it is missing.</summary>
    /// <param name="lengthMax">Bytes. Of a longer file one byte more is given, so that the caller sees that it is too long.</param>
    public static async Task<byte[]?> ReadAsync(this ISiteSource source, string path, long lengthMax, CancellationToken cancellationToken)
    {
        using FileBytes? file = await source.RentAsync(path, lengthMax, cancellationToken);
        return file?.Bytes.ToArray();
    }

    /// <summary>The same, in memory that is used again once it is disposed of: for many files of one length.</summary>
    public static async Task<FileBytes?> RentAsync(this ISiteSource source, string path, long lengthMax, CancellationToken cancellationToken)
    {
        await using Stream? stream = await source.OpenAsync(path, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        // What is mostly read are tiles and bundles, whose length a folder knows beforehand: one byte more, in which the end is found.
        var file = new FileBytes((int)(stream.CanSeek ? Math.Clamp(stream.Length, 0, lengthMax) + 1 : BufferSize));
        int read;
        while (file.Length <= lengthMax && (read = await ReadPieceAsync(stream, file.Rest(lengthMax), path, cancellationToken)) > 0)
        {
            file.Add(read);
        }

        return file; // One that broke off is not disposed of: who knows what still writes into its memory.
    }

    /// <summary>The length and SHA-256 of a file, and each piece of it on the way; null where it is missing.</summary>
    /// <param name="lengthMax">Reading ends with the first piece that goes beyond it.</param>
    public static async Task<(long Length, byte[] Hash)?> HashAsync(
        this ISiteSource source, string path, long lengthMax, Action<ReadOnlyMemory<byte>>? seen, CancellationToken cancellationToken)
    {
        await using Stream? stream = await source.OpenAsync(path, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize];
        long length = 0;
        int read;
        while (length <= lengthMax && (read = await ReadPieceAsync(stream, buffer, path, cancellationToken)) > 0)
        {
            length += read;
            hash.AppendData(buffer, 0, read);
            seen?.Invoke(buffer.AsMemory(0, read));
        }

        return (length, hash.GetHashAndReset());
    }

    private static async Task<int> ReadPieceAsync(Stream stream, Memory<byte> into, string path, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(PieceWait);
        try
        {
            return await stream.ReadAsync(into, wait.Token);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidDataException)
        {
            throw new SourceException($"{path} broke off: {fault.Message}", fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException($"{path} broke off: nothing came for {PieceWait.TotalSeconds:N0} s.", fault);
        }
    }
}

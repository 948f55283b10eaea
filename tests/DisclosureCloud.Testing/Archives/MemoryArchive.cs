using System.Collections.Concurrent;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>Files in memory, and what goes wrong with them when a test wants it.</summary>
public sealed class MemoryArchive : IPassingFiles
{
    private readonly SortedDictionary<string, byte[]> files;

    public MemoryArchive()
        : this(new SortedDictionary<string, byte[]>(StringComparer.Ordinal))
    {
    }

    private MemoryArchive(SortedDictionary<string, byte[]> files) => this.files = files;

    /// <summary>Called before a put or a delete is done, with the path, and may throw: then it is not done.</summary>
    public Action<string>? BeforeWrite { get; set; }

    /// <summary>Called after a put or a delete was done, and may throw: then its answer is lost.</summary>
    public Action<string>? AfterWrite { get; set; }

    /// <summary>Called before a file is read, with the path, and may throw.</summary>
    public Action<string>? BeforeRead { get; set; }

    /// <summary>What was read, in order: path, offset and length.</summary>
    public ConcurrentQueue<(string Path, long Offset, int Length)> Reads { get; } = new();

    /// <summary>The same files for another process: what goes wrong for one does not for the other.</summary>
    public MemoryArchive Open() => new(files);

    /// <summary>Every file, for a test to look at and to meddle with.</summary>
    public IDictionary<string, byte[]> Files => files;

    public Task<PutOutcome> PutAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        CheckPath(path);
        cancellationToken.ThrowIfCancellationRequested();
        BeforeWrite?.Invoke(path);
        PutOutcome outcome;
        lock (files)
        {
            outcome = files.TryAdd(path, bytes.ToArray()) ? PutOutcome.Put
                : files[path].AsSpan().SequenceEqual(bytes.Span) ? PutOutcome.AlreadyThere
                : PutOutcome.Conflict;
        }

        AfterWrite?.Invoke(path);
        return Task.FromResult(outcome);
    }

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) => ReadRangeAsync(path, 0, int.MaxValue, cancellationToken);

    public Task<byte[]?> ReadRangeAsync(string path, long offset, int length, CancellationToken cancellationToken)
    {
        CheckPath(path);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        BeforeRead?.Invoke(path);
        cancellationToken.ThrowIfCancellationRequested();
        Reads.Enqueue((path, offset, length));
        lock (files)
        {
            return Task.FromResult(files.GetValueOrDefault(path) is { } bytes
                ? bytes[(int)Math.Min(offset, bytes.Length)..(int)Math.Min(offset + length, bytes.Length)]
                : null);
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] paths;
        lock (files)
        {
            paths = [.. files.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal))];
        }

        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return path;
        }

        await Task.CompletedTask;
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        CheckPath(path);
        BeforeWrite?.Invoke(path);
        lock (files)
        {
            files.Remove(path);
        }

        AfterWrite?.Invoke(path);
        return Task.CompletedTask;
    }

    /// <summary>Changes a file behind everybody's back, as nothing else can.</summary>
    public void Alter(string path, Action<byte[]> change) => change(files[path]);

    public void Lose(string path) => files.Remove(path);

    private static void CheckPath(string path)
    {
        bool good = path.Length is > 0 and <= IArchiveFiles.PathMax
            && path.Split('/').All(part => part.Length > 0
                && char.IsAsciiLetterOrDigit(part[0])
                && part[^1] != '.'
                && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-'));
        if (!good)
        {
            throw new ArgumentException($"Not a path of an archive: '{path}'.", nameof(path));
        }
    }
}

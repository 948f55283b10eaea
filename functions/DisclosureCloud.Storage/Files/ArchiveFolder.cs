using System.Runtime.CompilerServices;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>An archive in a folder, with a folder of drafts beside it. Several processes may write to it.</summary>
/// <remarks>
/// <para>For <c>DATA/archive</c> the drafts lie in <c>DATA/archive.drafts</c>, on the same disk. A file is written there and flushed, then
/// gets its name by a link, which never replaces, then the folders that now name it are flushed. A crash leaves at most a draft, which
/// no reader sees and which goes after a day.</para>
/// <para>A file system without hard links (exFAT, some shares) refuses the first put. The archive belongs on a local disk.</para>
/// </remarks>
public sealed class ArchiveFolder : IPassingFiles
{
    /// <summary>No put takes this long: what is older was left by a crash.</summary>
    private static readonly TimeSpan DraftLife = TimeSpan.FromDays(1);

    private readonly string _root;
    private readonly string _drafts;
    private readonly Action<string> _step;

    /// <param name="folder">The archive's folder, made with the first file.</param>
    /// <param name="clock">Says which drafts are old.</param>
    public ArchiveFolder(string folder, TimeProvider clock)
        : this(folder, clock, step: _ => { })
    {
    }

    /// <param name="step">For tests: hears of each step after it, and may throw, as a crash would there.</param>
    internal ArchiveFolder(string folder, TimeProvider clock, Action<string> step)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _drafts = _root + ".drafts";
        _step = step;
        RemoveOldDrafts(clock.GetUtcNow() - DraftLife);
    }

    public async Task<PutOutcome> PutAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ArchivePath.Check(path);
        ArchivePath.CheckSize(bytes.Length);
        string file = SitePath.Under(_root, path);
        PutOutcome outcome = File.Exists(file) ? PutOutcome.AlreadyThere : await WriteAsync(file, bytes, cancellationToken);
        if (outcome == PutOutcome.AlreadyThere && !(await File.ReadAllBytesAsync(file, cancellationToken)).AsSpan().SequenceEqual(bytes.Span))
        {
            return PutOutcome.Conflict;
        }

        // Also for a file that was there: whoever put it may have died before this line, and we are about to promise it.
        Disk.FlushFoldersOf(Path.GetDirectoryName(_root)!, [file]);
        _step("folders flushed");
        return outcome;
    }

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ArchivePath.Check(path);
        string file = SitePath.Under(_root, path);
        return File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : null;
    }

    public async Task<byte[]?> ReadRangeAsync(string path, long offset, int length, CancellationToken cancellationToken)
    {
        ArchivePath.Check(path);
        ArchivePath.CheckRange(offset, length);
        string file = SitePath.Under(_root, path);
        if (!File.Exists(file))
        {
            return null;
        }

        await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        byte[] bytes = new byte[Math.Clamp(stream.Length - offset, 0, length)];
        stream.Position = Math.Min(offset, stream.Length);
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        foreach (string path in Walk(_root, "", prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return path;
        }

        await Task.CompletedTask;
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        ArchivePath.Check(path);
        string file = SitePath.Under(_root, path);
        if (File.Exists(file)) // Deleting below a folder that is not there would be an error.
        {
            File.Delete(file);
        }

        return Task.CompletedTask;
    }

    private async Task<PutOutcome> WriteAsync(string file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        PrivateFolder.Create(_drafts);
        string draft = Path.Combine(_drafts, Path.GetRandomFileName());
        try
        {
            await using (var stream = new FileStream(draft, PrivateFolder.NewFile()))
            {
                await stream.WriteAsync(bytes, cancellationToken);
                _step("draft written");
                stream.Flush(flushToDisk: true);
            }

            _step("draft flushed");
            PrivateFolder.Create(Path.GetDirectoryName(file)!);
            if (!Disk.TryName(draft, file))
            {
                return PutOutcome.AlreadyThere; // Another writer was faster; whether with the same bytes, the caller sees.
            }

            _step("named");
            return PutOutcome.Put;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // A folder stands where its name with the '/' would: "a-b" before "a/b" before "a0". So the whole is in ordinal order, and only one
    // folder at a time is in memory.
    private static IEnumerable<string> Walk(string folder, string path, string prefix)
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        IEnumerable<string> entries = new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Select(entry => path + entry.Name + (entry is DirectoryInfo ? "/" : ""))
            .Where(entry => entry.StartsWith(prefix, StringComparison.Ordinal) || (entry[^1] == '/' && prefix.StartsWith(entry, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            if (entry[^1] != '/')
            {
                yield return entry;
                continue;
            }

            foreach (string below in Walk(Path.Combine(folder, entry[path.Length..^1]), entry, prefix))
            {
                yield return below;
            }
        }
    }

    private void RemoveOldDrafts(DateTimeOffset before)
    {
        if (!Directory.Exists(_drafts))
        {
            return;
        }

        foreach (string draft in Directory.EnumerateFiles(_drafts).Where(draft => File.GetLastWriteTimeUtc(draft) < before.UtcDateTime))
        {
            File.Delete(draft);
        }
    }
}

using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>The public site in a folder, with a staging folder and a journal beside it.</summary>
/// <remarks>
/// <para>For <c>DATA/site</c> these are <c>DATA/site.staging</c> and <c>DATA/site.journal</c>, on the same disk, so that a staged file
/// becomes public by a rename: a reader sees the old file or the new one.</para>
/// <para>The order: staged files are flushed; the journal is written and flushed; files are renamed and removed; folders are flushed;
/// the journal goes. Each step may be done twice, so whoever finds a journal does all of them again.</para>
/// <para>The caller holds the publish lock; this class takes none.</para>
/// </remarks>
public sealed class SiteFolder : ISiteFiles
{
    /// <summary>Flushing waits for the disk and not for the processor; more at once than this did not make it faster.</summary>
    private const int FlushesAtOnce = 8;

    private readonly string root;
    private readonly string staging;
    private readonly string journal;
    private readonly SiteRollForward rollForward;
    private readonly Action<string> step;

    /// <param name="folder">The site's folder, made when the first file is published.</param>
    public SiteFolder(string folder)
        : this(folder, step: _ => { })
    {
    }

    /// <param name="step">For tests: hears of each step before and after it, and may throw, as a crash would there.</param>
    internal SiteFolder(string folder, Action<string> step)
    {
        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        staging = root + ".staging";
        journal = root + ".journal";
        this.step = step;
        rollForward = new SiteRollForward(root, staging, step);
    }

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        string file = SitePath.Under(root, path);
        try
        {
            return File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // Removed between the two calls.
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        // Links are neither listed nor followed: they are no files of ours.
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        IEnumerable<string> paths = Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", options).Select(file => Path.GetRelativePath(root, file))
            : [];
        return Task.FromResult<IReadOnlyList<string>>(
            [.. paths.Select(path => path.Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal)]);
    }

    /// <exception cref="InvalidOperationException">
    /// The path is staged already, or a publish that was cut off waits for recovery.
    /// </exception>
    public async Task StageAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        string file = SitePath.Under(staging, path);
        RefuseBeforeRecovery();
        PrivateFolder.Create(Path.GetDirectoryName(file)!);
        if (File.Exists(file))
        {
            throw new InvalidOperationException($"'{path}' is staged already. Recover first; and no two pages have one path.");
        }

        try
        {
            // Not a private file: once renamed it is a file of the public site, which another program may serve.
            await using FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: false);
            await stream.WriteAsync(bytes, cancellationToken);
        }
        catch
        {
            File.Delete(file); // Half a file must not be taken for a staged one.
            throw;
        }
    }

    /// <summary>See the contract. The token is looked at until the journal is durable; from then on the publish is finished.</summary>
    /// <exception cref="ArgumentException">A path is given twice.</exception>
    /// <exception cref="InvalidOperationException">
    /// A path to be put was not staged, or a file would take a folder's place or the other way round, or recovery was not called.
    /// </exception>
    public async Task ApplyAsync(IReadOnlyList<string> puts, IReadOnlyList<string> removals, CancellationToken cancellationToken)
    {
        RefuseBeforeRecovery();
        var planned = new SiteJournal([.. puts], [.. removals]);
        rollForward.Check(planned);
        if (puts.Count + removals.Count == 0)
        {
            DiscardStaged();
            return;
        }

        await Parallel.ForEachAsync(
            puts,
            new ParallelOptions { MaxDegreeOfParallelism = FlushesAtOnce, CancellationToken = cancellationToken },
            (path, _) =>
            {
                Disk.FlushFile(SitePath.Under(staging, path));
                return ValueTask.CompletedTask;
            });
        Disk.FlushFoldersOf(staging, puts.Select(path => SitePath.Under(staging, path)));
        cancellationToken.ThrowIfCancellationRequested();
        PrivateFolder.Create(Path.GetDirectoryName(root)!);
        step("before journal");
        planned.Write(journal);
        step("after journal");
        Finish(planned);
    }

    public Task RecoverAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SiteJournal.Read(journal) is { } found)
        {
            Finish(found);
        }
        else
        {
            DiscardStaged();
        }

        return Task.CompletedTask;
    }

    private void Finish(SiteJournal planned)
    {
        rollForward.Run(planned);
        step("before remove journal");
        SiteJournal.Remove(journal);
        step("after remove journal");
        DiscardStaged();
        step("after discard staged");
    }

    private void RefuseBeforeRecovery()
    {
        if (File.Exists(journal))
        {
            throw new InvalidOperationException($"A publish was cut off: '{journal}' says what is left to do. Recover first.");
        }
    }

    private void DiscardStaged()
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }
    }
}

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
        IEnumerable<string> files = Directory.Exists(root) ? Directory.EnumerateFiles(root, "*", options) : [];
        return Task.FromResult<IReadOnlyList<string>>(
        [
            .. files.Select(file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal),
        ]);
    }

    /// <exception cref="InvalidOperationException">The path is staged already, or a publish that was cut off waits for recovery.</exception>
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
        Check(planned);
        if (puts.Count + removals.Count == 0)
        {
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
        FlushFolders(staging, puts);
        cancellationToken.ThrowIfCancellationRequested();
        PrivateFolder.Create(Path.GetDirectoryName(root)!);
        Step("journal", () => planned.Write(journal));
        RollForward(planned);
    }

    public Task RecoverAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SiteJournal.Read(journal) is { } found)
        {
            RollForward(found);
        }
        else
        {
            DiscardStaged();
        }

        return Task.CompletedTask;
    }

    /// <summary>Does what the journal says. Every step may have been done before.</summary>
    private void RollForward(SiteJournal planned)
    {
        foreach (string path in planned.Puts.SkipLast(1))
        {
            Step($"put {path}", () => Put(path));
        }

        foreach (string path in planned.Removals)
        {
            Step($"remove {path}", () => Remove(path));
        }

        // All else is on the disk before the commit point is: after a power cut, too, the last file tells of a whole site.
        Step("flush folders", () => FlushFolders(root, planned.Puts.SkipLast(1).Concat(planned.Removals)));
        foreach (string path in planned.Puts.TakeLast(1))
        {
            Step($"put {path}", () => Put(path));
            FlushFolders(root, [path]);
        }

        Step("remove journal", () => SiteJournal.Remove(journal));
        Step("discard staged", DiscardStaged);
    }

    private void Put(string path)
    {
        (string from, string to) = (SitePath.Under(staging, path), SitePath.Under(root, path));
        if (File.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Move(from, to, overwrite: true);
        }
        else if (!File.Exists(to))
        {
            throw new InvalidDataException($"The journal puts '{path}', which is neither staged nor public: someone removed it. Publish anew.");
        }
    }

    private void Remove(string path)
    {
        string file = SitePath.Under(root, path);
        if (File.Exists(file))
        {
            File.Delete(file);
        }

        string folder = Path.GetDirectoryName(file)!;
        while (folder.Length > root.Length)
        {
            if (Directory.Exists(folder))
            {
                if (Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    return;
                }

                Directory.Delete(folder);
            }

            folder = Path.GetDirectoryName(folder)!;
        }
    }

    /// <summary>Finds what could not be carried out before it is written down: a journal that cannot be finished blocks every publish.</summary>
    private void Check(SiteJournal planned)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in planned.Puts.Concat(planned.Removals))
        {
            SitePath.Under(root, path);
            if (!seen.Add(path))
            {
                throw new ArgumentException($"'{path}' is to be put or removed more than once.", nameof(planned));
            }
        }

        foreach (string path in planned.Puts)
        {
            string file = SitePath.Under(root, path);
            if (!File.Exists(SitePath.Under(staging, path)))
            {
                throw new InvalidOperationException($"'{path}' was not staged.");
            }

            if (Directory.Exists(file))
            {
                throw new InvalidOperationException($"'{path}' is a folder of the site. Remove what is in it in a publish of its own.");
            }

            for (string folder = Path.GetDirectoryName(file)!; folder.Length > root.Length; folder = Path.GetDirectoryName(folder)!)
            {
                if (File.Exists(folder))
                {
                    throw new InvalidOperationException($"'{path}' needs a folder where the site has a file. Remove that file in a publish of its own.");
                }
            }
        }

    }

    private void RefuseBeforeRecovery()
    {
        if (File.Exists(journal))
        {
            throw new InvalidOperationException($"A publish was cut off: '{journal}' says what is left to do. Recover first.");
        }
    }

    /// <summary>Flushes the folders that hold these paths, and those above them up to the root: new folders are entries of theirs.</summary>
    private static void FlushFolders(string top, IEnumerable<string> paths)
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            for (string folder = Path.GetDirectoryName(SitePath.Under(top, path))!;
                folder.Length >= top.Length && folders.Add(folder);
                folder = Path.GetDirectoryName(folder)!)
            {
            }
        }

        foreach (string folder in folders.Where(Directory.Exists))
        {
            Disk.FlushFolder(folder);
        }
    }

    private void DiscardStaged()
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private void Step(string name, Action action)
    {
        step($"before {name}");
        action();
        step($"after {name}");
    }
}

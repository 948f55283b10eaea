namespace DisclosureCloud.Storage;

/// <summary>Does what a journal says, from the beginning or once more: every step may have been done before.</summary>
/// <param name="root">The public folder.</param>
/// <param name="staging">Where the staged files lie, under the same paths.</param>
/// <param name="step">For tests: hears of each step before and after it, and may throw, as a crash would there.</param>
internal sealed class SiteRollForward(string root, string staging, Action<string> step)
{
    /// <summary>Finds what could not be carried out before it is written down.</summary>
    /// <remarks>A journal that cannot be finished blocks every publish.</remarks>
    public void Check(SiteJournal planned)
    {
        SiteJournal.Check(planned);
        foreach (string path in planned.Puts)
        {
            CheckPut(path);
        }
    }

    public void Run(SiteJournal planned)
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
        Step("flush folders", () => Flush(planned.Puts.SkipLast(1).Concat(planned.Removals)));
        foreach (string path in planned.Puts.TakeLast(1))
        {
            Step($"put {path}", () => Put(path));
            Flush([path]);
        }
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
            throw new InvalidDataException(
                $"The journal puts '{path}', which is neither staged nor public: someone removed it. Remove the journal and publish anew.");
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

    private void CheckPut(string path)
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
                throw new InvalidOperationException(
                    $"'{path}' needs a folder where the site has a file. Remove that file in a publish of its own.");
            }
        }
    }

    private void Flush(IEnumerable<string> paths) =>
        Disk.FlushFoldersOf(root, paths.Select(path => SitePath.Under(root, path)));

    private void Step(string name, Action action)
    {
        step($"before {name}");
        action();
        step($"after {name}");
    }
}

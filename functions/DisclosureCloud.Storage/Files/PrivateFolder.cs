namespace DisclosureCloud.Storage;

/// <summary>Makes folders and files that only their owner may read: they hold postings nobody has approved yet.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    private static readonly Lock Creating = new();

    /// <remarks>A folder that is there already keeps the mode that its operator gave it.</remarks>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode700);
        }
    }

    /// <summary>Makes an empty file where there is none, and its folder.</summary>
    /// <remarks>
    /// SQLite gives a database's companions (-wal, -shm) the mode of the database, so it is enough to make the database ourselves.
    /// A file that is there is never opened here: closing any handle to a database drops all POSIX locks that this process holds on it,
    /// also those of another connection. For the same reason only one thread makes files.
    /// </remarks>
    public static void CreateFile(string path)
    {
        Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        lock (Creating)
        {
            if (File.Exists(path))
            {
                return;
            }

            try
            {
                using FileStream made = new(path, NewFile());
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process made it between the two lines: that is as good.
            }
        }
    }

    public static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode600;
        }

        return options;
    }
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DisclosureCloud.Storage;

/// <summary>What files need beyond what .NET gives: to survive a power cut, and to get a name that nobody else has.</summary>
internal static partial class Disk
{
    private const int ReadOnly = 0; // O_RDONLY, which is 0 on every Unix.
    private const int Exists = 17; // EEXIST, on Linux and on macOS.

    public static void FlushFile(string path)
    {
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Flushes a folder's entries: which names it has. Windows keeps them in its journal, and has no such call.</summary>
    /// <exception cref="IOException">The folder cannot be opened.</exception>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET refuses to open a folder; the C library does not. The rest is .NET's own.
        int descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open the folder '{path}' to flush it: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Gives a draft its name, unless a file has it: of any number of writers at once one is told true, and nothing is replaced.</summary>
    /// <remarks>
    /// Not a move that does not overwrite: on Unix .NET looks whether there is a file and then renames, which replaces one that came in
    /// between. A link is made or refused in one step; it needs a file system with hard links. The draft may stay, for its maker to delete.
    /// </remarks>
    /// <exception cref="IOException">The name could not be given, and not because it is taken.</exception>
    public static bool TryName(string draft, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(draft, path, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(path))
            {
                return false;
            }
        }

        if (Link(draft, path) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == Exists
            ? false
            : throw new IOException($"Cannot name '{path}': {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Flushes the folders that hold these files, and those above them up to the top: new folders are entries of theirs.</summary>
    public static void FlushFoldersOf(string top, IEnumerable<string> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in files)
        {
            string folder = Path.GetDirectoryName(file)!;
            while (folder.Length >= top.Length && folders.Add(folder))
            {
                folder = Path.GetDirectoryName(folder)!;
            }
        }

        foreach (string folder in folders.Where(Directory.Exists))
        {
            FlushFolder(folder);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}

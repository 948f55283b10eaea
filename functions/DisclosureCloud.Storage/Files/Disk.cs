using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DisclosureCloud.Storage;

/// <summary>Makes sure that what was written would survive a power cut.</summary>
internal static partial class Disk
{
    private const int ReadOnly = 0; // O_RDONLY, which is 0 on every Unix.

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

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DisclosureCloud.Storage;

/// <summary>A small secret in a file that only its owner may read.</summary>
public static class PrivateFile
{
    private const UnixFileMode OthersBits = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Reads the file whole, if it is its owner's alone.</summary>
    /// <param name="sizeMax">The most bytes it may have.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">Others may read or write it, and so may know the secret; or it has more bytes.</exception>
    public static string Read(string path, int sizeMax)
    {
        using SafeFileHandle handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(handle) is var mode && (mode & OthersBits) != UnixFileMode.None)
        {
            throw new InvalidDataException(
                $"'{path}' holds a secret and is open to others (mode {Convert.ToString((int)mode, 8)}; wanted 600). If nobody else has read it, 'chmod 600' it.");
        }

        long size = RandomAccess.GetLength(handle);
        if (size > sizeMax)
        {
            throw new InvalidDataException($"'{path}' is at most {sizeMax} bytes; found {size}.");
        }

        byte[] bytes = new byte[size];
        int read = RandomAccess.Read(handle, bytes, fileOffset: 0);
        string text = Encoding.UTF8.GetString(bytes.AsSpan(0, read));
        CryptographicOperations.ZeroMemory(bytes);
        return text;
    }

    /// <summary>Writes the file whole in place of the one that is there, if any. When it has returned, no crash brings the old one back.</summary>
    /// <remarks>Where it throws, the file may be either one, and is whole. For one writer at a time.</remarks>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        PrivateFolder.Create(folder);
        string draft = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        try
        {
            using (var file = new FileStream(draft, PrivateFolder.NewFile()))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
            Disk.FlushFolder(folder);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Writes the file whole where there is none, to stay there whatever happens to the power.</summary>
    /// <remarks>Of several writers at once one wins; a reader never sees half of it.</remarks>
    public static void WriteOnce(string path, string text)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        PrivateFolder.Create(folder);
        string draft = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        try
        {
            using (var file = new FileStream(draft, PrivateFolder.NewFile()))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            // Where another process was faster, its file is the one.
            _ = Disk.TryName(draft, path);
            Disk.FlushFolder(folder);
            if (Path.GetDirectoryName(folder) is { } above)
            {
                Disk.FlushFolder(above); // The folder may be as new as the file.
            }
        }
        finally
        {
            File.Delete(draft);
        }
    }
}

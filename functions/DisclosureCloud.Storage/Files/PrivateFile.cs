using System.Text;

namespace DisclosureCloud.Storage;

/// <summary>A small secret in a file that only its owner may read.</summary>
public static class PrivateFile
{
    /// <summary>Writes the file whole where there is none. Of several writers at once one wins; a reader never sees half of it.</summary>
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
        }
        finally
        {
            File.Delete(draft);
        }
    }
}

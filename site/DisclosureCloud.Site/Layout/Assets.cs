using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The site's own files: stylesheet, script, icon. They travel inside the assembly.</summary>
internal sealed class Assets
{
    private const string Folder = "assets/";
    private const int VersionLength = 8; // Enough to tell one version from the next.

    private Assets(ImmutableSortedDictionary<string, byte[]> files) => Files = files;

    public static Assets All { get; } = Read();

    /// <summary>By path, such as <c>assets/site.css</c>, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, byte[]> Files { get; }

    /// <summary>The address of a file, with the start of its hash, so that a new version is never taken for the old one.</summary>
    public string Link(string name) => $"/{Folder}{name}?v={Sha256Hex.Of(Files[Folder + name]).Value[..VersionLength]}";

    /// <summary>What a browser holds a file against before it uses it: whoever can change one file of the site alone changes no page's script.</summary>
    public string Integrity(string name) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Files[Folder + name]))}";

    private static Assets Read()
    {
        Assembly assembly = typeof(Assets).Assembly;
        var files = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames())
        {
            string path = name.Replace('\\', '/'); // MSBuild writes the separator of the machine that it runs on.
            if (path.StartsWith(Folder, StringComparison.Ordinal))
            {
                using Stream stream = assembly.GetManifestResourceStream(name)!;
                byte[] bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                files.Add(path, path.EndsWith(".css", StringComparison.Ordinal) ? WithoutRemarks(bytes) : bytes);
            }
        }

        return new Assets(files.ToImmutable());
    }

    /// <summary>A stylesheet as readers get it: lines that are remarks, and what lines are set in by, are for whoever writes it.</summary>
    private static byte[] WithoutRemarks(byte[] stylesheet) => Encoding.UTF8.GetBytes(string.Concat(
        Encoding.UTF8.GetString(stylesheet).Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !(line.StartsWith("/*", StringComparison.Ordinal) && line.EndsWith("*/", StringComparison.Ordinal)))
            .Select(line => line + "\n")));
}

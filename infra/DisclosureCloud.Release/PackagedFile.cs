using System.Security.Cryptography;

namespace DisclosureCloud.Release;

/// <summary>A file of the package, and whose it is.</summary>
/// <param name="Path">Within the package, with <c>/</c>.</param>
/// <param name="Source">Where it lies on this machine.</param>
internal sealed record PackagedFile(string Path, string Source, Part Owner, string Sha256)
{
    /// <summary>The one file that is run.</summary>
    public const string Executable = Part.AppName;

    private const string FunctionFile = "function.json";

    // What the app has besides its assembly. The launcher is .NET's, with our name in it.
    private static readonly string[] Own = [Executable, $"{Executable}.deps.json", $"{Executable}.runtimeconfig.json", "host.json", NoticesText.FileName];

    public bool IsExecutable => Path == Executable;

    /// <summary>All files of a folder, in the order of their paths.</summary>
    /// <exception cref="ReleaseException">A file is of no part, or one that a part should have is not there.</exception>
    public static IReadOnlyList<PackagedFile> ReadAll(string folder, IReadOnlyList<Part> parts)
    {
        var owners = new Dictionary<string, Part>(StringComparer.Ordinal);
        foreach ((Part part, string file) in parts.SelectMany(part => part.Files, (part, file) => (part, file)))
        {
            if (!owners.TryAdd(file, part))
            {
                throw new ReleaseException($"{file} is of {owners[file].Key} and of {part.Key}.");
            }
        }

        Part app = parts.Single(part => part.IsApp);
        PackagedFile[] files =
        [
            .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => (Path: System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), Source: file))
                .OrderBy(file => file.Path, StringComparer.Ordinal)
                .Select(file => new PackagedFile(file.Path, file.Source, OwnerOf(file.Path, owners, app), Hash(file.Source))),
        ];
        string[] missing = [.. owners.Keys.Except(files.Select(file => file.Path), StringComparer.Ordinal)];
        return missing.Length == 0 ? files : throw new ReleaseException($"{missing[0]} of {owners[missing[0]].Key} was not published.");
    }

    private static Part OwnerOf(string path, Dictionary<string, Part> owners, Part app) => owners.GetValueOrDefault(path)
        ?? (Own.Contains(path, StringComparer.Ordinal) || path.Split('/') is [_, FunctionFile]
            ? app
            : throw new ReleaseException($"Nobody knows where {path} in the package comes from, and under which licence."));

    private static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

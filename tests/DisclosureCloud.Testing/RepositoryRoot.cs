namespace DisclosureCloud.Testing;

/// <summary>The repository that the tests were built from.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <param name="file">Relative to the root, with <c>/</c>.</param>
    public static string Of(string file) => System.IO.Path.Combine(Path, file);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "DisclosureCloud.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No DisclosureCloud.sln above {AppContext.BaseDirectory}.");
    }
}

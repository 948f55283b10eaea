using System.Diagnostics;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Repository.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Tree
{
    public static string Root => RepositoryRoot.Path;

    /// <summary>Every tracked file, with <c>/</c>, relative to the root.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static IEnumerable<string> Projects => Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string[] ListFiles()
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Root, UseShellExecute = false, RedirectStandardOutput = true };
        foreach (string arg in new[] { "ls-files", "-z" })
        {
            start.ArgumentList.Add(arg);
        }

        using Process git = Process.Start(start)!;
        string listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Root, file)))]
            : throw new InvalidOperationException("These tests need a git clone: what is tracked is what counts.");
    }
}

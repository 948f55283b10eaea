using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using DisclosureCloud.Testing;

[assembly: AssemblyFixture(typeof(DisclosureCloud.Release.Tests.MadeRelease))]

namespace DisclosureCloud.Release.Tests;

/// <summary>A release of this tree, made once for all tests, from a copy: making it would write among what other tests are built from.</summary>
public sealed class MadeRelease : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The zip as Azure unpacks it.</summary>
    public string Root => _folder.File("root");

    internal ReleaseFiles Files { get; private set; } = null!;

    public JsonElement Bill { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Files = await MakeAsync(_folder.File("sources"), _folder.File("output"));
        await ZipFile.ExtractToDirectoryAsync(Files.Package, Root, TestContext.Current.CancellationToken);
        Bill = JsonElement.Parse(await File.ReadAllBytesAsync(Files.Bill, TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes a release of the tracked files, as they are in the working copy, from another folder.</summary>
    internal static async Task<ReleaseFiles> MakeAsync(string sources, string output)
    {
        foreach (string file in TrackedFiles())
        {
            string copy = Path.Combine(sources, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(RepositoryRoot.Of(file), copy);
        }

        return await ReleaseFiles.MakeAsync(new Sources(sources), output, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> TrackedFiles()
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = RepositoryRoot.Path, UseShellExecute = false, RedirectStandardOutput = true };
        foreach (string argument in new[] { "ls-files", "-z", "--", ".", ":!tests" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process git = Process.Start(start)!;
        string listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, "these tests need a git clone: what is tracked is what is released");
        return listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(RepositoryRoot.Of(file)));
    }
}

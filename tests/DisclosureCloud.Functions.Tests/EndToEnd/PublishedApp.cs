using System.Diagnostics;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>What <c>dotnet publish</c> makes of the app, once for all tests.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    // Two at once would write the same files of the build.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    private readonly TemporaryFolder _folder = new();

    /// <summary>The root of a Functions app.</summary>
    public string Root => _folder.File("app");

    public async ValueTask InitializeAsync()
    {
        await OneAtATime.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await PublishAsync();
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task PublishAsync()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = RepositoryRoot.Path, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };

        // What was built with these tests is what is published.
        foreach (string argument in new[] { "publish", "functions/DisclosureCloud.Functions", "--no-build", "--configuration", Configuration, "--output", Root })
        {
            start.ArgumentList.Add(argument);
        }

        using Process publish = Process.Start(start)!;
        Task<string> errors = publish.StandardError.ReadToEndAsync();
        string said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet publish ended with {publish.ExitCode}: {said}{await errors}");
        }
    }
}

using System.Diagnostics;

namespace DisclosureCloud.Storage.Tests;

/// <summary>A process of ours beside the tests' own, which can be killed without warning.</summary>
internal sealed class OtherProcess : IAsyncDisposable
{
    private readonly Process process;

    private OtherProcess(Process process) => this.process = process;

    public static OtherProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "DisclosureCloud.Storage.Crasher.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new OtherProcess(Process.Start(start) ?? throw new InvalidOperationException("The other process did not start."));
    }

    /// <summary>The next line that it wrote.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException(
                $"The other process ended: {await process.StandardError.ReadToEndAsync(cancellationToken)}");

    /// <summary>Lets it go on where it waits for a line.</summary>
    public Task GoAsync() => process.StandardInput.WriteLineAsync("go");

    /// <summary>SIGKILL: nothing of it runs any more. Gives the whole lines that it had still written.</summary>
    public async Task<IReadOnlyList<string>> KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        return await RestAsync(cancellationToken);
    }

    /// <summary>Waits for its end, and gives the lines that it wrote until then.</summary>
    public async Task<IReadOnlyList<string>> RestAsync(CancellationToken cancellationToken)
    {
        string rest = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        string[] lines = rest.Split('\n');
        return lines[..^1]; // What follows the last line end is half a line, or nothing.
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Emulators;

/// <summary>The pinned packages of <c>tests/emulators</c>, installed once on this machine.</summary>
internal static class NodePackages
{
    private const string Lock = "package-lock.json";

    private static readonly Lazy<Task<string>> Once = new(InstallAsync);

    private static readonly TimeSpan InstallMax = TimeSpan.FromMinutes(10);

    /// <summary>The folder in which <c>node_modules</c> is as the lock file says.</summary>
    /// <exception cref="NodeMissingException">There is no Node or no npm on this machine.</exception>
    public static Task<string> FolderAsync() => Once.Value;

    private static async Task<string> InstallAsync()
    {
        string folder = RepositoryRoot.Of("tests/emulators");
        string wanted = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, Lock))));
        string stamp = Path.Combine(folder, "node_modules", ".installed");

        // Several test projects may come at once; the first one installs.
        await using IHeldLock held = await new FileLock(Path.Combine(folder, "obj", "install.lock"), TimeProvider.System)
            .AcquireAsync(InstallMax, CancellationToken.None);
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != wanted)
        {
            await RunNpmAsync(folder);
            await File.WriteAllTextAsync(stamp, wanted);
        }

        return folder;
    }

    private static async Task RunNpmAsync(string folder)
    {
        var start = new ProcessStartInfo("npm") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in new[] { "ci", "--no-audit", "--no-fund", "--ignore-scripts" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process npm = NodeMissingException.Start(start);
        Task<string> said = npm.StandardOutput.ReadToEndAsync();
        string errors = await npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci in tests/emulators failed with {npm.ExitCode}: {await said}{errors}");
        }
    }
}

/// <summary>There is no Node on this machine: what needs it is skipped, and says so. In CI a skipped test is a failure.</summary>
public sealed class NodeMissingException(string program, Exception cause)
    : Exception($"'{program}' is not on this machine; Node 18 or later runs the servers of tests/emulators.", cause)
{
    internal static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new NodeMissingException(start.FileName, missing);
        }
    }
}

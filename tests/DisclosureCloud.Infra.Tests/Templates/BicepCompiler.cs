using System.Diagnostics;
using System.Reflection;

namespace DisclosureCloud.Infra.Tests.Templates;

/// <summary>Bicep's own compiler, as its package has it.</summary>
internal static class BicepCompiler
{
    private static readonly string Path = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Bicep").Value!;

    /// <summary>Compiles every file that a pattern below a folder names, each to a <c>.json</c> beside it.</summary>
    /// <returns>What it said of them, a line each; nothing where nothing is to be said.</returns>
    public static Task<IReadOnlyList<string>> BuildAsync(string folder, string pattern, CancellationToken cancellationToken) =>
        RunAsync(folder, ["build", "--pattern", pattern], cancellationToken);

    /// <summary>Brings every file that a pattern below a folder names into the compiler's own form.</summary>
    public static Task<IReadOnlyList<string>> FormatAsync(string folder, string pattern, CancellationToken cancellationToken) =>
        RunAsync(folder, ["format", "--pattern", pattern], cancellationToken);

    private static async Task<IReadOnlyList<string>> RunAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process compiler = Process.Start(start)!;
        Task<string> output = compiler.StandardOutput.ReadToEndAsync(cancellationToken);
        string said = await compiler.StandardError.ReadToEndAsync(cancellationToken) + await output;
        await compiler.WaitForExitAsync(cancellationToken);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

using System.Diagnostics;
using System.Text;
using Xunit;

namespace DisclosureCloud.Emulators;

/// <summary>A script of <c>tests/emulators</c> that reads a document and says something of it.</summary>
public static class NodeScript
{
    /// <summary>A YAML document as JSON.</summary>
    public static Task<string> YamlToJsonAsync(string document, CancellationToken cancellationToken) => RunAsync(["yaml.mjs"], document, cancellationToken);

    /// <summary>Runs a script; skips the test that asks where Node is missing.</summary>
    /// <param name="arguments">The script and what it is given.</param>
    /// <returns>What it printed.</returns>
    internal static async Task<string> RunAsync(IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        string folder;
        try
        {
            folder = await NodePackages.FolderAsync();
        }
        catch (NodeMissingException missing)
        {
            Assert.Skip(missing.Message);
            return "";
        }

        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process script = NodeMissingException.Start(start);
        Task<string> errors = script.StandardError.ReadToEndAsync(cancellationToken);
        Task<string> said = script.StandardOutput.ReadToEndAsync(cancellationToken);
        await script.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        script.StandardInput.Close();
        await script.WaitForExitAsync(cancellationToken);
        return script.ExitCode == 0
            ? await said
            : throw new InvalidOperationException($"{arguments[0]} ended with {script.ExitCode}: {await errors}");
    }
}

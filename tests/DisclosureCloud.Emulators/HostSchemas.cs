using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace DisclosureCloud.Emulators;

/// <summary>Checks the files of a Functions app against the JSON Schemas that editors know them by.</summary>
public static class HostSchemas
{
    /// <param name="kind"><c>host</c> or <c>function</c>.</param>
    /// <param name="document">The file's text.</param>
    /// <returns>What is wrong, a line each. Skips the test that asks where Node is missing.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(string kind, string document, CancellationToken cancellationToken)
    {
        string folder;
        try
        {
            folder = await NodePackages.FolderAsync();
        }
        catch (NodeMissingException missing)
        {
            Assert.Skip(missing.Message);
            return [];
        }

        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.ArgumentList.Add("check.mjs");
        start.ArgumentList.Add(kind);
        using Process check = NodeMissingException.Start(start);
        await check.StandardInput.WriteAsync(document.AsMemory(), cancellationToken);
        check.StandardInput.Close();
        Task<string> errors = check.StandardError.ReadToEndAsync(cancellationToken);
        string said = await check.StandardOutput.ReadToEndAsync(cancellationToken);
        await check.WaitForExitAsync(cancellationToken);
        return check.ExitCode == 0
            ? JsonSerializer.Deserialize<string[]>(said)!
            : throw new InvalidOperationException($"check.mjs ended with {check.ExitCode}: {await errors}");
    }
}

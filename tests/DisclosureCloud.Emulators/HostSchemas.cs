using System.Text.Json;

namespace DisclosureCloud.Emulators;

/// <summary>Checks documents against the JSON Schemas that editors and others' tools know them by.</summary>
public static class HostSchemas
{
    /// <param name="kind"><c>host</c> and <c>function</c> of a Functions app, <c>workflow</c> of GitHub in YAML, <c>bom</c> of CycloneDX 1.6.</param>
    /// <param name="document">The file's text.</param>
    /// <returns>What is wrong, a line each. Skips the test that asks where Node is missing.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(string kind, string document, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<string[]>(await NodeScript.RunAsync(["check.mjs", kind], document, cancellationToken))!;
}

using System.Text.Json.Nodes;

namespace DisclosureCloud.Emulators;

/// <summary>The root of a Functions app as the host reads it: <c>host.json</c>, and a <c>function.json</c> a folder.</summary>
/// <param name="Functions">The bindings of each function, by its name, which is its folder's.</param>
internal sealed record FunctionsApp(
    string Root, string Executable, IReadOnlyList<string> Arguments, QueueSettings Queues, IReadOnlyDictionary<string, JsonArray> Functions)
{
    public static async Task<FunctionsApp> ReadAsync(string root, CancellationToken cancellationToken)
    {
        JsonNode host = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(root, "host.json"), cancellationToken))!;
        JsonNode description = host["customHandler"]!["description"]!;
        return new FunctionsApp(
            root,
            Path.Combine(root, (string)description["defaultExecutablePath"]!),
            [.. description["arguments"]?.AsArray().Select(argument => (string)argument!) ?? []],
            QueueSettings.Of(host["extensions"]?["queues"]),
            await ReadFunctionsAsync(root, cancellationToken));
    }

    /// <summary>The functions with a trigger of this type, and that trigger, in the order of their names.</summary>
    public IEnumerable<(string Function, JsonNode Trigger)> TriggeredBy(string type) =>
        Functions.OrderBy(function => function.Key, StringComparer.Ordinal)
            .SelectMany(function => function.Value.Where(binding => (string)binding!["type"]! == type).Select(binding => (function.Key, binding!)));

    /// <summary>The name of a function's binding.</summary>
    /// <exception cref="InvalidOperationException">There is no such function, or it has another trigger.</exception>
    public string BindingOf(string function, string type) =>
        Functions.GetValueOrDefault(function)?.FirstOrDefault(binding => (string)binding!["type"]! == type) is { } found
            ? (string)found["name"]!
            : throw new InvalidOperationException($"There is no function '{function}' with a {type}.");

    private static async Task<Dictionary<string, JsonArray>> ReadFunctionsAsync(string root, CancellationToken cancellationToken)
    {
        var functions = new Dictionary<string, JsonArray>(StringComparer.Ordinal);
        foreach (string file in Directory.GetDirectories(root).Select(folder => Path.Combine(folder, "function.json")).Where(File.Exists))
        {
            functions[Path.GetFileName(Path.GetDirectoryName(file)!)] =
                JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))!["bindings"]!.AsArray();
        }

        return functions;
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Contract;

/// <summary>The OpenAPI document as the app serves it, and whether answers keep to it.</summary>
internal sealed class ServedDocument
{
    private readonly Dictionary<string, (Regex Path, JsonElement Operation)> _operations;

    public ServedDocument(JsonElement json)
    {
        Json = json;
        Check = new JsonSchemaCheck(json);
        _operations = json.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Key: $"{method.Name.ToUpperInvariant()} {path.Name}", Path: path.Name, Operation: method.Value)))
            .ToDictionary(one => one.Key, one => (PathOf(one.Path), one.Operation), StringComparer.Ordinal);
    }

    public JsonElement Json { get; }

    public JsonSchemaCheck Check { get; }

    /// <summary>Each operation by its call, such as <c>GET /api/health</c>.</summary>
    public IEnumerable<(string Call, JsonElement Operation)> Operations => _operations.Select(pair => (pair.Key, pair.Value.Operation));

    /// <summary>Every answer that is listed, such as <c>GET /api/health 200</c>.</summary>
    public IEnumerable<string> Answers =>
        Operations.SelectMany(one => one.Operation.GetProperty("responses").EnumerateObject().Select(response => $"{one.Call} {response.Name}"));

    /// <summary>Sees that an answer is one of those that its call lists, in its media type and by its schema.</summary>
    /// <returns>The listed answer; null where the call is none of the document's.</returns>
    public string? ShouldDescribe(HttpMethod method, string path, Answer answer)
    {
        if (_operations.Where(one => one.Key.StartsWith($"{method.Method} ", StringComparison.Ordinal) && one.Value.Path.IsMatch(path)).Select(one => one.Key).FirstOrDefault() is not { } call)
        {
            return null;
        }

        string listed = FormattableString.Invariant($"{call} {answer.Status}");
        _operations[call].Operation.GetProperty("responses").TryGetProperty(FormattableString.Invariant($"{answer.Status}"), out JsonElement response)
            .ShouldBeTrue($"{listed} is not listed: {answer.Text}");
        JsonElement schema = response.GetProperty("content").EnumerateObject().Where(one => one.Name == answer.MediaType).Select(one => one.Value).ShouldHaveSingleItem(listed)
            .GetProperty("schema");
        if (answer.MediaType!.EndsWith("json", StringComparison.Ordinal) && answer.MediaType != "application/x-ndjson")
        {
            Check.Faults(schema, answer.Json).ShouldBeEmpty($"{listed}: {answer.Text}");
        }

        return listed;
    }

    private static Regex PathOf(string template) => new(
        $"^{Regex.Replace(template, "\\{[a-z]+\\}", "[^/]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Replace(".", "[.]", StringComparison.Ordinal)}$",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));
}

using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Host;

/// <summary>A Functions app whose handler is a script in Node: it writes down what it is sent and answers what a test wants.</summary>
internal sealed class StubApp : IDisposable
{
    public const string Json = "application/json; charset=utf-8";

    private readonly TemporaryFolder _folder = new();

    /// <param name="queues"><c>extensions.queues</c> of <c>host.json</c>.</param>
    public StubApp(string queues = """{"batchSize": 8, "maxDequeueCount": 5, "visibilityTimeout": "00:00:30", "messageEncoding": "base64"}""")
    {
        Directory.CreateDirectory(Root);
        string script = RepositoryRoot.Of("tests/DisclosureCloud.Functions.Tests/Host/stub-handler.js");
        File.WriteAllText(Path.Combine(Root, "host.json"), $$"""
            {
              "version": "2.0",
              "customHandler": { "description": { "defaultExecutablePath": "handler", "arguments": ["{{script}}"] } },
              "extensions": { "queues": {{queues}} }
            }
            """);
        File.CreateSymbolicLink(Path.Combine(Root, "handler"), Node());
        Answers("{}");
    }

    /// <summary>Each call so far, the oldest first.</summary>
    public IReadOnlyList<StubCall> Calls => File.Exists(_folder.File("calls.ndjson"))
        ? [.. File.ReadLines(_folder.File("calls.ndjson")).Select(line => JsonSerializer.Deserialize<StubCall>(line, JsonSerializerOptions.Web)!)]
        : [];

    private string Root => _folder.File("app");

    public StubApp WithQueue(string function, string queue) =>
        With(function, $$"""{"type": "queueTrigger", "direction": "in", "name": "message", "queueName": "{{queue}}", "connection": "Storage"}""");

    public StubApp WithEvents(string function) => With(function, """{"type": "eventGridTrigger", "direction": "in", "name": "happened"}""");

    public StubApp WithHttp(string function, string route) => With(function, $$"""
        {"type": "httpTrigger", "direction": "in", "name": "request", "authLevel": "anonymous", "methods": ["post"], "route": "{{route}}"},
        {"type": "http", "direction": "out", "name": "response"}
        """);

    /// <summary>What the handler answers from now on.</summary>
    /// <param name="asks">An address that it asks before it answers.</param>
    public void Answers(string body, int status = 200, string? type = Json, Uri? asks = null) =>
        Plan(new JsonObject { ["status"] = status, ["type"] = type, ["body"] = body, ["asks"] = asks?.AbsoluteUri });

    /// <summary>From now on the handler dies at a call.</summary>
    /// <param name="how">An exit code, or <c>SIGKILL</c>.</param>
    public void Ends(JsonNode how) => Plan(new JsonObject { ["ends"] = how });

    public Task<FunctionsHost> StartAsync(AzuriteServer storage) => FunctionsHost.StartAsync(
        Root, new Dictionary<string, string>(StringComparer.Ordinal) { ["STUB_FOLDER"] = _folder.Path }, storage, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();

    private StubApp With(string function, string bindings)
    {
        Directory.CreateDirectory(Path.Combine(Root, function));
        File.WriteAllText(Path.Combine(Root, function, "function.json"), $$"""{"bindings": [{{bindings}}]}""");
        return this;
    }

    private void Plan(JsonObject plan) => File.WriteAllText(_folder.File("plan.json"), plan.ToJsonString());

    private static string Node()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stub is started through a link.");
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, "'node' is not on this machine.");
        return Path.GetFullPath(found);
    }
}

/// <summary>One call that the stub was sent.</summary>
internal sealed record StubCall(int Process, string Path, Dictionary<string, string> Headers, string Body)
{
    private JsonElement Root => JsonElement.Parse(Body);

    public JsonElement Data(string binding) => Root.GetProperty("Data").GetProperty(binding);

    public JsonElement Metadata(string name) => Root.GetProperty("Metadata").GetProperty(name);

    /// <summary>What of the metadata is a JSON string in a string.</summary>
    public string? Text(string name) => JsonElement.Parse(Metadata(name).GetString()!).GetString();
}

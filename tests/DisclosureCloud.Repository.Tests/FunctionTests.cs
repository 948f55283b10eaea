using System.Text.Json;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Triggers;
using DisclosureCloud.Site;
using DisclosureCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace DisclosureCloud.Repository.Tests;

/// <summary>A folder of the app with a function.json is a function: mapped, with the same method and route, and no mapped route lacks one.</summary>
public sealed class FunctionTests
{
    private const string App = "functions/DisclosureCloud.Functions/";
    private const string Ending = "/function.json";

    [Fact]
    public async Task Folders_AndMappedRoutes_AreTheSame()
    {
        string[] declared = [.. Folders().Select(Declared).Order(StringComparer.Ordinal)];
        declared.Length.ShouldBeGreaterThanOrEqualTo(12);
        (await MappedAsync(new Listening.ForHost(Port: 0))).ShouldBe(declared);
    }

    [Fact]
    public async Task Triggers_AreMappedBehindTheHostAlone()
    {
        // By itself the app would let anybody call them.
        string[] own = await MappedAsync(new Listening.Own(Port: 0));
        own.ShouldNotBeEmpty();
        own.Where(route => !route.Contains(" /api/", StringComparison.Ordinal)).ShouldBeEmpty();
        (await MappedAsync(new Listening.ForHost(Port: 0))).Where(route => !route.Contains(" /api/", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Roles_ShareTheFunctionsAndHealthIsOfBoth()
    {
        var host = new Listening.ForHost(Port: 0);
        string[] api = await MappedAsync(host, AppRole.Api);
        string[] publisher = await MappedAsync(host, AppRole.Publisher);
        api.Intersect(publisher, StringComparer.Ordinal).ShouldBe(["GET /api/health"]);
        api.Union(publisher, StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(await MappedAsync(host));
        api.Where(route => !route.Contains(" /api/", StringComparison.Ordinal)).ShouldBe(["POST /ApplyBulk", "POST /IngestPosting"], "what it takes by a queue");
        publisher.Where(route => route.StartsWith("POST /api/", StringComparison.Ordinal)).ShouldBeEmpty("a publisher takes nothing from outside");
    }

    [Fact]
    public void Folders_HoldOneFunctionOfTheirName()
    {
        foreach (string folder in Folders())
        {
            string name = folder.Split('/')[^1];
            Tree.Files.Where(file => file.StartsWith($"{folder}/", StringComparison.Ordinal) && file.EndsWith("Function.cs", StringComparison.Ordinal))
                .ShouldBe([$"{folder}/{name}Function.cs"]);
            typeof(Routes).Assembly.GetType($"DisclosureCloud.Functions.{name}.{name}Function").ShouldNotBeNull();
        }
    }

    [Fact]
    public void FunctionJson_OfHttp_HasOneTriggerAndOneAnswer()
    {
        // Only then does the host pass the original request on; and keys are not identity, so that every one is anonymous to it.
        string[] http = [.. Folders().Where(folder => Types(folder).Contains("httpTrigger in", StringComparer.Ordinal))];
        http.Length.ShouldBeGreaterThanOrEqualTo(9);
        foreach (string folder in http)
        {
            Types(folder).ShouldBe(["httpTrigger in", "http out"], folder);
            Bindings(folder)[0].GetProperty("authLevel").GetString().ShouldBe("anonymous", folder);
        }
    }

    [Fact]
    public void FunctionJson_OfTimers_HasTheBindingThatTheCodeReads()
    {
        string[] timers = [.. Folders().Where(folder => Types(folder).Contains("timerTrigger in", StringComparer.Ordinal))];
        timers.Select(folder => folder.Split('/')[^1]).Order(StringComparer.Ordinal).ShouldBe(["PublishSite", "Reconcile", "TurnDay"]);
        foreach (string folder in timers)
        {
            Types(folder).ShouldBe(["timerTrigger in"], folder);
            Bindings(folder)[0].GetProperty("name").GetString().ShouldBe(Trigger.Bindings["timerTrigger"], folder);
            Bindings(folder)[0].GetProperty("schedule").GetString()!.Split(' ').Length.ShouldBe(6, "seconds first, as the host has it");
        }
    }

    [Theory]
    [InlineData("queueTrigger", "ApplyBulk bulk-work", "FollowLedger ledger-changed", "IngestPosting postings")]
    [InlineData("eventGridTrigger", "OnArchiveBlob")]
    public void FunctionJson_OfQueuesAndEvents_HasTheBindingThatTheCodeReads(string type, params string[] functions)
    {
        string[] found = [.. Folders().Where(folder => Types(folder).Contains($"{type} in", StringComparer.Ordinal))];
        foreach (string folder in found)
        {
            Types(folder).ShouldBe([$"{type} in"], folder);
            Bindings(folder)[0].GetProperty("name").GetString().ShouldBe(Trigger.Bindings[type], folder);
        }

        found.Select(folder => $"{folder.Split('/')[^1]} {(Bindings(folder)[0].TryGetProperty("queueName", out JsonElement queue) ? queue.GetString() : "")}".TrimEnd())
            .Order(StringComparer.Ordinal).ShouldBe(functions);
    }

    [Fact]
    public async Task HostJsonAndFunctionJson_AreWhatTheirSchemasSay()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        (await HostSchemas.CheckAsync("host", Tree.Read("host.json"), cancel)).ShouldBeEmpty();
        foreach (string folder in Folders())
        {
            (await HostSchemas.CheckAsync("function", Tree.Read(folder + Ending), cancel)).ShouldBeEmpty(folder);
        }
    }

    [Theory]
    [InlineData("host", """{"version":"3.0"}""")]
    [InlineData("host", """{"version":"2.0","extensions":{"queues":{"batchSize":99}}}""")]
    [InlineData("host", """{"version":"2.0","customHandler":{"enableProxying":true}}""")]
    [InlineData("function", """{"bindings":[{"type":"httpTrigger","direction":"in","name":"request","authLevel":"nobody"}]}""")]
    [InlineData("function", """{"bindings":[{"type":"timerTrigger","direction":"sideways","name":"timer","schedule":"0 * * * * *"}]}""")]
    public async Task Schemas_FindAMistake(string kind, string document) =>
        (await HostSchemas.CheckAsync(kind, document, TestContext.Current.CancellationToken)).ShouldNotBeEmpty();

    [Fact]
    public void HostJson_StartsTheExecutableAndKeepsThePrefix()
    {
        JsonElement host = JsonElement.Parse(Tree.Read("host.json"));
        host.GetProperty("version").GetString().ShouldBe("2.0");
        JsonElement handler = host.GetProperty("customHandler");
        handler.GetProperty("enableProxyingHttpRequest").GetBoolean().ShouldBeTrue();
        handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString().ShouldBe(typeof(Routes).Assembly.GetName().Name);
        host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString().ShouldBe("api");
    }

    private static IEnumerable<string> Folders() => Tree.Files
        .Where(file => file.StartsWith(App, StringComparison.Ordinal) && file.EndsWith(Ending, StringComparison.Ordinal))
        .Select(file => file[..^Ending.Length]);

    private static JsonElement[] Bindings(string folder) =>
        [.. JsonElement.Parse(Tree.Read(folder + Ending)).GetProperty("bindings").EnumerateArray()];

    private static string[] Types(string folder) => [.. Bindings(folder).Select(binding => $"{binding.GetProperty("type")} {binding.GetProperty("direction")}")];

    // What the host asks the handler for: HTTP by its route, any other trigger by the function's name.
    private static string Declared(string folder)
    {
        JsonElement trigger = Bindings(folder)[0];
        return trigger.GetProperty("type").GetString() == "httpTrigger"
            ? $"{trigger.GetProperty("methods").EnumerateArray().Single().GetString()!.ToUpperInvariant()} /api/{trigger.GetProperty("route").GetString()}"
            : $"POST /{folder.Split('/')[^1]}";
    }

    private static async Task<string[]> MappedAsync(Listening listening, AppRole role = AppRole.All)
    {
        using var folder = new TemporaryFolder();
        var deployment = new Deployment(folder.Path, TimeZoneInfo.Utc, SiteSettings.Trial, Authority: null, "disclosurecloud") { Role = role };
        await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, TestContext.Current.CancellationToken);
        using LocalIssuer issuer = LocalIssuer.Open(deployment);
        await using WebApplication app = WebHost.Build(deployment, stores, issuer, listening, TimeProvider.System);
        return
        [
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}"))
                .Order(StringComparer.Ordinal),
        ];
    }
}

using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
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
        declared.Length.ShouldBeGreaterThanOrEqualTo(8);
        (await MappedAsync()).ShouldBe(declared);
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
    public void FunctionJson_HasOneHttpTriggerAndOneAnswer()
    {
        // Only then does the host pass the original request on; and keys are not identity, so that every one is anonymous to it.
        foreach (string folder in Folders())
        {
            JsonElement[] bindings = [.. JsonElement.Parse(Tree.Read(folder + Ending)).GetProperty("bindings").EnumerateArray()];
            bindings.Select(binding => $"{binding.GetProperty("type")} {binding.GetProperty("direction")}").ShouldBe(["httpTrigger in", "http out"]);
            bindings[0].GetProperty("authLevel").GetString().ShouldBe("anonymous", folder);
        }
    }

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

    private static string Declared(string folder)
    {
        JsonElement trigger = JsonElement.Parse(Tree.Read(folder + Ending)).GetProperty("bindings")[0];
        string method = trigger.GetProperty("methods").EnumerateArray().Single().GetString()!;
        return $"{method.ToUpperInvariant()} /api/{trigger.GetProperty("route").GetString()}";
    }

    private static async Task<string[]> MappedAsync()
    {
        using var folder = new TemporaryFolder();
        var deployment = new Deployment(folder.Path, TimeZoneInfo.Utc, SiteSettings.Trial, Authority: null, "disclosurecloud");
        await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, TestContext.Current.CancellationToken);
        using LocalIssuer issuer = LocalIssuer.Open(deployment);
        await using WebApplication app = WebHost.Build(deployment, stores, issuer, port: 0, TimeProvider.System);
        return
        [
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}"))
                .Order(StringComparer.Ordinal),
        ];
    }
}

using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;

namespace DisclosureCloud.Functions.Tests.Host;

/// <summary>The driver gives events to functions as the Functions host does.</summary>
[Collection(HostStorage.Name)]
public sealed class EventGridTriggerTests(HostStorage storage)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_ArrivesAsAPlainObject()
    {
        using StubApp app = new StubApp().WithEvents("Told");
        await using FunctionsHost host = await app.StartAsync(storage.Server);
        app.Answers("""{"Outputs":{},"Logs":["one","two"]}""");
        JsonObject happened = Happened();
        (await host.FireEventAsync("Told", happened, Cancel)).ShouldBe(["one", "two"]);

        StubCall call = app.Calls.ShouldHaveSingleItem();
        call.Path.ShouldBe("/Told");
        call.Data("happened").GetRawText().ShouldBe(happened.ToJsonString());
        call.Headers["transfer-encoding"].ShouldBe("chunked");
        call.Metadata("sys").GetProperty("MethodName").GetString().ShouldBe("Told");
    }

    [Theory]
    [InlineData("{}", 500)]
    [InlineData("", 200)]
    public async Task Failure_IsThrown(string body, int status)
    {
        using StubApp app = new StubApp().WithEvents("Told");
        await using FunctionsHost host = await app.StartAsync(storage.Server);
        app.Answers(body, status);
        await Should.ThrowAsync<InvalidOperationException>(() => host.FireEventAsync("Told", Happened(), Cancel));
        app.Calls.Count.ShouldBe(1); // It is Event Grid that sends it again.
    }

    private static JsonObject Happened() => new()
    {
        ["id"] = "1",
        ["type"] = "disclosurecloud.published",
        ["time"] = "2026-11-22T00:00:00.100Z",
        ["data"] = new JsonObject { ["position"] = 7, ["title"] = "村道" },
    };
}

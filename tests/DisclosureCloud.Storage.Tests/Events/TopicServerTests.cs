using System.Net;
using System.Net.Http.Headers;
using DisclosureCloud.Emulators;

namespace DisclosureCloud.Storage.Tests;

/// <summary>The topic that other tests lean on refuses what Event Grid would refuse.</summary>
public sealed class TopicServerTests
{
    private const string Batch = "application/cloudevents-batch+json";
    private const string Good = """{"specversion":"1.0","id":"1","source":"/a","type":"t"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($"[{Good}]", HttpStatusCode.OK)]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"urn:x:y","type":"t","subject":"s","time":"2026-03-02T12:00:00+08:00","data":{}}]""", HttpStatusCode.OK)]
    [InlineData(Good, HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("[1]", HttpStatusCode.BadRequest)]
    [InlineData("[", HttpStatusCode.BadRequest)]
    [InlineData($$"""[{{Good}},{"specversion":"1.0","id":"","source":"/a","type":"t"}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"1.0","source":"/a","type":"t"}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"1.0","id":1,"source":"/a","type":"t"}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"0.3","id":"1","source":"/a","type":"t"}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"no uri","type":"t"}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"/a"}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"/a","type":"t","subject":""}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"/a","type":"t","time":"2026-03-02 12:00:00"}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"/a","type":"t","time":"2026-03-02T12:00:00"}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"/a","type":"t","eventType":"x"}]""", HttpStatusCode.BadRequest)]
    [InlineData("""[{"specversion":"1.0","id":"1","source":"/a","type":"t","data":1,"data_base64":"AA=="}]""", HttpStatusCode.BadRequest)]
    public async Task Batch_ValidOrNot_IsTakenOrRefusedWhole(string body, HttpStatusCode wanted)
    {
        await using TopicServer server = await TopicServer.StartAsync();
        (await PostAsync(server, body, Batch)).ShouldBe(wanted);
        server.Received.Count.ShouldBe(wanted == HttpStatusCode.OK ? 1 : 0);
    }

    [Fact]
    public async Task BodyOfAnotherTypeOrTooLongOrWithoutAKey_IsRefused()
    {
        await using TopicServer server = await TopicServer.StartAsync();
        (await PostAsync(server, $"[{Good}]", "application/json")).ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await PostAsync(server, $"[{Good}]".PadRight(1_000_000), Batch)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(server, $"[{Good}]".PadRight(1_000_001), Batch)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(server, $"[{Good}]", Batch, key: null)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> PostAsync(TopicServer server, string body, string type, string? key = "k")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (key is not null)
        {
            request.Headers.Add("aeg-sas-key", key);
        }

        using HttpResponseMessage answer = await http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}

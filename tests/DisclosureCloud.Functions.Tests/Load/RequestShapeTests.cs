using System.Globalization;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.Load;

/// <summary>Addresses and heads of every size, over a socket: what is too large is refused, in our words where the server lets it through to us.</summary>
public sealed class RequestShapeTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/postings")]
    [InlineData("/nothing/")]
    public async Task Address_OneCharacterTooLong_Is414(string path)
    {
        await ShouldBeAsync("414", "uri-too-long", $"{path}?{new string('x', RequestShape.AddressLengthMax - path.Length)}");
        (await SendAsync($"{path}?{new string('x', RequestShape.AddressLengthMax - path.Length - 1)}")).ShouldNotStartWith("HTTP/1.1 414");
    }

    [Fact]
    public async Task Path_TooLongByItself_Is414() => await ShouldBeAsync("414", "uri-too-long", $"/api/{new string('x', RequestShape.AddressLengthMax)}");

    [Fact]
    public async Task Address_BeyondWhatTheServerReads_Is414AndTheEnd() =>
        (await SendAsync($"/api/health?{new string('x', 40_000)}")).ShouldStartWith("HTTP/1.1 414");

    [Fact]
    public async Task Query_OfTooManyParameters_Is414()
    {
        await ShouldBeAsync("414", "too-many-parameters", $"/api/postings?{string.Join('&', Enumerable.Range(0, RequestShape.ParameterCountMax + 1).Select(i => $"p{i}"))}");
        (await SendAsync($"/api/health?{string.Join('&', Enumerable.Range(0, RequestShape.ParameterCountMax).Select(i => $"p{i}"))}")).ShouldStartWith("HTTP/1.1 200");
    }

    [Fact]
    public async Task Headers_TooLargeOrTooMany_Are431()
    {
        await ShouldBeAsync("431", "headers-too-large", "/api/health", $"X: {new string('x', RequestShape.HeaderBytesMax)}\r\n");
        await ShouldBeAsync("431", "headers-too-large", "/api/health", Many(RequestShape.HeaderCountMax));
        (await SendAsync("/api/health", Many(RequestShape.HeaderCountMax - 10))).ShouldStartWith("HTTP/1.1 200");
        (await SendAsync("/api/health", $"X: {new string('x', 100_000)}\r\n")).ShouldStartWith("HTTP/1.1 431");

        static string Many(int count) => string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"X-{i}: 1\r\n")));
    }

    [Fact]
    public async Task Upgrade_ToAnything_IsNotDone() =>
        (await SendAsync("/api/health", "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n")).ShouldStartWith("HTTP/1.1 200");

    private async Task ShouldBeAsync(string status, string code, string path, string headers = "")
    {
        string answer = await SendAsync(path, headers);
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("application/problem+json");
        answer.ShouldContain($"\"{code}\"");
    }

    private Task<string> SendAsync(string path, string headers = "") => app.RawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
}

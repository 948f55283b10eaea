using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The verb <c>send</c> of the built executable.</summary>
public sealed class SendVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Send_SignsAPostingThatTheAppTakesFromItsQueue()
    {
        await using Cli.Serving serving = await Cli.ServeAsync(_folder);
        string poster = await TokenAsync("poster"), approver = await TokenAsync("approver");
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("sender.pem", key.ExportECPrivateKeyPem());
        JsonObject register = Registration.OfTwo("finance");
        register["people"]![0]!["signingKey"] = SigningKey.Of(key).Value;
        using var http = new HttpClient { BaseAddress = serving.Address };
        string id = JsonElement.Parse(await PostAsync(http, "/api/postings", register.ToJsonString(), poster)).GetProperty("id").GetString()!;
        JsonElement.Parse(await PostAsync(http, $"/api/postings/{id}/approval", Office.Checked, approver)).GetProperty("state").GetString().ShouldBe("effective");

        Write("fund.json", Office.Fund("fund-sent").ToJsonString());
        Cli.Ended sent = await Cli.RunAsync(_folder.Path, "send", "fund.json", "--token", poster, "--key", "sent-1", "--signing-key", "sender.pem", "--data", Data);
        sent.Code.ShouldBe(0, sent.Error);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", poster);
        JsonElement posting = default;
        await Eventually.TrueAsync("the message is taken", async () =>
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri($"/api/postings/{sent.Lines[^1]}", UriKind.Relative), Cancel);
            posting = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel));
            return answer.StatusCode == HttpStatusCode.OK;
        });
        (posting.GetProperty("state").GetString(), posting.GetProperty("channel").GetString()).ShouldBe(("proposed", "queue"));

        Cli.Ended printed = await Cli.RunAsync(_folder.Path, "send", "fund.json", "--token", poster, "--key", "sent-2", "--signing-key", "sender.pem", "--print", "--data", _folder.File("none"));
        JsonElement.Parse(printed.Lines[^1]).EnumerateObject().Select(member => member.Name).ShouldBe(["token", "key", "posting", "sentAt", "signature"]);
        Directory.Exists(_folder.File("none")).ShouldBeFalse("nothing is sent");
    }

    [Fact]
    public async Task Send_OfWhatCannotBeSigned_Is1WithALine()
    {
        Write("fund.json", Office.Fund("fund-sent").ToJsonString());
        Write("broken.json", "{");
        Write("no.pem", "no key");
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP384), good = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("other.pem", other.ExportECPrivateKeyPem());
        Write("good.pem", good.ExportECPrivateKeyPem());
        Write("public.pem", good.ExportSubjectPublicKeyInfoPem());
        Write("large.json", new JsonObject { ["kind"] = new string('x', IMessageQueue.SizeMax) }.ToJsonString());
        foreach ((string file, string key) in new[] { ("fund.json", "no.pem"), ("fund.json", "other.pem"), ("fund.json", "public.pem"), ("fund.json", "absent.pem"), ("broken.json", "good.pem"), ("absent.json", "good.pem"), ("large.json", "good.pem"), ("fund.json", "good.pem") })
        {
            Cli.Ended ended = await Cli.RunAsync(_folder.Path, "send", file, "--token", "no.token.at-all", "--key", "k", "--signing-key", key, "--data", Data);
            ended.Code.ShouldBe(1, $"{file} {key}");
            ended.Error.Trim().Split('\n').ShouldHaveSingleItem();
            ended.Error.ShouldNotContain("Exception");
        }
    }

    private async Task<string> TokenAsync(string role) =>
        (await Cli.RunAsync(_folder.Path, "token", "--data", Data, "--department", "finance", "--role", role)).Lines[^1];

    private static async Task<string> PostAsync(HttpClient http, string path, string body, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", path.Length > 20 ? "decision" : "register");
        using HttpResponseMessage answer = await http.SendAsync(request, Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text;
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);
}

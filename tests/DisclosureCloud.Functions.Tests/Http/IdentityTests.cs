using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>Who calls is what the validated token says, and nothing else. Design section 11.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Start);
    private readonly RunningApp _app;

    public IdentityTests() => _app = new RunningApp { Clock = _clock };

    public static TheoryData<string, string> Guarded => new()
    {
        { "POST", "/api/postings" },
        { "POST", "/api/notices" },
        { "POST", "/api/postings/aaaaaaaaaaaaaaaaaaaaaaaaaa/approval" },
        { "POST", "/api/postings/aaaaaaaaaaaaaaaaaaaaaaaaaa/rejection" },
        { "GET", "/api/postings" },
        { "GET", "/api/postings/aaaaaaaaaaaaaaaaaaaaaaaaaa" },
    };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Call_WithoutGoodToken_Is401WithWwwAuthenticate(string method, string path)
    {
        string good = _app.Token("finance", "someone", Role.All);
        await ShouldBe401Async(method, path, null);
        foreach ((string name, string token) in BadTokens(good))
        {
            (await SendAsync(method, path, $"Bearer {token}")).Status.ShouldBe(401, name);
        }

        foreach (string header in new[] { "Bearer", "Bearer ", $"Basic {good}", good, $"Bearer {good} {good}", $"Bearer {good}, Bearer {good}" })
        {
            await ShouldBe401Async(method, path, header);
        }

        (await SendAsync(method, path, $"Bearer {good}")).Status.ShouldNotBe(401, "the good token itself");
        (await SendAsync(method, path, $"bearer {good}")).Status.ShouldNotBe(401, "a scheme's name has no case");
        _app.Diagnostics.ShouldNotContain(good.Split('.')[1]);
    }

    [Fact]
    public async Task Token_AfterItsTime_Is401()
    {
        string token = _app.Token("finance", "someone", Role.Poster);
        _clock.Advance(TimeSpan.FromHours(11));
        (await _app.GetAsync("/api/postings/none", token)).Status.ShouldBe(404);
        _clock.Advance(TimeSpan.FromHours(2));
        (await _app.GetAsync("/api/postings/none", token)).ShouldBeProblem(401);
        string early = _app.Token("finance", "someone", Role.Poster);
        _clock.Advance(TimeSpan.FromHours(-3));
        (await _app.GetAsync("/api/postings/none", early)).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Role_ThatIsNotTheCalls_Is403()
    {
        var office = new Office(_app);
        Answer posted = await office.PostAsync(Office.Fund("fund-roles"));
        foreach (string role in Role.All.Where(role => role != Role.Poster))
        {
            string token = _app.Token("finance", "someone", role);
            (await _app.PostAsync("/api/postings", Office.Fund("fund-x").ToJsonString(), "k", token)).ShouldBeProblem(403);
            (await _app.PostAsync("/api/notices", Office.Notice("notice-x").ToJsonString(), "k", token)).ShouldBeProblem(403);
        }

        foreach (string role in Role.All.Where(role => role != Role.Approver))
        {
            string token = _app.Token("finance", "someone", role);
            (await _app.PostAsync($"/api/postings/{posted.Id}/approval", Office.Checked, null, token)).ShouldBeProblem(403);
            (await _app.PostAsync($"/api/postings/{posted.Id}/rejection", Office.Checked, null, token)).ShouldBeProblem(403);
        }

        (await office.GetAsync(posted.Id)).State.ShouldBe("proposed");
    }

    [Fact]
    public async Task Headers_ThatPretendAnIdentity_AreNotBelieved()
    {
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Get, "/api/postings/aaaaaaaaaaaaaaaaaaaaaaaaaa", token: null);
        request.Headers.Add("x-ms-client-principal", Convert.ToBase64String("""{"claims":[{"typ":"roles","val":"poster"}]}"""u8));
        request.Headers.Add("x-ms-client-principal-id", "finance-poster");
        request.Headers.Add("x-functions-key", "key");
        request.Headers.Add("X-Forwarded-User", "finance-poster");
        (await _app.SendAsync(request)).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Body_ThatNamesAnIdentity_IsAnUnknownField()
    {
        var office = new Office(_app);
        JsonObject posting = Office.Fund("fund-identity");
        posting["department"] = "transport";
        (await office.PostAsync(posting)).ShouldBeProblem(422, "unknown-field");
    }

    private async Task ShouldBe401Async(string method, string path, string? authorization)
    {
        Answer answer = await SendAsync(method, path, authorization);
        answer.ShouldBeProblem(401);
        answer.WwwAuthenticate.ShouldStartWith("Bearer");
    }

    private async Task<Answer> SendAsync(string method, string path, string? authorization)
    {
        using HttpRequestMessage request = RunningApp.Request(new HttpMethod(method), path, token: null);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (method == "POST")
        {
            request.Content = RunningApp.Json("{}"u8.ToArray());
        }

        return await _app.SendAsync(request);
    }

    private IEnumerable<(string Name, string Token)> BadTokens(string good)
    {
        string[] parts = good.Split('.');
        JsonObject claims = JsonNode.Parse(Decode(parts[1]))!.AsObject();
        yield return ("cut", good[..^4]);
        yield return ("signature of nothing", $"{parts[0]}.{parts[1]}.");
        yield return ("signature altered", $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}");
        yield return ("claims altered", $"{parts[0]}.{Encode(With(claims, "department", "transport"))}.{parts[2]}");
        yield return ("alg none", $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.");
        yield return ("alg None", $"{Encode("""{"alg":"None"}""")}.{parts[1]}.{parts[2]}");
        yield return ("not a token", "abc");
        yield return ("very long", new string('a', 8_000));

        // The classic: the public key taken as the secret of an HMAC.
        using ECDsa own = ECDsa.Create();
        own.ImportFromPem(File.ReadAllText(_app.Deployment.IssuerKeyFile));
        string hmacHead = Encode(With(JsonNode.Parse(Decode(parts[0]))!.AsObject(), "alg", "HS256"));
        foreach (byte[] secret in new[] { own.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes(own.ExportSubjectPublicKeyInfoPem()) })
        {
            byte[] mac = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{hmacHead}.{parts[1]}"));
            yield return ("HS256 with the public key", $"{hmacHead}.{parts[1]}.{Encode(mac)}");
        }

        yield return ("other issuer", Sign(own, parts[0], With(claims, "iss", "https://elsewhere.example/")));
        yield return ("no issuer", Sign(own, parts[0], With(claims, "iss", null)));
        yield return ("other audience", Sign(own, parts[0], With(claims, "aud", "elsewhere")));
        yield return ("no audience", Sign(own, parts[0], With(claims, "aud", null)));
        yield return ("no end", Sign(own, parts[0], With(claims, "exp", null)));
        yield return ("ended", Sign(own, parts[0], With(claims, "exp", Start.AddMinutes(-2).ToUnixTimeSeconds())));
        yield return ("not begun", Sign(own, parts[0], With(claims, "nbf", Start.AddMinutes(2).ToUnixTimeSeconds())));
        yield return ("no department", Sign(own, parts[0], With(claims, "department", null)));
        yield return ("bad department", Sign(own, parts[0], With(claims, "department", "Finance Bureau")));
        yield return ("no person", Sign(own, parts[0], With(claims, "sub", null)));

        using var folder = new TemporaryFolder();
        using LocalIssuer stranger = LocalIssuer.Open(RunningApp.DeploymentOf(folder.Path));
        yield return ("another's key", stranger.Issue(Id.Parse<DepartmentId>("finance"), Id.Parse<PersonId>("someone"), Role.All, null, _clock));
        using ECDsa strangers = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        yield return ("another's key under our key id", Sign(strangers, parts[0], claims));
    }

    private static string Sign(ECDsa key, string head, JsonObject claims) => Sign(key, head, Encode(claims.ToJsonString()));

    private static string Sign(ECDsa key, string head, string claims) =>
        $"{head}.{claims}.{Encode(key.SignData(Encoding.UTF8.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256))}";

    private static JsonObject With(JsonObject json, string name, JsonNode? value)
    {
        var copy = (JsonObject)json.DeepClone();
        copy.Remove(name);
        if (value is not null)
        {
            copy[name] = value;
        }

        return copy;
    }

    private static string Encode(JsonObject json) => Encode(json.ToJsonString());

    private static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}

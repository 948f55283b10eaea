using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Access;

/// <summary>What a token that our own issuer signed must say, to the second and to the letter.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private const string Path = "/api/postings/none";

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly RunningApp _app = new() { Clock = new ManualClock(Start) };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("exp", -59, true)]
    [InlineData("exp", -61, false)]
    [InlineData("nbf", 59, true)]
    [InlineData("nbf", 61, false)]
    public async Task Clock_ThatIsOffByAMinute_IsForgivenAndNoMore(string claim, int seconds, bool isTaken) =>
        await ShouldBeTakenAsync(Sign(claims => claims[claim] = Start.AddSeconds(seconds).ToUnixTimeSeconds()), isTaken, claim);

    [Theory]
    [InlineData("department", """["finance","transport"]""")]
    [InlineData("department", """["finance","finance"]""")]
    [InlineData("department", """[]""")]
    [InlineData("department", "7")]
    [InlineData("department", "true")]
    [InlineData("department", """{"id":"finance"}""")]
    [InlineData("sub", """["someone","another"]""")]
    [InlineData("region", """["430511","430502"]""")]
    [InlineData("region", "430511")]
    [InlineData("region", "\"\"")]
    [InlineData("region", "\"4305\"")]
    [InlineData("region", "\"430511-\"")]
    public async Task Claim_ThatIsNotOneNameOfItsForm_IsNobodys(string claim, string value) =>
        await ShouldBeTakenAsync(Sign(claims => claims[claim] = JsonNode.Parse(value)), isTaken: false, $"{claim} {value}");

    [Theory]
    [InlineData("region", "\"430511\"")]
    [InlineData("groups", """["a","b"]""")]
    [InlineData("roles", "\"poster\"")]
    public async Task Claim_ThatIsOfItsForm_IsTaken(string claim, string value) =>
        await ShouldBeTakenAsync(Sign(claims => claims[claim] = JsonNode.Parse(value)), isTaken: true, $"{claim} {value}");

    [Fact]
    public async Task Token_ThatIsTooLong_IsNotLookedAt()
    {
        string Padded(int length) => Sign(claims => claims["padding"] = new string('x', length));
        int overhead = Padded(0).Length;
        await ShouldBeTakenAsync(Padded((BearerTokens.LengthMax - overhead - 4) * 3 / 4), isTaken: true, "as long as may be");
        await ShouldBeTakenAsync(Padded(BearerTokens.LengthMax * 3 / 4), isTaken: false, "longer");
    }

    [Fact]
    public async Task Header_ThatMustBeUnderstood_IsNotOverlooked() =>
        await ShouldBeTakenAsync(Sign(_ => { }, head => head["crit"] = new JsonArray("exp")), isTaken: false, "crit");

    [Fact]
    public async Task Key_ThatTheTokenBrings_IsNotUsed()
    {
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters point = own.ExportParameters(includePrivateParameters: false);
        string token = Sign(_ => { }, head =>
        {
            head["kid"] = "mine";
            head["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Encode(point.Q.X!), ["y"] = Encode(point.Q.Y!) };
        }, own);
        await ShouldBeTakenAsync(token, isTaken: false, "a key of its own");
    }

    private async Task ShouldBeTakenAsync(string token, bool isTaken, string what) =>
        (await _app.GetAsync(Path, token)).Status.ShouldBe(isTaken ? 404 : 401, what); // Known to be somebody, there is no such posting.

    private string Sign(Action<JsonObject> change, Action<JsonObject>? changeHead = null, ECDsa? with = null)
    {
        string[] parts = _app.Token("finance", "someone", Role.Poster).Split('.');
        JsonObject head = Decode(parts[0]);
        JsonObject claims = Decode(parts[1]);
        change(claims);
        changeHead?.Invoke(head);
        using ECDsa own = ECDsa.Create();
        own.ImportFromPem(File.ReadAllText(_app.Deployment.IssuerKeyFile));
        string signed = $"{Encode(Encoding.UTF8.GetBytes(head.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Encode((with ?? own).SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static JsonObject Decode(string part) => JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

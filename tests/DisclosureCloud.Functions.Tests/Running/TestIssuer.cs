using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>An OpenID Connect issuer on the loopback: discovery, keys that can change, and tokens.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private RSA _key = RSA.Create(2048);
    private int _keys = 1;
    private int _asked;

    private TestIssuer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            new JsonObject { ["issuer"] = Claimed ?? Address, ["jwks_uri"] = $"{Address}/keys" }.ToJsonString(), "application/json"));
        _app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref _asked);
            return Results.Text(Keys().ToJsonString(), "application/json");
        });
    }

    public string Address { get; private set; } = "";

    /// <summary>What it says that it is called, where that is not its address.</summary>
    public string? Claimed { get; set; }

    /// <summary>How often it was asked for its keys.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer._app.StartAsync(TestContext.Current.CancellationToken);
        issuer.Address = issuer._app.Urls.Single();
        return issuer;
    }

    /// <summary>A token of somebody in the finance department.</summary>
    public string Token(string audience = "disclosurecloud", string? address = null, string algorithm = SecurityAlgorithms.RsaSha256, string? keyId = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = address ?? Address,
        Audience = audience,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = "finance-poster",
            ["department"] = "finance",
            ["roles"] = new[] { "poster" },
        },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(_key) { KeyId = keyId ?? KeyId }, algorithm),
    });

    public void ChangeKey()
    {
        _key = RSA.Create(2048);
        _keys++;
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private string KeyId => $"key-{_keys}";

    private JsonObject Keys()
    {
        RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["kid"] = KeyId,
                ["n"] = Base64UrlEncoder.Encode(key.Modulus),
                ["e"] = Base64UrlEncoder.Encode(key.Exponent),
            }),
        };
    }
}

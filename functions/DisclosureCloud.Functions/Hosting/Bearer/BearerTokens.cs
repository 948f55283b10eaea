using System.Runtime.InteropServices;
using System.Security.Claims;
using DisclosureCloud.Ledger;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureCloud.Functions.Hosting.Bearer;

/// <summary>Validates a token, in whatever way it came: issuer, audience, algorithm, signature and time.</summary>
/// <param name="trust">Whose tokens are taken.</param>
internal sealed class BearerTokens(BearerTrust trust, TimeProvider clock, ILogger<BearerTokens> diagnostics)
{
    /// <summary>How far clocks may be apart.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>A message may wait for days while something is mended. Who finds an older token finds nothing.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(7);

    private static readonly string[] LocalAlgorithms = [SecurityAlgorithms.EcdsaSha256];

    private static readonly string[] IssuerAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256];

    /// <summary>In characters. An issuer's token with a long list of groups has some five thousand; ours says who, where and what, in five hundred.</summary>
    public const int LengthMax = 8 * 1024;

    // A header that this names must be understood (RFC 7515, section 4.1.11), and we understand none; the library lets it pass.
    private const string CriticalHeader = "crit";

    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    /// <summary>Reads a token. What is wrong with it is not told: whoever guesses learns nothing.</summary>
    public Task<TokenAnswer> ReadAsync(string token, CancellationToken cancellationToken) => ReadAsync(token, clock.GetUtcNow(), cancellationToken);

    /// <summary>Reads a token as of the moment when it was used.</summary>
    public async Task<TokenAnswer> ReadAsync(string token, DateTimeOffset usedAt, CancellationToken cancellationToken)
    {
        if (token.Length > LengthMax)
        {
            return new TokenAnswer(TokenState.Invalid, null);
        }

        if (await ParametersAsync(cancellationToken) is not { } parameters)
        {
            return new TokenAnswer(TokenState.IssuerSilent, null);
        }

        // The library would ask the machine's clock, and would not tell a token that is over from one that nobody ever gave.
        bool isNow = false;
        parameters.LifetimeValidator = (notBefore, expires, _, _) =>
        {
            isNow = IsGoodAt(usedAt.UtcDateTime, notBefore, expires);
            return expires is { } end && clock.GetUtcNow().UtcDateTime < end + RememberedFor;
        };
        TokenValidationResult result = await Tokens.ValidateTokenAsync(token, parameters);
        if (!result.IsValid)
        {
            if (result.Exception is not SecurityTokenSignatureKeyNotFoundException || trust.Issuer is not { } issuer)
            {
                return new TokenAnswer(TokenState.Invalid, null);
            }

            issuer.RequestRefresh(); // The issuer may have changed its keys; a later look will know.
            return new TokenAnswer(TokenState.KeyUnknown, null);
        }

        if (((JsonWebToken)result.SecurityToken).TryGetHeaderValue(CriticalHeader, out object? _))
        {
            return new TokenAnswer(TokenState.Invalid, null);
        }

        return TokenClaims.NameOne(result.ClaimsIdentity)
            ? new TokenAnswer(isNow ? TokenState.Valid : TokenState.NotNow, new ClaimsPrincipal(result.ClaimsIdentity))
            : new TokenAnswer(TokenState.NamesNobody, null);
    }

    // What a token must be; null where its issuer cannot be asked for its keys.
    private async Task<TokenValidationParameters?> ParametersAsync(CancellationToken cancellationToken)
    {
        var parameters = new TokenValidationParameters
        {
            ValidAudience = trust.Audience,
            RoleClaimType = TokenClaims.Roles,
            NameClaimType = TokenClaims.Person,
        };
        if (trust.Issuer is not { } issuer)
        {
            parameters.ValidIssuer = LocalIssuer.Name;
            parameters.IssuerSigningKey = trust.LocalKey;
            parameters.ValidAlgorithms = LocalAlgorithms;
            return parameters;
        }

        try
        {
            OpenIdConnectConfiguration configuration = await issuer.GetConfigurationAsync(cancellationToken);
            if (configuration.Issuer?.TrimEnd('/') != trust.Authority?.TrimEnd('/'))
            {
                // OpenID Connect Discovery 1.0, section 4.3: whoever answers there for another issuer is not the one that we were told to believe.
                diagnostics.LogError("The issuer's configuration names another issuer than Disclosure:Identity:Authority. No token is taken.");
                return null;
            }

            parameters.ValidIssuer = configuration.Issuer;
            parameters.IssuerSigningKeys = configuration.SigningKeys;
            parameters.ValidAlgorithms = IssuerAlgorithms;
            return parameters;
        }
        catch (InvalidOperationException fault)
        {
            // The library throws this for whatever kept it from the issuer's configuration. The message names the address alone.
            diagnostics.LogError("The issuer's configuration could not be read: {Fault}", fault.Message);
            return null;
        }
    }

    private static bool IsGoodAt(DateTime moment, DateTime? notBefore, DateTime? expires) =>
        expires is { } end && moment < end + ClockSkew && (notBefore is not { } begin || moment >= begin - ClockSkew);
}

/// <summary>Whose tokens are taken: either an issuer's or the app's own.</summary>
/// <param name="Audience">Whom they must be for.</param>
/// <param name="Issuer">The configuration of an OpenID Connect issuer, refreshed when its keys change; null in embedded mode.</param>
/// <param name="LocalKey">The app's own key in embedded mode.</param>
/// <param name="Authority">What the issuer must be called; null in embedded mode.</param>
internal sealed record BearerTrust(string Audience, ConfigurationManager<OpenIdConnectConfiguration>? Issuer, SecurityKey? LocalKey, string? Authority = null)
{
    /// <exception cref="InvalidOperationException">The deployment has no issuer, and no key of its own was opened.</exception>
    public static BearerTrust Of(Deployment deployment, LocalIssuer? local)
    {
        if (deployment.Authority is not { } authority)
        {
            return new BearerTrust(deployment.Audience, null, local?.Key ?? throw new InvalidOperationException("Without an issuer the app needs its own key."));
        }

        return new BearerTrust(
            deployment.Audience,
            new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{authority.TrimEnd('/')}/.well-known/openid-configuration",
                new OpenIdConnectConfigurationRetriever(),
                new HttpDocumentRetriever { RequireHttps = !new Uri(authority).IsLoopback }), // On this machine nobody listens between.
            null,
            authority);
    }
}

/// <summary>What a token is worth.</summary>
internal enum TokenState
{
    Valid,

    /// <summary>Its issuer gave it, but it is over since a week at most, or not yet begun.</summary>
    NotNow,

    /// <summary>Its issuer gave it, but it does not name one department, one person and at most one region, or one of them by the number of a person.</summary>
    NamesNobody,

    /// <summary>Nobody whom we know gave it, or not to us.</summary>
    Invalid,

    /// <summary>It bears a key that the issuer may have got since it was last asked: worth another look in some minutes.</summary>
    KeyUnknown,

    /// <summary>The issuer does not answer: nobody can be told apart.</summary>
    IssuerSilent,
}

/// <param name="State">What it is worth.</param>
/// <param name="User">Whom it names, where it is or was valid.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenAnswer(TokenState State, ClaimsPrincipal? User);

using System.Security.Claims;
using System.Text.Encodings.Web;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureCloud.Functions.Hosting.Bearer;

/// <summary>Whose tokens are taken.</summary>
internal sealed class BearerOptions : AuthenticationSchemeOptions
{
    public string Audience { get; set; } = "";

    /// <summary>The configuration of an OpenID Connect issuer, refreshed when its keys change; null in embedded mode.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration>? Issuer { get; set; }

    /// <summary>The app's own key in embedded mode.</summary>
    public SecurityKey? LocalKey { get; set; }
}

/// <summary>Validates the bearer token of a request itself: issuer, audience, algorithm, signature and time. No header else is believed.</summary>
/// <remarks>Our own, since the framework's handler needs packages that the feed we build from lacks (decision 0004).</remarks>
internal sealed class BearerHandler(IOptionsMonitor<BearerOptions> options, ILoggerFactory logger, UrlEncoder encoder, TimeProvider clock)
    : AuthenticationHandler<BearerOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    private const string RetryAfterSeconds = "30";

    private static readonly string[] LocalAlgorithms = [SecurityAlgorithms.EcdsaSha256];

    private static readonly string[] IssuerAlgorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    private bool _issuerIsSilent;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        if (await ParametersAsync() is not { } parameters)
        {
            _issuerIsSilent = true;
            return AuthenticateResult.Fail("The issuer does not answer.");
        }

        TokenValidationResult result = await Tokens.ValidateTokenAsync(header[Prefix.Length..].Trim(), parameters);
        if (!result.IsValid)
        {
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            {
                Options.Issuer?.RequestRefresh(); // The issuer may have changed its keys; the next request will know.
            }

            return AuthenticateResult.Fail("The token is not valid.");
        }

        ClaimsIdentity identity = result.ClaimsIdentity;
        return DepartmentId.TryParse(identity.FindFirst(TokenClaims.Department)?.Value, out _)
            && PersonId.TryParse(identity.FindFirst(TokenClaims.Person)?.Value, out _)
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name))
            : AuthenticateResult.Fail("The token names no department or no person.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_issuerIsSilent)
        {
            Response.Headers.RetryAfter = RetryAfterSeconds;
            return new Problem(StatusCodes.Status503ServiceUnavailable, "The issuer of tokens does not answer: nobody can be told apart.").ExecuteAsync(Context);
        }

        Response.Headers.WWWAuthenticate = SchemeName;
        return new Problem(StatusCodes.Status401Unauthorized, "Send a valid bearer token: Authorization: Bearer …").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new Problem(StatusCodes.Status403Forbidden, "The token does not carry the role that this needs.").ExecuteAsync(Context);

    // What a token must be; null where its issuer cannot be asked for its keys.
    private async Task<TokenValidationParameters?> ParametersAsync()
    {
        var parameters = new TokenValidationParameters
        {
            ValidAudience = Options.Audience,
            RoleClaimType = TokenClaims.Roles,
            NameClaimType = TokenClaims.Person,
            ClockSkew = TimeSpan.FromMinutes(1),
            RequireExpirationTime = true,
            LifetimeValidator = IsNow,
        };
        if (Options.Issuer is { } issuer)
        {
            OpenIdConnectConfiguration configuration;
            try
            {
                configuration = await issuer.GetConfigurationAsync(Context.RequestAborted);
            }
            catch (InvalidOperationException fault)
            {
                // The library throws this for whatever kept it from the issuer's configuration. The message names the address alone.
                Logger.LogError("The issuer's configuration could not be read: {Fault}", fault.Message);
                return null;
            }

            parameters.ValidIssuer = configuration.Issuer;
            parameters.IssuerSigningKeys = configuration.SigningKeys;
            parameters.ValidAlgorithms = IssuerAlgorithms;
        }
        else
        {
            parameters.ValidIssuer = LocalIssuer.Name;
            parameters.IssuerSigningKey = Options.LocalKey;
            parameters.ValidAlgorithms = LocalAlgorithms;
        }

        return parameters;
    }

    // The library would ask the machine's clock; ours is the one that the whole app goes by.
    private bool IsNow(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + parameters.ClockSkew && (notBefore is not { } begin || now >= begin - parameters.ClockSkew);
    }
}

using System.Text.Encodings.Web;
using DisclosureCloud.Functions.Hosting.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace DisclosureCloud.Functions.Hosting.Bearer;

/// <summary>Takes the identity of a request from its bearer token, which the app validates itself. No header else is believed.</summary>
/// <remarks>Our own, since the framework's handler needs packages that the feed we build from lacks (decision 0004).</remarks>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, BearerTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    private const string RetryAfterSeconds = "30";

    private bool _issuerIsSilent;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        TokenAnswer answer = await tokens.ReadAsync(header[Prefix.Length..].Trim(), Context.RequestAborted);
        _issuerIsSilent = answer.State == TokenState.IssuerSilent;
        return answer.State switch
        {
            TokenState.Valid => AuthenticateResult.Success(new AuthenticationTicket(answer.User!, Scheme.Name)),
            TokenState.NamesNobody => AuthenticateResult.Fail("The token does not name one department, one person and at most one region, or names one by a number that is not to be kept."),
            TokenState.IssuerSilent => AuthenticateResult.Fail("The issuer does not answer."),
            _ => AuthenticateResult.Fail("The token is not valid."),
        };
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
}

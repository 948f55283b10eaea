using System.Security.Claims;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Authentication;

namespace DisclosureCloud.Functions.Hosting.Access;

/// <summary>Stands before every route: nobody passes whom the <see cref="AccessTable"/> does not name.</summary>
internal static class AccessGate
{
    /// <summary>Lets a request through, or answers it.</summary>
    /// <exception cref="InvalidOperationException">A route was mapped without a rule: nobody may call it.</exception>
    public static async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        // What is no route of ours is the framework's answer that there is none, or not by this method.
        if (context.GetEndpoint() is RouteEndpoint endpoint && !await IsLetThroughAsync(context, RuleOf(endpoint)))
        {
            return;
        }

        await next(context);
    }

    /// <summary>Why a token does not let its bearer do this; null where it does.</summary>
    public static Finding? Refusal(AccessRule rule, ClaimsPrincipal user)
    {
        if (!rule.Roles.Any(user.IsInRole))
        {
            return new Finding("", "forbidden", "The token does not carry the role that this needs.", null, string.Join(", ", rule.Roles));
        }

        return rule.Writes && Role.Conflict([.. user.FindAll(TokenClaims.Roles).Select(claim => claim.Value)]) is var (one, other)
            ? new Finding("", "conflicting-roles", "The token carries roles that one person must not have at once. Use a token for each.", $"{one}, {other}", string.Join(", ", rule.Roles))
            : null;
    }

    private static AccessRule RuleOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<AccessRule>() ?? throw new InvalidOperationException($"{endpoint.DisplayName} is mapped without a rule of access.");

    private static async Task<bool> IsLetThroughAsync(HttpContext context, AccessRule rule)
    {
        if (rule.IsOpen)
        {
            return true;
        }

        AuthenticateResult who = await context.AuthenticateAsync();
        if (!who.Succeeded)
        {
            await context.ChallengeAsync();
            return false;
        }

        context.User = who.Principal;
        if (Refusal(rule, context.User) is not { } refusal)
        {
            return true;
        }

        await new Problem(StatusCodes.Status403Forbidden, refusal.Detail, refusal).ExecuteAsync(context);
        return false;
    }
}

using System.Collections.Frozen;

namespace DisclosureCloud.Functions.Hosting.Access;

/// <summary>Takes headers out of a request by which a proxy would say who calls: anybody can write them, and nothing here may read them.</summary>
/// <remarks>
/// Nothing does. That they are gone before anything looks is for what is added later. The bearer token is the only identity (threat T5).
/// </remarks>
internal static class PretendedIdentity
{
    // Of the platform's own sign-in, of certificates that a front door has seen, of function keys, and of the usual proxies.
    private static readonly string[] Beginnings =
        ["x-ms-client-", "x-ms-token-", "x-ms-auth-", "x-auth-request-", "x-remote-", "x-ssl-client-", "ssl-client-", "x-goog-authenticated-user", "x-amzn-oidc-", "x-webauth-"];

    private static readonly FrozenSet<string> Names = new[]
    {
        "x-arr-clientcert", "x-client-cert", "client-cert", "x-forwarded-client-cert", "x-forwarded-user", "x-forwarded-email", "x-forwarded-groups",
        "x-forwarded-preferred-username", "x-forwarded-access-token", "x-functions-key", "x-zumo-auth", "remote-user", "x-user", "x-authenticated-user", "x-original-user",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static Task RemoveAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Request.Headers;
        foreach (string name in headers.Keys.Where(IsOne).ToArray())
        {
            headers.Remove(name);
        }

        return next(context);
    }

    // A proxy may take an underscore for a dash.
    private static bool IsOne(string header)
    {
        string name = header.Replace('_', '-');
        return Names.Contains(name) || Beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
    }
}

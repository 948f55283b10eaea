using System.Security.Claims;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>Who calls: department, person and region, from the validated token alone.</summary>
internal static class Caller
{
    public static Sender Of(ClaimsPrincipal user, Channel channel) => new(
        Id.Parse<DepartmentId>(user.FindFirstValue(TokenClaims.Department)!),
        Id.Parse<PersonId>(user.FindFirstValue(TokenClaims.Person)!),
        channel,
        RegionOf(user));

    /// <summary>The region that the token is good for; null where it is good for the whole deployment.</summary>
    public static RegionCode? RegionOf(ClaimsPrincipal user) =>
        user.FindFirstValue(TokenClaims.Region) is { } region ? Id.Parse<RegionCode>(region) : null;
}

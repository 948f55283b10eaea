using System.Security.Claims;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>Who calls: department and person, from the validated token alone.</summary>
internal static class Caller
{
    public static Sender Of(ClaimsPrincipal user, Channel channel) => new(
        Id.Parse<DepartmentId>(user.FindFirstValue(TokenClaims.Department)!),
        Id.Parse<PersonId>(user.FindFirstValue(TokenClaims.Person)!),
        channel);
}

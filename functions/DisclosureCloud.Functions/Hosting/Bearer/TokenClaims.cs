using System.Security.Claims;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Bearer;

/// <summary>The claims that identity rests on, as our own issuer writes them and any other must.</summary>
internal static class TokenClaims
{
    /// <summary>The person: the token's subject.</summary>
    public const string Person = "sub";

    public const string Department = "department";

    public const string Region = "region";

    public const string Roles = "roles";

    /// <summary>True where a token names one person of one department, and one region or none. Of two, nobody could say which holds.</summary>
    public static bool NameOne(ClaimsIdentity token) =>
        IsOne<DepartmentId>(token, Department) && IsOne<PersonId>(token, Person) && (!token.HasClaim(claim => claim.Type == Region) || IsOne<RegionCode>(token, Region));

    // Whoever is named by his identity or telephone number would be kept by it for ever.
    private static bool IsOne<TId>(ClaimsIdentity token, string name)
        where TId : struct, IId<TId> =>
        token.FindAll(name).ToArray() is [{ ValueType: ClaimValueTypes.String } one] && TId.TryParse(one.Value, out _) && PersonalDataGuard.Rule(one.Value) is null;
}

/// <summary>What a person may do. Whoever runs the site cannot post; whoever posts cannot approve it.</summary>
internal static class Role
{
    public const string Poster = "poster";
    public const string Approver = "approver";
    public const string Auditor = "auditor";
    public const string Operator = "operator";

    public static readonly string[] All = [Poster, Approver, Auditor, Operator];

    // Whoever runs the site or audits it has no hand in what it says. To post and to approve may be in one token, since nobody decides
    // what they posted themselves.
    private static readonly (string One, string Other)[] Conflicts =
        [(Operator, Poster), (Operator, Approver), (Auditor, Poster), (Auditor, Approver)];

    /// <summary>Two of the roles that one person must not have when something is posted or decided; null where there are none.</summary>
    public static (string One, string Other)? Conflict(IReadOnlyCollection<string> roles)
    {
        foreach ((string One, string Other) pair in Conflicts)
        {
            if (roles.Contains(pair.One, StringComparer.Ordinal) && roles.Contains(pair.Other, StringComparer.Ordinal))
            {
                return pair;
            }
        }

        return null;
    }
}

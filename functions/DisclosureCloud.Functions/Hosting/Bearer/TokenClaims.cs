namespace DisclosureCloud.Functions.Hosting.Bearer;

/// <summary>The claims that identity rests on, as our own issuer writes them and any other must.</summary>
internal static class TokenClaims
{
    /// <summary>The person: the token's subject.</summary>
    public const string Person = "sub";

    public const string Department = "department";

    public const string Region = "region";

    public const string Roles = "roles";
}

/// <summary>What a person may do. Whoever runs the site cannot post; whoever posts cannot approve it.</summary>
internal static class Role
{
    public const string Poster = "poster";
    public const string Approver = "approver";
    public const string Auditor = "auditor";
    public const string Operator = "operator";

    public static readonly string[] All = [Poster, Approver, Auditor, Operator];
}

using System.Collections.Immutable;

namespace DisclosureCloud.Functions.Hosting.Access;

/// <summary>Who may make one call, and of what: a line of the <see cref="AccessTable"/>.</summary>
/// <param name="Door">The way by which the call comes.</param>
/// <param name="Call">Method and path as they are mapped, or the name of the queue or verb.</param>
/// <param name="Roles">One of them is enough. None: whoever comes by the door, without a token.</param>
/// <param name="Department">Whose records the call is about.</param>
/// <param name="Region">What a token that is bound to a region may reach.</param>
/// <param name="Writes">True where something is posted or decided: then duties are separate.</param>
/// <param name="App">The part of the app that serves it; both where it says all.</param>
internal sealed record AccessRule(
    Door Door,
    string Call,
    ImmutableArray<string> Roles,
    DepartmentRule Department = DepartmentRule.Any,
    RegionRule Region = RegionRule.Any,
    bool Writes = false,
    AppRole App = AppRole.All)
{
    /// <summary>True where no token is asked for, and none is looked at.</summary>
    public bool IsOpen => Roles.IsEmpty;

    /// <summary>True where a process of that role maps it.</summary>
    public bool IsServedBy(AppRole role, bool behindHost) =>
        (Door == Door.Http || (Door == Door.Host && behindHost)) && (App == AppRole.All || role == AppRole.All || role == App);
}

/// <summary>The way by which a call comes.</summary>
internal enum Door
{
    /// <summary>The HTTP interface, from anywhere.</summary>
    Http,

    /// <summary>The Functions host alone, which lets nothing from outside to these paths.</summary>
    Host,

    /// <summary>A message of a queue. The token stands in it.</summary>
    Queue,

    /// <summary>The published files, in embedded mode.</summary>
    Site,

    /// <summary>A witness, which is an app of its own.</summary>
    Witness,

    /// <summary>The command line: whoever may read and write the data folder, or reach the site.</summary>
    Verb,
}

/// <summary>Whose records a call is about.</summary>
internal enum DepartmentRule
{
    /// <summary>Nobody's, or everybody's.</summary>
    Any,

    /// <summary>The token's department. Another's record is a 404.</summary>
    Own,

    /// <summary>The token's department; for an auditor, that of any entry which is public. Another's record is a 404.</summary>
    OwnOrAudited,

    /// <summary>The department that handles complaints, by the settings; for an auditor, all. To any other there are none: a 404.</summary>
    Handling,
}

/// <summary>What a token that is bound to a region may reach. A token without a region reaches all.</summary>
internal enum RegionRule
{
    /// <summary>The call is about no place.</summary>
    Any,

    /// <summary>What lies within the token's region: to post for another is refused, and another's record is a 404.</summary>
    Within,

    /// <summary>The answer has what lies within the token's region; to ask for another is refused.</summary>
    Narrowed,
}

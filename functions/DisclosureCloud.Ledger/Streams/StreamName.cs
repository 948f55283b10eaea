using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Ledger;

/// <summary>The name of a stream: the unit within which rules hold and commits are numbered.</summary>
public readonly partial record struct StreamName : IId<StreamName>
{
    private const string Form = "(fund|project|plan|place|unit|posting|site)/[a-z0-9][a-z0-9-]{1,79}";

    private StreamName(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    /// <summary>What was published, and when.</summary>
    public static StreamName Site => new("site/main");

    /// <summary>Which segments of the archive are sealed: version n seals segment n.</summary>
    public static StreamName Archive => new("site/archive");

    public string Value { get; }

    /// <summary>True where its entries are facts that the site shows; a posting's fate, the publications and the archive's seals are none.</summary>
    public bool HoldsFacts => Type is StreamType.Fund or StreamType.Project or StreamType.Plan or StreamType.Place or StreamType.Unit;

    public StreamType Type => Code.Parse<StreamType>(Value[..Value.IndexOf('/', StringComparison.Ordinal)]);

    /// <summary>The fund whose money it holds, or null for any other stream.</summary>
    public FundId? Fund => Type == StreamType.Fund ? Id.Parse<FundId>(Value["fund/".Length..]) : null;

    /// <summary>The place that it is about, or null for any other stream.</summary>
    public RegionCode? Place => Type == StreamType.Place ? Id.Parse<RegionCode>(Value["place/".Length..]) : null;

    /// <summary>The posting whose fate it tells, or null for any other stream.</summary>
    public PostingId? Posting =>
        Value.StartsWith("posting/", StringComparison.Ordinal) && PostingId.TryParse(Value["posting/".Length..], out PostingId id) ? id : null;

    /// <summary>All money of a fund, its projects as it registers them, and its notices.</summary>
    public static StreamName Of(FundId fund) => new($"fund/{fund.Value}");

    /// <summary>The facts about a project that are not money.</summary>
    public static StreamName Of(ProjectId project) => new($"project/{project.Value}");

    /// <summary>An item of the project library and what the tiers said of it.</summary>
    public static StreamName Of(PlanItemId item) => new($"plan/{item.Value}");

    /// <summary>What is known of a place and is not money.</summary>
    public static StreamName Of(RegionCode place) => new($"place/{place.Value}");

    /// <summary>What is known of a department.</summary>
    public static StreamName Of(DepartmentId unit) => new($"unit/{unit.Value}");

    /// <summary>The stream that a fact belongs to, by what it names.</summary>
    /// <exception cref="InvalidOperationException">An amendment belongs where the amended entry is; a publication to <see cref="Site"/>, a seal to <see cref="Archive"/>.</exception>
    public static StreamName For(Fact fact) => fact switch
    {
        Progress or Acceptance or Asset or IncomeDistribution => Of(((IOfProject)fact).ProjectId),
        Evaluation { ProjectId: { } project } => Of(project),
        IOfFund one => Of(one.FundId),
        PlanItem one => Of(one.PlanItemId),
        PlanApproval one => Of(one.PlanItemId),
        CreditReport one => Of(one.Place),
        RegionChange one => Of(one.Place),
        Department one => Of(one.DepartmentId),
        UnitChange one => Of(one.DepartmentId),
        _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} has no stream of its own."),
    };

    /// <summary>The fate of one posting.</summary>
    public static StreamName Of(PostingId posting) => new($"posting/{posting.Value}");

    public static bool TryParse([NotNullWhen(true)] string? text, out StreamName id)
    {
        bool good = text is not null && FormRegex.IsMatch(text);
        id = good ? new StreamName(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";

    [GeneratedRegex(@"\A" + Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormRegex { get; }
}

/// <summary>What a stream is about: the first part of its name.</summary>
public enum StreamType
{
    Fund,
    Project,
    Plan,
    Place,
    Unit,
    Posting,
    Site,
}

using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Ledger;

/// <summary>The name of a stream: the unit within which rules hold and commits are numbered.</summary>
public readonly partial record struct StreamName : IId<StreamName>
{
    private const string Form = "(fund|project|posting|site)/[a-z0-9][a-z0-9-]{1,79}";

    private StreamName(string value) => Value = value;

    public static string Pattern => $"^{Form}$";

    /// <summary>What was published, and when.</summary>
    public static StreamName Site => new("site/main");

    public string Value { get; }

    /// <summary>True where its entries are facts that the site shows; a posting's fate and the publications are none.</summary>
    public bool HoldsFacts => Value.StartsWith("fund/", StringComparison.Ordinal) || Value.StartsWith("project/", StringComparison.Ordinal);

    /// <summary>The posting whose fate it tells, or null for any other stream.</summary>
    public PostingId? Posting =>
        Value.StartsWith("posting/", StringComparison.Ordinal) && PostingId.TryParse(Value["posting/".Length..], out PostingId id) ? id : null;

    /// <summary>All money of a fund, its projects as it registers them, and its notices.</summary>
    public static StreamName Of(FundId fund) => new($"fund/{fund.Value}");

    /// <summary>The facts about a project that are not money.</summary>
    public static StreamName Of(ProjectId project) => new($"project/{project.Value}");

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

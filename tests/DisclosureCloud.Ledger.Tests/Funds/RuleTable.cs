using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Runs rules written as a table that an auditor can read: a posting a line, and what the rules say to it.</summary>
/// <remarks>
/// <code>
/// fund         F1  2018                          ok
/// appropriate  F1  central  100000.00 yuan       ok
/// register     F1  P1  [item=I1] [programme=industry] [category=…] [investment=…] [own=…]
/// allocate     F1  P1  60000.00 yuan  as A1
/// pass-down    F1  410503  1000.00 yuan  [transferred=…] [investment=…] [own=…]
/// disburse     F1  P1  A1  60000.01 yuan         rejected exceeds-allocated
/// progress     F1  P1  /  accept  F1  P1
/// notice       F1                                rejected notice-exists
/// </code>
/// Options are in yuan. A fund's and a project's short name stands for an id in lower case. Every line is a posting of its own.
/// </remarks>
internal sealed class RuleTable
{
    private readonly Dictionary<string, FundBooks> _books = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntryId> _named = new(StringComparer.Ordinal);
    private int _line;

    private static DepartmentId Department { get; } = Id.Parse<DepartmentId>("finance");

    /// <summary>Every rejection that a row raised, and for each row what it said: <c>ok</c>, or <c>rejected</c> and the code.</summary>
    public List<(string Line, string Wanted, string Found, Rejection? Rejection)> Results { get; } = [];

    public static RuleTable Run(string table)
    {
        var run = new RuleTable();
        foreach (string line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith('#'))
            {
                run.Row(line);
            }
        }

        return run;
    }

    private void Row(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int end = Array.FindIndex(words, word => word is "ok" or "rejected");
        string wanted = string.Join(' ', words[end..]);
        string[] said = words[..end];
        PostingId posting = PostingId.Of(Id.Parse<DepartmentId>("finance"), $"line {++_line}");
        if (said.Length > 2 && said[^2] == "as")
        {
            _named[said[^1]] = EntryId.Of(posting, 1);
            said = said[..^2];
        }

        Rejection? rejection = Decide(said, posting);
        Results.Add((line, wanted, rejection is null ? "ok" : $"rejected {rejection.Code}", rejection));
    }

    private Rejection? Decide(string[] said, PostingId posting)
    {
        string fund = said[1];
        ImmutableArray<Fact> facts = FactsOf(said, posting);
        FundBooks? before = _books.GetValueOrDefault(fund);
        if (facts[0] is Progress or Acceptance or Fund)
        {
            // Those that not only the ladder decides: a project's stream, and a notice as a whole.
            StreamName target = facts[0] is Fund ? StreamName.Of(FundOf(fund)) : StreamName.Of(Id.Parse<ProjectId>("any"));
            Rejection? rejection = Outcome.Try(
                new Draft("any", target, null, _ => facts, Fingerprint.Of("f")), posting, Department, facts[0] is Fund ? before : null, new Surroundings(before));
            if (rejection is null && facts[0] is Fund)
            {
                FundBooks books = FundRules.DecideAll(before, facts, posting, new About(EntryId.Of(posting, 1), Plan: Plans.InAnnualPlan)).Books!;
                _books[fund] = facts[^1] is Notice notice
                    ? books with { Notice = new NoticeMark { Id = notice.NoticeId, Content = Commitment.Parse(new string('0', 64)), Posting = posting } }
                    : books;
            }

            return rejection;
        }

        Decision decision = FundRules.DecideAll(before, facts, posting, new About(EntryId.Of(posting, 1), Plan: Plans.InAnnualPlan));
        if (decision.Books is { } after)
        {
            _books[fund] = after;
        }

        return decision.Rejection;
    }

    private ImmutableArray<Fact> FactsOf(string[] said, PostingId posting)
    {
        FundId fund = FundOf(said[1]);
        Dictionary<string, string> options = said.Where(word => word.Contains('=', StringComparison.Ordinal))
            .Select(word => word.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return said[0] switch
        {
            "fund" => [FundFact(fund, said[2], notice: null)],
            "notice" => [FundFact(fund, "2018", NoticeOf(fund)), NoticeFact(fund, posting)],
            "appropriate" => [new Appropriation(
                fund, Code.Parse<SourceLevel>(said[2]), SourceNature.Earmarked, FreeText.Of("来源"), Amount(said, 3), null, null, null)],
            "pass-down" => [new PassDown(
                fund, Amount(said, 3), Id.Parse<RegionCode>(said[2]), FreeText.Of("某县"), FreeText.Of("用途"), null, null, Option("transferred"),
                Option("investment"), Option("own"), null, null, null, null, null, null)],
            "register" => [new Project(
                fund, ProjectOf(said[2]), ProjectType.Project, FreeText.Of("项目"), Id.Parse<RegionCode>("410503"), null, null, null, null,
                Option("investment"), Option("own"), null, null, OptionCode<Programme>("programme"), OptionCode<PlanCategory>("category"),
                options.TryGetValue("item", out string? item) ? Id.Parse<PlanItemId>(item) : null, [], [],
                options.ContainsKey("notice") ? NoticeOf(fund) : null)],
            "allocate" => [new Allocation(fund, ProjectOf(said[2]), Amount(said, 3), null, null, null, null, null, null, null, null)],
            "allocate-many" => [.. Enumerable.Repeat(
                new Allocation(fund, ProjectOf(said[2]), new Money(1), null, null, null, null, null, null, null, null), int.Parse(said[3], CultureInfo.InvariantCulture))],
            "disburse" => [new Disbursement(fund, ProjectOf(said[2]), _named.GetValueOrDefault(said[3], EntryId.Of(posting, 9)), Amount(said, 4), null, null, null, null, null, null, null)],
            "progress" => [new Progress(fund, ProjectOf(said[2]), ProgressStage.Started, null, FreeText.Of("开工"), null, [], null)],
            "accept" => [new Acceptance(fund, ProjectOf(said[2]), AcceptanceResult.Passed, FreeText.Of("验收组"), null, null)],
            _ => throw new InvalidOperationException($"No such line: {said[0]}"),
        };

        Money? Option(string name) => options.TryGetValue(name, out string? yuan) ? Yuan(yuan) : null;

        TCode? OptionCode<TCode>(string name)
            where TCode : struct, Enum => options.TryGetValue(name, out string? code) ? Code.Parse<TCode>(code) : null;
    }

    private static Fund FundFact(FundId fund, string year, NoticeId? notice) => new(
        fund, FreeText.Of("专账"), new BudgetYear(int.Parse(year, CultureInfo.InvariantCulture)), Id.Parse<RegionCode>("410503"),
        [FreeText.Of("河南省"), FreeText.Of("安阳市"), FreeText.Of("北关区")], FreeText.Of("财政局"), null, null, [], [], notice);

    private static Notice NoticeFact(FundId fund, PostingId posting) => new(
        NoticeOf(fund), fund, NoticeForm.Document, FreeText.Of("财政局"), FreeText.Of("公告"), new BudgetYear(2018),
        Id.Parse<RegionCode>("410503"), [FreeText.Of("河南省")], new Money(1), null, null, null, null, null, null, null, [], [], null, null, null, null,
        EntryId.Of(posting, 1), EntryId.Of(posting, 1), Fingerprint.Of("f"));

    private static Money Amount(string[] said, int at) => AmountText.TryRead(said[at], Code.Parse<AmountUnit>(said[at + 1]), out long fen) == AmountFault.None
        ? new Money(fen)
        : throw new FormatException($"No amount: {said[at]} {said[at + 1]}");

    private static Money Yuan(string yuan) => Amount([yuan, "yuan"], 0);

    private static FundId FundOf(string name) => Id.Parse<FundId>($"fund-{name.ToLowerInvariant()}");

    private static NoticeId NoticeOf(FundId fund) => Id.Parse<NoticeId>(fund.Value);

    private static ProjectId ProjectOf(string name) => Id.Parse<ProjectId>($"project-{name.ToLowerInvariant()}");
}

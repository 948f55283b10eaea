using System.Collections.Immutable;
using System.Globalization;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>One line of a <see cref="RuleTable"/>: a verb, what it is about, and <c>field=value</c> for all else that a posting of its kind may state.</summary>
/// <remarks>
/// Amounts are in yuan, lists have commas, <c>-</c> stands for what is not stated, <c>targets=2</c> and <c>milestones=2</c> for two of them,
/// <c>actuals=1:5</c> for the first target's having come to 5, <c>people=a:poster+approver</c> for an account and its roles. Short names stand for ids in lower case. Texts and counts that no rule
/// looks at are made up. <c>library I1</c> enters an item and takes it through village, township and county; <c>notice F1</c> posts a
/// notice; <c>allocate-many F1 P1 100</c> is 100 allocations of a fen; <c>correct A1 field=value</c> sends what A1 says now, with that
/// changed, and <c>correct A1 to interest F1 1.00</c> sends something else. Since a correction must change something, it has
/// another text too, unless the line says <c>correct A1 same</c>. <c>redact A1 /payee /remark</c> names values of A1.
/// </remarks>
internal sealed class RuleLine(string[] said, Func<string, EntryId> find, Func<EntryId, Entry?> now)
{
    // The verb, its kind, the fields that stand without their names, and what is stated where the line does not say otherwise.
    private static readonly Dictionary<string, (string Kind, string[] Fields, string Usual)> Verbs = new(StringComparer.Ordinal)
    {
        ["fund"] = ("fund", ["fund", "budgetYear"], "region=410503 regionNames=河南省,安阳市,北关区"),
        ["appropriate"] = ("appropriation", ["fund", "level", "amount"], "nature=earmarked"),
        ["interest"] = ("interest", ["fund", "amount"], ""),
        ["return"] = ("return-to-source", ["fund", "amount"], ""),
        ["carry-over"] = ("carry-over", ["fund", "year", "carriedOver", "surplus"], ""),
        ["integrate"] = ("integration-plan", ["fund", "tier"], ""),
        ["opening"] = ("opening-balance", ["fund"], ""),
        ["pass-down"] = ("pass-down", ["fund", "place", "amount"], ""),
        ["register"] = ("project", ["fund", "project"], "type=project place=410503"),
        ["change"] = ("project-change", ["fund", "project", "change", "tier"], ""),
        ["allocate"] = ("allocation", ["fund", "project", "amount"], ""),
        ["reduce"] = ("allocation-reduction", ["fund", "project", "cites", "oldAmount", "newAmount", "tier"], ""),
        ["contract"] = ("commitment", ["fund", "project", "cites", "amount"], "procurement=open-tender"),
        ["disburse"] = ("disbursement", ["fund", "project", "cites", "amount"], ""),
        ["households"] = ("household-transfer", ["fund", "project", "cites", "amount"], ""),
        ["claim"] = ("claim", ["fund", "project", "cites", "amount"], ""),
        ["refund"] = ("refund", ["fund", "project", "cites", "amount"], ""),
        ["lend"] = ("loan", ["fund"], "term=12"),
        ["repay"] = ("repayment", ["fund", "cites"], ""),
        ["write-off"] = ("write-off", ["fund", "cites"], "tier=county"),
        ["evaluate"] = ("evaluation", ["fund"], "year=2018 grade=good"),
        ["progress"] = ("progress", ["fund", "project"], "stage=started"),
        ["accept"] = ("acceptance", ["fund", "project"], "result=passed"),
        ["asset"] = ("asset", ["fund", "project", "asset", "condition"], "value=100"),
        ["income"] = ("income-distribution", ["fund", "project", "asset"], ""),
        ["enter"] = ("plan-item", ["planItem"], "type=project place=410503 year=2018 planned=100"),
        ["approve"] = ("plan-approval", ["planItem", "tier"], "outcome=approved"),
        ["department"] = ("department", ["departmentId"], ""),
        ["unit-change"] = ("unit-change", ["departmentId", "change", "successors"], ""),
        ["region-change"] = ("region-change", ["place", "change", "successors", "successorNames"], ""),
        ["credit"] = ("credit-report", ["place", "from", "to", "outstanding", "overdue"], "lent=0"),
    };

    // What stands before the first blank and after the equals sign.
    private readonly Dictionary<string, string> _options = said.Where(IsOption).ToDictionary(word => word[..word.IndexOf('=', StringComparison.Ordinal)],
        word => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);

    private readonly string[] _words = [.. said.Where(word => !IsOption(word))];

    /// <summary>The date of the posting, or of what takes an entry's place.</summary>
    public DateOnly? Date => _options.TryGetValue("on", out string? on) ? DateOnly.Parse(on, CultureInfo.InvariantCulture) : null;

    /// <summary>The postings that the line stands for: nearly always one.</summary>
    public IEnumerable<(ImmutableArray<Fact> Facts, DepartmentId? By)> Postings(PostingId posting)
    {
        DepartmentId? by = _options.TryGetValue("by", out string? department) ? Id.Parse<DepartmentId>(department) : null;
        return _words[0] switch
        {
            "library" => Library(),
            "notice" => [(NoticeOf(posting), by)],
            "allocate-many" => [([.. Enumerable.Repeat(Said(["allocate", _words[1], _words[2], "0.01"]), int.Parse(_words[3], CultureInfo.InvariantCulture))], by)],
            "correct" => [([new Correction(find(_words[1]), Text, null), Replacement(find(_words[1]))], by)],
            "redact" => [([new Redaction(find(_words[1]), [.. _words.Skip(2).Select(Id.Parse<ValuePointer>)], Text, null, null)], by)],
            "withdraw" => [([new Withdrawal(find(_words[1]), Text, null)], by)],
            _ => [([Said(_words)], by)],
        };
    }

    private static FreeText Text { get; } = FreeText.Of("文字");

    private IEnumerable<(ImmutableArray<Fact> Facts, DepartmentId? By)> Library()
    {
        yield return ([Said(["enter", _words[1]])], null);
        foreach (string tier in (string[])["village", "township", "county"])
        {
            yield return ([new RuleLine(["approve", _words[1], tier], find, now).Said(["approve", _words[1], tier])], Id.Parse<DepartmentId>($"dept-{tier}"));
        }
    }

    private Fact Replacement(EntryId id)
    {
        if (_words is [_, _, "to", .. var other])
        {
            return Said(other);
        }

        // Nothing is there to be corrected: the rules say so, whatever would take its place.
        Fact before = now(id)?.Fact ?? new Interest(Named<FundId>("fund", _options.GetValueOrDefault("fund", "F1")), new Money(1), null, null, null);
        KindSchema kind = KindSchema.Of(before);

        // A remark, a document or a voucher is looked at by no rule; nor is a text that every fact of the kind has.
        FieldSchema? words = kind.Fields
            .Where(field => field.ValueType == typeof(FreeText) && !field.IsArray && !_options.ContainsKey(field.Name))
            .OrderBy(field => field.Name is "reference" or "note" ? 0 : field.IsRequired ? 1 : 2)
            .FirstOrDefault();
        if (words is not null && _words is not [_, _, "same"])
        {
            _options[words.Name] = words.Value(before) is FreeText { Value: "更正" } ? "再更正" : "更正";
        }

        return Made(kind, before);
    }

    private Fact Said(string[] words)
    {
        (string kind, string[] names, string usual) = Verbs[words[0]];
        for (int i = 0; i < names.Length; i++)
        {
            _options[names[i]] = words[i + 1];
        }

        foreach (string[] pair in usual.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=')))
        {
            _options.TryAdd(pair[0], pair[1]);
        }

        return Made(KindSchema.Find(kind)!, before: null);
    }

    private Fact Made(KindSchema kind, Fact? before)
    {
        if (_options.Keys.FirstOrDefault(name => name is not ("on" or "by") && kind.Fields.All(field => field.Name != name)) is { } unknown)
        {
            throw new FormatException($"A {kind.Name} has no '{unknown}': {string.Join(' ', said)}");
        }

        return FactMaker.Make(kind, kind.Fields.Select(field => _options.TryGetValue(field.Name, out string? word)
            ? Value(field, word)
            : before is not null ? field.Value(before) : Usual(field)));
    }

    private static object? Usual(FieldSchema field) => field switch
    {
        { IsArray: true } or { IsRequired: false } => FactMaker.Field(field),
        { ValueType: var type } when type == typeof(FreeText) => Text,
        { ValueType: var type } when type == typeof(Headcount) => Headcount.Of(100),
        _ => throw new FormatException($"The line must state '{field.Name}'."),
    };

    private object? Value(FieldSchema field, string word) => field switch
    {
        _ when word == "-" => FactMaker.Field(field),
        { Group: not null } when word.All(char.IsAsciiDigit) => FactMaker.Field(field, [.. Enumerable.Repeat(Part(field.ValueType, ""), int.Parse(word, CultureInfo.InvariantCulture))]),
        _ => FactMaker.Field(field, [.. (field.IsArray ? word.Split(',') : [word]).Select(item => One(field, item))]),
    };

    private object One(FieldSchema field, string word) => field.Group is not null
        ? Part(field.ValueType, word)
        : field.ValueType switch
        {
            { } type when type == typeof(Money) => Yuan(word),
            { } type when type == typeof(EntryId) => find(word),
            { } type when type == typeof(FundId) => Named<FundId>("fund", word),
            { } type when type == typeof(ProjectId) => Named<ProjectId>("project", word),
            { } type when type == typeof(PlanItemId) => Named<PlanItemId>("item", word),
            { } type when type == typeof(AssetId) => Named<AssetId>("asset", word),
            { } type when type == typeof(NoticeId) => Named<NoticeId>("fund", word),
            { } type when type == typeof(Headcount) => Headcount.Of(int.Parse(word, CultureInfo.InvariantCulture)),
            { } type when type == typeof(Quantity) => Quantity.Parse(word),
            { } type when type == typeof(FreeText) => FreeText.Of(word),
            { } type when type == typeof(RegionCode) => Id.Parse<RegionCode>(word),
            { } type when type == typeof(DepartmentId) => Id.Parse<DepartmentId>(word),
            { } type when type == typeof(OrganisationCode) => Id.Parse<OrganisationCode>(word),
            { } type when type == typeof(DateOnly) => DateOnly.Parse(word, CultureInfo.InvariantCulture),
            { } type when type == typeof(int) => int.Parse(word, CultureInfo.InvariantCulture),
            { } type when type == typeof(Percent) => new Percent(int.Parse(word, CultureInfo.InvariantCulture)),
            { } type when type == typeof(BudgetYear) => new BudgetYear(int.Parse(word, CultureInfo.InvariantCulture)),
            { } type => Code.TryParse(type, word) ?? throw new FormatException($"No {type.Name}: {word}"),
        };

    private static object Part(Type type, string word) => type switch
    {
        _ when type == typeof(Target) => new Target(Text, Text, default, Quantity.Parse("1"), new DateOnly(2018, 12, 31)),
        _ when type == typeof(Milestone) => new Milestone(Text, new DateOnly(2018, 12, 31)),
        _ when type == typeof(Actual) && word.Split(':') is [var target, var value] => new Actual(int.Parse(target, CultureInfo.InvariantCulture), Quantity.Parse(value)),
        _ when type == typeof(RegisteredPerson) && word.Split(':') is [var account, var roles] => new RegisteredPerson(
            Id.Parse<PersonId>($"account-{account}"), [.. roles.Split('+').Select(role => (DepartmentRole)Code.TryParse(typeof(DepartmentRole), role)!)], null),
        _ => throw new FormatException($"No {type.Name}: {word}"),
    };

    private ImmutableArray<Fact> NoticeOf(PostingId posting)
    {
        FundId fund = Named<FundId>("fund", _words[1]);
        NoticeId notice = Named<NoticeId>("fund", _words[1]);
        Fund opened = (Fund)Said(["fund", _words[1], "2018"]) with { Notice = notice };
        return
        [
            opened,
            new Notice(
                notice, fund, NoticeForm.Document, Text, Text, opened.BudgetYear, opened.Region, opened.RegionNames, new Money(1), null, null, null, null, null,
                null, null, [], [], null, null, null, null, EntryId.Of(posting, 1), EntryId.Of(posting, 1), Fingerprint.Of(new string('0', 64))),
        ];
    }

    private static Money Yuan(string word) => AmountText.TryRead(word, AmountUnit.Yuan, out long fen) == AmountFault.None
        ? new Money(fen)
        : throw new FormatException($"No amount: {word}");

    private static TId Named<TId>(string sort, string name)
        where TId : struct, IId<TId> => Id.Parse<TId>($"{sort}-{name.ToLowerInvariant()}");

    private static bool IsOption(string word) => word.Contains('=', StringComparison.Ordinal);
}

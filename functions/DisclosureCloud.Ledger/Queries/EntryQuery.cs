using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>Which entries an auditor wants. What is not set does not matter; what is set must all be so.</summary>
/// <remarks>
/// Entries are matched as they were recorded, by what their own leaf says: a payment is found by its project, and not by the project's
/// place, which stands in the entry that registered it.
/// </remarks>
public sealed record EntryQuery
{
    public EntryId? Entry { get; init; }

    public PostingId? Posting { get; init; }

    /// <summary>The kind's name.</summary>
    public string? Kind { get; init; }

    public FundId? Fund { get; init; }

    /// <summary>Named as the entry's project, or as one that another goes on as.</summary>
    public ProjectId? Project { get; init; }

    /// <summary>Who posted it.</summary>
    public DepartmentId? Department { get; init; }

    /// <summary>The place that the entry names, or a place above it.</summary>
    public RegionCode? Region { get; init; }

    public BudgetYear? BudgetYear { get; init; }

    /// <summary>A code of <see cref="SourceNature"/> or <see cref="DisbursementNature"/>.</summary>
    public string? Nature { get; init; }

    /// <summary>A code of <see cref="SourceLevel"/>.</summary>
    public string? Source { get; init; }

    /// <summary>The first day of happening. An entry that does not say when it happened is in no period.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>The first moment of recording.</summary>
    public DateTimeOffset? RecordedFrom { get; init; }

    /// <summary>The moment before which it was recorded.</summary>
    public DateTimeOffset? RecordedBefore { get; init; }

    /// <summary>In fen. Matched by any amount that the entry states.</summary>
    public long? AmountMin { get; init; }

    public long? AmountMax { get; init; }

    /// <summary>The whole number, by <see cref="FoldedText.OfNumber"/>.</summary>
    public string? Document { get; init; }

    /// <summary>The whole number, likewise.</summary>
    public string? Voucher { get; init; }

    /// <summary>The whole number, likewise.</summary>
    public string? Contract { get; init; }

    /// <summary>The contract's own entry: it is found, and what is paid for it.</summary>
    public EntryId? ContractEntry { get; init; }

    /// <summary>A part of the name of who was paid or contracted, by <see cref="FoldedText.Of"/>.</summary>
    public string? Payee { get; init; }

    public OrganisationCode? PayeeCode { get; init; }

    /// <summary>A part of any published text, by <see cref="FoldedText.Of"/>.</summary>
    public string? Text { get; init; }

    /// <summary>True where the leaf alone cannot tell: it holds commitments to what is asked for.</summary>
    public bool NeedsOpenings => (Document ?? Voucher ?? Contract ?? Payee ?? Text) is not null;

    /// <summary>True where nothing is asked for that stands in the leaf in clear.</summary>
    public bool AsksOpeningsAlone => NeedsOpenings && this with { Document = null, Voucher = null, Contract = null, Payee = null, Text = null } == Any;

    private static EntryQuery Any { get; } = new();

    /// <summary>False where no entry of the segment can match. Where this is true, one may.</summary>
    public bool MayBeIn(SegmentIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return Listed().All(one => index.MayHave(one.Term, one.Value))
            && (Region is not { } region || index.Of(Term.Region) is not { } regions || regions.Any(code => Covers(region, code)))
            && (From is null && To is null || index.Dates is { } dates && Overlap(dates, DateText(From), DateText(To)))
            && Overlap(index.RecordedAt, InstantText(RecordedFrom), null)
            && (RecordedBefore is not { } before || string.CompareOrdinal(index.RecordedAt.From, Instant.Text(before)) < 0)
            && (AmountMin is null && AmountMax is null || index.AmountsFen is { } amounts && amounts.Max >= (AmountMin ?? 0) && amounts.Min <= (AmountMax ?? long.MaxValue))
            && BlocksIn(index).Any();
    }

    /// <summary>The blocks of a segment that may hold what matches, in their order.</summary>
    public IEnumerable<int> BlocksIn(SegmentIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return (Entry, Posting) switch
        {
            ({ } entry, _) => index.BlocksOf(entry),
            (_, { } posting) => index.BlocksOf(posting),
            _ => Enumerable.Range(0, index.Blocks.Length),
        };
    }

    /// <summary>What the bytes of every leaf hold that matches, so that most need not be parsed: ids and codes stand in canonical JSON as they are.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Marks() =>
    [
        .. Listed().Where(one => one.Term != Term.BudgetYear).Select(one => $"\"{one.Value}\"") // A year is a number, without quotes.
            .Append(Entry is { } entry ? $"\"{entry.Value}\"" : "")
            .Append(Posting is { } posting ? $"\"{posting.Value}-" : "")
            .Append(ContractEntry is { } contract ? $"\"{contract.Value}\"" : "")
            .Append(PayeeCode is { } code ? $"\"{code.Value}\"" : "")
            .Where(mark => mark.Length > 0)
            .Select(mark => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(mark))),
    ];

    /// <summary>True where what the leaf says in clear matches.</summary>
    public bool Matches(LeafTerms terms, JsonElement leaf)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return IdMatches(terms)
            && Listed().All(one => terms.Has(one.Term, one.Value))
            && (Region is not { } region || terms.Of(Term.Region).Any(code => Covers(region, code)))
            && (From is null && To is null || terms.Date is { } date && Overlap((date, date), DateText(From), DateText(To)))
            && RecordedMatches(terms)
            && (AmountMin is null && AmountMax is null || terms.AmountsFen.Any(fen => fen >= (AmountMin ?? 0) && fen <= (AmountMax ?? long.MaxValue)))
            && (ContractEntry is not { } contract || (terms.Kind == "commitment" && terms.Id == contract.Value) || IsText(leaf, "commitment", contract.Value))
            && (PayeeCode is not { } code || NumberFields.PayeeCodes.Any(name => IsText(leaf, name, code.Value)));
    }

    /// <summary>False where no entry that these values open can match. Where this is true, one may: in which field they stand is not asked.</summary>
    public bool MayMatch(IReadOnlyList<PublishedOpening> openings)
    {
        ArgumentNullException.ThrowIfNull(openings);
        return MayBeNumber(openings, Document) && MayBeNumber(openings, Voucher) && MayBeNumber(openings, Contract)
            && (Payee is null || openings.Any(one => HasPart(one.Value, Payee)))
            && (Text is null || openings.Any(one => HasPart(one.Value, Text)));
    }

    /// <summary>True where the published values match too. What is withheld matches nothing.</summary>
    /// <param name="kind">The kind of the entry.</param>
    public bool Matches(OpenedLeaf leaf, string kind)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        return IsNumber(leaf, NumberFields.Document(kind), Document)
            && IsNumber(leaf, NumberFields.Voucher(kind), Voucher)
            && IsNumber(leaf, NumberFields.Contract(kind), Contract)
            && (Payee is null || NumberFields.Payee(kind).SelectMany(leaf.ValuesOf).Any(value => HasPart(value, Payee)))
            && (Text is null || leaf.Values.Any(value => HasPart(value, Text)));
    }

    private IEnumerable<(Term Term, string Value)> Listed()
    {
        if (Kind is not null)
        {
            yield return (Term.Kind, Kind);
        }

        if (Fund is { } fund)
        {
            yield return (Term.Fund, fund.Value);
        }

        if (Project is { } project)
        {
            yield return (Term.Project, project.Value);
        }

        if (Department is { } department)
        {
            yield return (Term.Department, department.Value);
        }

        if (BudgetYear is { } year)
        {
            yield return (Term.BudgetYear, year.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (Nature is not null)
        {
            yield return (Term.Nature, Nature);
        }

        if (Source is not null)
        {
            yield return (Term.Source, Source);
        }
    }

    private bool IdMatches(LeafTerms terms) => (Entry is null && Posting is null)
        || ((Entry is not { } entry || terms.Id == entry.Value)
            && (Posting is not { } posting || (terms.Id.StartsWith(posting.Value, StringComparison.Ordinal) && terms.Id[PostingId.Length] == '-')));

    private bool RecordedMatches(LeafTerms terms) => (RecordedFrom is null && RecordedBefore is null)
        || ((RecordedFrom is not { } from || string.CompareOrdinal(terms.RecordedAt, Instant.Text(from)) >= 0)
            && (RecordedBefore is not { } before || string.CompareOrdinal(terms.RecordedAt, Instant.Text(before)) < 0));

    private static bool IsNumber(OpenedLeaf leaf, ImmutableArray<string> fields, string? wanted) =>
        wanted is null || fields.SelectMany(leaf.ValuesOf).Any(value => FoldedText.OfNumber(value) == wanted);

    private static bool MayBeNumber(IReadOnlyList<PublishedOpening> openings, string? wanted) =>
        wanted is null || openings.Any(one => FoldedText.OfNumber(one.Value) == wanted);

    private static bool HasPart(string value, string part) => FoldedText.Of(value).Contains(part, StringComparison.Ordinal);

    private static bool IsText(JsonElement leaf, string name, string value) =>
        leaf.TryGetProperty(name, out JsonElement field) && field.ValueKind == JsonValueKind.String && field.ValueEquals(value);

    private static bool Covers(RegionCode region, string code) => RegionCode.TryParse(code, out RegionCode other) && region.Covers(other);

    // Dates and moments are written so that ordinal order is that of time.
    private static bool Overlap((string From, string To) range, string? from, string? to) =>
        (from is null || string.CompareOrdinal(range.To, from) >= 0) && (to is null || string.CompareOrdinal(range.From, to) <= 0);

    private static string? DateText(DateOnly? date) => date is { } day ? SealedFact.DateText(day) : null;

    private static string? InstantText(DateTimeOffset? moment) => moment is { } at ? Instant.Text(at) : null;
}

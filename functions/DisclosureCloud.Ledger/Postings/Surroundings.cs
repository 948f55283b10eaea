namespace DisclosureCloud.Ledger;

/// <summary>What deciding a posting looks at beyond the last commit of its target's stream.</summary>
/// <remarks>
/// It is read after that last commit. What lies in the same stream is therefore at most newer, and then the append conflicts; what lies in
/// another stream may change at any time, which is why no identity of money rests on it.
/// </remarks>
/// <param name="Registrars">For what is known of a project, also where it takes an entry's place: the books of the funds that register them.</param>
/// <param name="Plans">For a project: the item of the project library that it cites.</param>
/// <param name="Cited">For a refund, claim or receipt: the entry that it cites, as that stands now; not there where it was withdrawn, or only took another's place.</param>
/// <param name="Stream">For an amendment: all entries of the stream; for a correction, the one that it corrects with its values.</param>
/// <param name="Elsewhere">For an amendment: entries of other streams that may depend on it: of an item of the library and its approvals, of a pass-down, of a project.</param>
/// <param name="Rules">The rules file; the built-in one where null.</param>
/// <param name="Leaves">For a redaction: all leaves of the stream.</param>
/// <param name="Values">For a correction that is decided: the values that it commits to, as far as they are not forgotten; null for all else.</param>
public sealed record Surroundings(
    IReadOnlyDictionary<FundId, FundBooks>? Registrars = null,
    IReadOnlyDictionary<PlanItemId, PlanState>? Plans = null,
    IReadOnlyDictionary<EntryId, Fact>? Cited = null,
    IReadOnlyCollection<Entry>? Stream = null,
    IReadOnlyCollection<Entry>? Elsewhere = null,
    RuleBook? Rules = null,
    IReadOnlyCollection<Leaf>? Leaves = null,
    IReadOnlyDictionary<Commitment, string>? Values = null)
{
    public static Surroundings None { get; } = new();

    /// <summary>The value of a commitment; null where it is withheld, or no rule looks at it.</summary>
    public string? ValueOf(Commitment commitment) => Values?.GetValueOrDefault(commitment);

    /// <summary>The books of the fund that registers the project of a fact; null where no rule asks for them, or there is no such fund.</summary>
    public FundBooks? RegistrarOf(Fact fact) => fact is IOfFund one ? Registrars?.GetValueOrDefault(one.FundId) : null;

    /// <summary>The item of the project library that a fact cites; null where it cites none, or there is no such item.</summary>
    public PlanState? PlanOf(Fact fact) => fact is Project { PlanItem: { } item } ? Plans?.GetValueOrDefault(item) : null;

    /// <summary>The entry that a fact cites, as that stands now; null where it cites none, or there is no such entry.</summary>
    public Fact? CitedOf(Fact fact) => CitedBy(fact) is { } id ? Cited?.GetValueOrDefault(id) : null;

    /// <summary>The entry that a fact cites and whose fact the rules want to see; null for most facts.</summary>
    public static EntryId? CitedBy(Fact fact) => FundMovements.CitedBy(fact);
}

using System.Collections.Immutable;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>A whole ledger in memory, without desk, store or approvers: postings are decided one after the other, as the desk would have it.</summary>
/// <remarks>
/// Every posting takes the real way: sealed, decided upon the last commit's bytes, its leaves read back. That the rules say the same to a
/// posting before it is stored and when it is decided is checked at every posting.
/// </remarks>
internal sealed class TinyLedger(RuleBook? rules = null)
{
    private static readonly PersonId Poster = Id.Parse<PersonId>("finance-poster");
    private readonly Dictionary<StreamName, List<Commit>> _streams = [];
    private readonly Dictionary<EntryId, StreamName> _where = [];
    private readonly Dictionary<Commitment, string> _openings = [];
    private readonly List<Entry> _entries = [];
    private readonly SeededSalts _salts = new(1);
    private DateTimeOffset _now = new(2019, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static DepartmentId Finance { get; } = Id.Parse<DepartmentId>("finance");

    public static DateOnly Day { get; } = new(2018, 6, 1);

    /// <summary>Every entry, in the order of the ledger.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    public IEnumerable<StreamName> Streams => _streams.Keys;

    public History History => History.Of(_entries);

    public FundBooks? BooksOf(FundId fund) => StateOf(StreamName.Of(fund)) as FundBooks;

    public StreamState? StateOf(StreamName stream) => Outcome.StateOf(LastOf(stream));

    public IEnumerable<Entry> EntriesOf(StreamName stream) => _entries.Where(entry => _where[entry.Id] == stream);

    /// <summary>Decides a posting; what is accepted is recorded.</summary>
    /// <param name="date">Of the posting; of what takes an entry's place where it is a correction.</param>
    public Rejection? Post(PostingId posting, ImmutableArray<Fact> facts, DateOnly? date = null, DepartmentId? department = null)
    {
        DepartmentId sender = department ?? Finance;
        DateOnly day = date ?? Day;
        if (TargetOf(facts) is not { } target)
        {
            return new Rejection.NoSuchEntry(((IAmendment)facts[0]).Amended);
        }

        Surroundings around = Around(facts, target);
        var draft = new Draft(KindSchema.Of(facts[0]).Name, target, day, _ => facts, Fingerprint.Of(new string('0', 64)));
        Rejection? rejection = Outcome.Try(draft, posting, sender, Outcome.StateOf(LastOf(target)), around) is [var first, ..] ? first : null;
        Commit commit = Outcome.Decide(Sealed(posting, draft, target, sender), LastOf(target), around, _now = _now.AddSeconds(1));
        Outcome.RefusalOf(commit).ShouldBe(rejection?.ToFinding());
        if (!_streams.TryGetValue(target, out List<Commit>? commits))
        {
            _streams.Add(target, commits = []);
        }

        commits.Add(Commit.FromBytes(commit.ToBytes()));
        foreach (Leaf leaf in commits[^1].Entries)
        {
            _where.Add(leaf.Id, target);
            _entries.Add(Entry.Of(leaf, commitment => _openings[commitment]));
        }

        return rejection;
    }

    private Commit? LastOf(StreamName stream) => _streams.GetValueOrDefault(stream)?[^1];

    private StreamName? TargetOf(ImmutableArray<Fact> facts) => facts[0] switch
    {
        IAmendment one => _where.TryGetValue(one.Amended, out StreamName stream) ? stream : null,
        Fact first => StreamName.For(first),
    };

    // As the app reads it: see Surroundings.
    private Surroundings Around(ImmutableArray<Fact> facts, StreamName target)
    {
        bool amends = facts[0] is IAmendment;
        Fact? fact = facts[0] switch
        {
            Correction => facts[1],
            IAmendment => null,
            Fact first => first,
        };
        return new Surroundings(
            Registrars: fact is IOfFund ofFund && target.Type != StreamType.Fund && BooksOf(ofFund.FundId) is { } books ? Only(ofFund.FundId, books) : null,
            Plans: fact is Project { PlanItem: { } item } && StateOf(StreamName.Of(item)) is PlanState plan ? Only(item, plan) : null,
            Cited: fact is not null && Surroundings.CitedBy(fact) is { } id && Cited(fact) is { } cited ? Only(id, cited) : null,
            Stream: amends ? [.. EntriesOf(target)] : null,
            Elsewhere: amends ? [.. _entries.Where(entry => _where[entry.Id] != target)] : null,
            Rules: rules,
            Leaves: facts[0] is Redaction ? [.. _streams[target].SelectMany(commit => commit.Entries)] : null,
            Values: _openings);
    }

    private static Dictionary<TId, TThing> Only<TId, TThing>(TId id, TThing thing)
        where TId : notnull => new() { [id] = thing };

    private Fact? Cited(Fact fact) => Surroundings.CitedBy(fact) is { } id && History.Find(id) is { IsWithdrawn: false } entry && entry.Id == id
        ? entry.Now.Fact
        : null;

    private PostingRecord Sealed(PostingId posting, Draft draft, StreamName target, DepartmentId department)
    {
        var openings = new List<Opening>();
        ImmutableArray<SealedFact> facts =
            [.. draft.Facts(posting).Select((fact, index) => SealedFact.Seal(fact, draft.DateOf(index), _salts, posting, openings))];
        Commitment content = SealedFact.CommitmentIn(SealedFact.Commit(draft.Content.Hex!, _salts, posting, openings));
        foreach (Opening opening in openings)
        {
            _openings.Add(opening.Commitment, opening.Value);
        }

        return new PostingRecord(
            posting, draft.Kind, department, Poster, Channel.Http, _now, content, target, facts, PostingState.Proposed, Decision: null, Refusal: null, Version: 0);
    }
}

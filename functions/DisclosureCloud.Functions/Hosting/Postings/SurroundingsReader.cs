using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Reads what deciding a posting looks at beyond the last commit of its target's stream.</summary>
/// <remarks>The caller reads that last commit first, so that an append conflicts if the stream went on meanwhile.</remarks>
internal sealed class SurroundingsReader(ILedgerStore ledger, IValueStore values, RuleBook rules)
{
    /// <summary>For a posting that is decided: whether a correction changes anything is seen from its values, and no other rule looks at them.</summary>
    public async Task<Surroundings> ReadAsync(PostingRecord posting, CancellationToken cancellationToken)
    {
        Surroundings around = await ReadAsync([.. posting.Facts.Select(fact => fact.Open(_ => null))], posting.Target, cancellationToken);
        return posting.Kind == Correction.KindName ? around with { Values = await ValuesAsync(posting.Id, cancellationToken) } : around;
    }

    public async Task<Surroundings> ReadAsync(ImmutableArray<Fact> facts, StreamName target, CancellationToken cancellationToken)
    {
        Fact fact = facts[0];
        if (fact is Redaction)
        {
            return new Surroundings(Leaves: await LeavesAsync(target, cancellationToken));
        }

        if (fact is IAmendment)
        {
            return await ReadForAmendmentAsync(facts, target, cancellationToken);
        }

        return await OfFactsAsync(facts, target, cancellationToken);
    }

    /// <summary>The place of what a posting is about; null where that has none, or is not there.</summary>
    /// <param name="fact">The posting's first fact.</param>
    /// <param name="around">What was read for it before.</param>
    public async Task<RegionCode?> PlaceOfAsync(Fact fact, StreamName target, StreamState? state, Surroundings around, CancellationToken cancellationToken)
    {
        if ((PostingRegion.OfStream(target, state) ?? around.RegistrarOf(fact)?.Region) is { } place)
        {
            return place;
        }

        // What is known of a project is of the fund that registers it. An amendment names but the entry.
        IEnumerable<Entry> stream = around.Stream ?? (around.Leaves ?? []).Select(leaf => Entry.Of(leaf, _ => null));
        return fact is IAmendment { Amended: var id } && stream.FirstOrDefault(entry => entry.Id == id)?.Fact is IOfFund ofFund
            ? (await BooksAsync(ofFund.FundId, cancellationToken))?.Region
            : null;
    }

    /// <summary>The stream in which an entry is; null where there is no such entry.</summary>
    public async Task<StreamName?> StreamOfAsync(EntryId entry, CancellationToken cancellationToken)
    {
        Commit? posting = await ledger.ReadAsync(StreamName.Of(entry.Posting), 0, cancellationToken);
        if (posting is null || PostingFate.Fold([posting]) is not PostingRecord record)
        {
            return null;
        }

        // Only what is recorded is an entry: a posting that waits, or was refused, is nobody's business but its department's.
        Commit? recorded = await ledger.FindAsync(record.Target, record.Id.Value, cancellationToken);
        return recorded?.Entries.Any(leaf => leaf.Id == entry) == true ? record.Target : null;
    }

    private async Task<Surroundings> ReadForAmendmentAsync(ImmutableArray<Fact> facts, StreamName target, CancellationToken cancellationToken)
    {
        List<Leaf> leaves = await LeavesAsync(target, cancellationToken);
        List<Entry> stream = [.. leaves.Select(leaf => Entry.Of(leaf, _ => null))];
        EntryId id = ((IAmendment)facts[0]).Amended;
        Fact? replacement = facts.Length > 1 ? facts[1] : null;
        if (replacement is not null && History.Of(stream).Find(id) is { } corrected)
        {
            int at = stream.FindIndex(entry => entry.Id == (corrected.Amendments is [.., { Replacement: { } last }] ? last : corrected.Id));
            IReadOnlyDictionary<Commitment, string> known = await ValuesAsync(leaves[at].Id.Posting, cancellationToken);
            stream[at] = Entry.Of(leaves[at], commitment => known.GetValueOrDefault(commitment));
        }

        return await OfFactsAsync(replacement is null ? [] : [replacement], target, cancellationToken) with
        {
            Stream = stream,
            Elsewhere = History.Of(stream).Find(id) is { } entry ? await ElsewhereAsync(entry.Now.Fact, target, cancellationToken) : [],
        };
    }

    // What facts that say something new are held against, each thing read once however many of them name it.
    private async Task<Surroundings> OfFactsAsync(ImmutableArray<Fact> facts, StreamName target, CancellationToken cancellationToken)
    {
        var registrars = new Dictionary<FundId, FundBooks>();
        var plans = new Dictionary<PlanItemId, PlanState>();
        var cited = new Dictionary<EntryId, Fact>();
        foreach (FundId fund in target.Type == StreamType.Fund ? [] : facts.OfType<IOfFund>().Select(fact => fact.FundId).Distinct())
        {
            if (Outcome.BooksOf(await ledger.ReadLastAsync(StreamName.Of(fund), cancellationToken)) is { } books)
            {
                registrars.Add(fund, books);
            }
        }

        foreach (PlanItemId item in facts.OfType<Project>().Select(project => project.PlanItem).OfType<PlanItemId>().Distinct())
        {
            if (Outcome.StateOf(await ledger.ReadLastAsync(StreamName.Of(item), cancellationToken)) is PlanState plan)
            {
                plans.Add(item, plan);
            }
        }

        foreach (EntryId id in facts.Select(Surroundings.CitedBy).OfType<EntryId>().Distinct())
        {
            if (await CitedAsync(id, cancellationToken) is { } entry)
            {
                cited.Add(id, entry);
            }
        }

        return new Surroundings(registrars, plans, cited, Rules: rules);
    }

    // A project is spoken of in its own stream too. A pass-down may be acknowledged by any fund, and a plan item cited by any: all
    // entries are looked through, which is slow and rare.
    private async Task<IReadOnlyCollection<Entry>> ElsewhereAsync(Fact fact, StreamName target, CancellationToken cancellationToken)
    {
        if (fact is Project project)
        {
            return await EntriesAsync(StreamName.Of(project.ProjectId), cancellationToken); // Those of other funds too: the rules tell them apart.
        }

        if (fact is not (PassDown or PlanItem or PlanApproval))
        {
            return [];
        }

        var entries = new List<Entry>();
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, cancellationToken))
        {
            if (read.Commit.Stream.Type == StreamType.Fund && read.Commit.Stream != target)
            {
                entries.AddRange(read.Commit.Entries.Select(leaf => Entry.Of(leaf, _ => null)));
            }
        }

        return entries;
    }

    private async Task<FundBooks?> BooksAsync(FundId fund, CancellationToken cancellationToken) =>
        Outcome.BooksOf(await ledger.ReadLastAsync(StreamName.Of(fund), cancellationToken));

    // The entry as it was recorded, unless its stream says that it was amended; then as it stands now.
    private async Task<Fact?> CitedAsync(EntryId id, CancellationToken cancellationToken)
    {
        if (await StreamOfAsync(id, cancellationToken) is not { } stream)
        {
            return null;
        }

        StreamState? state = Outcome.StateOf(await ledger.ReadLastAsync(stream, cancellationToken));
        if (state?.Amended.Contains(id) == true)
        {
            return History.Of(await EntriesAsync(stream, cancellationToken)).Find(id) is { IsWithdrawn: false } entry ? entry.Now.Fact : null;
        }

        Commit? recorded = await ledger.FindAsync(stream, id.Posting.Value, cancellationToken);
        Entry[] entries = [.. recorded?.Entries.Select(leaf => Entry.Of(leaf, _ => null)) ?? []];

        // What took another's place is known by that one's id: under its own the same money would count twice.
        return entries is [{ Fact: Correction }, ..] ? null : entries.FirstOrDefault(entry => entry.Id == id)?.Fact;
    }

    private async Task<List<Entry>> EntriesAsync(StreamName stream, CancellationToken cancellationToken) =>
        [.. (await LeavesAsync(stream, cancellationToken)).Select(leaf => Entry.Of(leaf, _ => null))];

    private async Task<List<Leaf>> LeavesAsync(StreamName stream, CancellationToken cancellationToken)
    {
        var leaves = new List<Leaf>();
        await foreach (Commit commit in ledger.ReadStreamAsync(stream, 0, cancellationToken))
        {
            leaves.AddRange(commit.Entries);
        }

        return leaves;
    }

    // What was forgotten is not among them.
    private async Task<IReadOnlyDictionary<Commitment, string>> ValuesAsync(PostingId posting, CancellationToken cancellationToken) =>
        (await values.GetAsync([posting], cancellationToken)).ToDictionary(opening => opening.Commitment, opening => opening.Value);
}

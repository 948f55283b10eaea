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

    /// <summary>The places of what a posting's facts are about, each with the fact's place in it; none where that has none, or is not there.</summary>
    /// <param name="around">What was read for it before.</param>
    public async Task<IReadOnlyList<(int Index, RegionCode Place)>> PlacesOfAsync(
        ImmutableArray<Fact> facts, StreamName target, StreamState? state, Surroundings around, CancellationToken cancellationToken)
    {
        if (PostingRegion.OfStream(target, state) is { } place)
        {
            return [(0, place)]; // All of them are about it.
        }

        // What is known of a project is of the fund that registers it, and several may say so of one. An amendment names but the entry.
        if (facts[0] is not IAmendment { Amended: var id })
        {
            return [.. facts.Select((fact, index) => (Index: index, around.RegistrarOf(fact)?.Region)).Where(one => one.Region is not null).Select(one => (one.Index, one.Region!.Value))];
        }

        IEnumerable<Entry> stream = around.Stream ?? (around.Leaves ?? []).Select(leaf => Entry.Of(leaf, _ => null));
        return stream.FirstOrDefault(entry => entry.Id == id)?.Fact is IOfFund ofFund && (await BooksAsync(ofFund.FundId, cancellationToken))?.Region is { } region
            ? [(0, region)]
            : [];
    }

    /// <summary>The stream in which an entry is; null where there is no such entry.</summary>
    public async Task<StreamName?> StreamOfAsync(EntryId entry, CancellationToken cancellationToken) =>
        await RecordedAsync(entry.Posting, cancellationToken) is { } recorded && recorded.Entries.Any(leaf => leaf.Id == entry) ? recorded.Stream : null;

    // Only what is recorded is an entry: a posting that waits, or was refused, is nobody's business but its department's.
    private async Task<Commit?> RecordedAsync(PostingId posting, CancellationToken cancellationToken)
    {
        Commit? first = await ledger.ReadAsync(StreamName.Of(posting), 0, cancellationToken);
        return first is not null && PostingFate.Fold([first]) is PostingRecord record ? await ledger.FindAsync(record.Target, record.Id.Value, cancellationToken) : null;
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

        var streams = new Dictionary<StreamName, History>();
        foreach (IGrouping<PostingId, EntryId> posting in facts.Select(Surroundings.CitedBy).OfType<EntryId>().Distinct().GroupBy(id => id.Posting))
        {
            await CiteAsync([.. posting], streams, cited, cancellationToken);
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

    // Entries of one posting as they were recorded, unless their stream says that one was amended; then as that stands now. The posting, its stream's
    // state and what was amended are read once, however many of its entries are cited.
    private async Task CiteAsync(EntryId[] ids, Dictionary<StreamName, History> streams, Dictionary<EntryId, Fact> cited, CancellationToken cancellationToken)
    {
        if (await RecordedAsync(ids[0].Posting, cancellationToken) is not { } recorded)
        {
            return;
        }

        // What took another's place is known by that one's id: under its own the same money would count twice.
        Entry[] own = [.. recorded.Entries.Where(leaf => ids.Contains(leaf.Id)).Select(leaf => Entry.Of(leaf, _ => null))];
        StreamState? state = Outcome.StateOf(await ledger.ReadLastAsync(recorded.Stream, cancellationToken));
        bool replaces = recorded.Entries.Length > 0 && Entry.Of(recorded.Entries[0], _ => null).Fact is Correction;
        foreach (Entry entry in own)
        {
            if (state?.Amended.Contains(entry.Id) != true)
            {
                if (!replaces)
                {
                    cited.Add(entry.Id, entry.Fact);
                }

                continue;
            }

            if (!streams.TryGetValue(recorded.Stream, out History? history))
            {
                streams.Add(recorded.Stream, history = History.Of(await EntriesAsync(recorded.Stream, cancellationToken)));
            }

            if (history.Find(entry.Id) is { IsWithdrawn: false } now)
            {
                cited.Add(entry.Id, now.Now.Fact);
            }
        }
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

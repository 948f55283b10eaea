using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>How far a ledger goes beside the archive.</summary>
internal sealed class LedgerState
{
    private readonly SortedDictionary<string, (StreamName Stream, long Last)> _last = new(StringComparer.Ordinal);

    private LedgerState()
    {
    }

    /// <summary>How many of the archive's commits it has.</summary>
    public long Archived { get; private set; }

    /// <summary>How many it has that the archive does not have yet.</summary>
    public long NotArchived { get; private set; }

    /// <summary>Its streams in ordinal order.</summary>
    public IEnumerable<StreamName> Streams => _last.Values.Select(one => one.Stream);

    /// <summary>Reads the whole ledger and holds it against the archive: what both have must be the same.</summary>
    public static async Task<LedgerState> ReadAsync(
        ILedgerStore ledger, SortedDictionary<string, List<ArchivedCommit>> streams, RebuildFindings findings, CancellationToken cancellationToken)
    {
        var state = new LedgerState();
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, cancellationToken))
        {
            Commit commit = read.Commit;
            if (state._last.TryGetValue(commit.Stream.Value, out (StreamName Stream, long Last) last) && commit.Version <= last.Last)
            {
                continue; // A store may give a commit twice.
            }

            state._last[commit.Stream.Value] = (commit.Stream, commit.Version);
            if (!streams.TryGetValue(commit.Stream.Value, out List<ArchivedCommit>? archived) || commit.Version >= archived.Count)
            {
                state.NotArchived++;
                continue;
            }

            state.Archived++;
            if (archived[(int)commit.Version].Hash != Sha256Hex.Of(commit.ToBytes()))
            {
                findings.Add($"{ArchivedCommit.Name(commit.Stream, commit.Version)} is another in the ledger than in the archive. Nothing of the ledger was changed; begin with an empty one, or with an older copy.");
            }
        }

        return state;
    }

    public bool Has(ArchivedCommit commit) => _last.TryGetValue(commit.Stream.Value, out (StreamName Stream, long Last) last) && commit.Version <= last.Last;
}

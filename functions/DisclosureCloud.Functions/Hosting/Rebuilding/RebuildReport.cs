using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>What is asked of a rebuild.</summary>
/// <param name="IsDryRun">True to look and say, and write nothing.</param>
/// <param name="Without">Files of the archive that are none of ours: an archive keeps what anybody ever put there.</param>
internal sealed record RebuildRequest(bool IsDryRun, IReadOnlyCollection<string> Without);

/// <summary>What a rebuild found and did.</summary>
internal sealed record RebuildReport
{
    /// <param name="ledger">The ledger as it is now; in a dry run the archive's.</param>
    public RebuildReport(LedgerSummary ledger, Sha256Hex stateHash, long newerEntries) =>
        (Commits, Entries, Streams, Undecided, StateHash, NewerEntries) =
        (ledger.Commits, ledger.Entries, ledger.Streams, ledger.Undecided, stateHash, newerEntries);

    public long Commits { get; }

    public long Entries { get; }

    public long Streams { get; }

    /// <summary>SHA-256 over the bytes of all commits, by stream in ordinal order and version.</summary>
    public Sha256Hex StateHash { get; }

    public IReadOnlyList<UndecidedPosting> Undecided { get; }

    /// <summary>Entries of the archive that no checkpoint covers: the sequencer logs them next.</summary>
    public long NewerEntries { get; }

    public long LeavesInLog { get; init; }

    /// <summary>What the ledger lacked; in a dry run what it would be given.</summary>
    public long CommitsTaken { get; init; }

    public long EntriesTaken { get; init; }

    /// <summary>What the ledger has and the archive does not have yet.</summary>
    public long CommitsOnlyInLedger { get; init; }

    /// <summary>Commitments that had no value in the value store.</summary>
    public long ValuesMissing { get; init; }

    /// <summary>Of these, the values that the site has published and that were taken back.</summary>
    public long ValuesTaken { get; init; }
}

using System.Security.Cryptography;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>What a ledger comes to: its hash, its counts, what is undecided in it, and which values it names. Given its commits by stream and version.</summary>
internal sealed class LedgerSummary(MissingValues missing) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<Commit> _posting = [];
    private readonly List<Leaf> _leaves = [];
    private Redactions _redactions = new();
    private readonly List<UndecidedPosting> _undecided = [];
    private StreamName? _stream;

    public long Commits { get; private set; }

    public long Entries { get; private set; }

    public long Streams { get; private set; }

    /// <summary>Postings that wait for a decision, or for their effect.</summary>
    public IReadOnlyList<UndecidedPosting> Undecided => _undecided;

    public async Task AddAsync(Commit commit, byte[] bytes, CancellationToken cancellationToken)
    {
        if (commit.Stream != _stream)
        {
            await EndStreamAsync(cancellationToken);
            _stream = commit.Stream;
            Streams++;
        }

        _hash.AppendData(bytes);
        Commits++;
        Entries += commit.Entries.Length;
        if (commit.Stream.Posting is not null)
        {
            _posting.Add(commit);
        }

        // A redaction stands in the stream of what it names.
        _leaves.AddRange(commit.Entries);
        _redactions.Take(commit);
    }

    /// <summary>SHA-256 over the bytes of all commits, by stream in ordinal order and version. Nothing is added after it.</summary>
    public async Task<Sha256Hex> EndAsync(CancellationToken cancellationToken)
    {
        await EndStreamAsync(cancellationToken);
        await missing.FlushAsync(cancellationToken);
        return Id.Parse<Sha256Hex>(Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public void Dispose() => _hash.Dispose();

    private async Task EndStreamAsync(CancellationToken cancellationToken)
    {
        PostingFate? fate = PostingFate.Fold(_posting);
        _posting.Clear();
        if (fate is PostingRecord { State: PostingState.Proposed or PostingState.Approved } record)
        {
            _undecided.Add(new UndecidedPosting(record.Id, record.Kind, record.Department, record.ReceivedAt, record.State));
        }

        if (fate is not null)
        {
            await missing.AddAsync(fate.Id, fate.Commitments, cancellationToken);
        }

        if (!_redactions.IsEmpty)
        {
            missing.Redact(_leaves.SelectMany(leaf => _redactions.Forgotten(leaf.Id, SealedFact.Of(leaf.Json))));
            _redactions = new Redactions();
        }

        _leaves.Clear();
    }
}

/// <summary>A posting that nobody has decided, or that has not taken effect. What it says stays where it is.</summary>
internal sealed record UndecidedPosting(PostingId Id, string Kind, DepartmentId Department, DateTimeOffset ReceivedAt, PostingState State);

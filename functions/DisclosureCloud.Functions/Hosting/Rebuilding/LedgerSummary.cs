using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>What a ledger comes to: its hash, its counts, what is undecided in it, and which values it names. Given its commits by stream and version.</summary>
internal sealed class LedgerSummary(MissingValues missing) : IDisposable
{
    // Looked for in the bytes: nearly no entry is one, and parsing all of them again takes as long as reading them.
    private static readonly byte[] RedactionMark = Encoding.UTF8.GetBytes("\"kind\":\"redaction\"");

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<Commit> _posting = [];
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

        foreach (Leaf leaf in commit.Entries.Where(leaf => leaf.Bytes.Span.IndexOf(RedactionMark) >= 0))
        {
            if (EntryId.TryParse((string?)leaf.Json["cites"], out EntryId cited))
            {
                missing.Redact(cited.Posting);
            }
        }
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
    }
}

/// <summary>A posting that nobody has decided, or that has not taken effect. What it says stays where it is.</summary>
internal sealed record UndecidedPosting(PostingId Id, string Kind, DepartmentId Department, DateTimeOffset ReceivedAt, PostingState State);

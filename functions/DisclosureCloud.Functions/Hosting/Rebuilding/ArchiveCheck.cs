using System.Collections;
using System.Globalization;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>Reads every commit of the archive once, by stream and version, and holds it against its name, its posting and the log.</summary>
internal sealed class ArchiveCheck(IArchiveFiles archive, KnownLog log, RebuildFindings findings)
{
    private readonly BitArray _seen = new(checked((int)log.Size));
    private readonly Dictionary<PostingId, StreamName> _effects = [];
    private readonly Dictionary<PostingId, (PostingState State, StreamName? Target)> _fates = [];

    /// <summary>Entries that no checkpoint covers yet.</summary>
    public long NewerEntries { get; private set; }

    /// <summary>Reads one stream.</summary>
    /// <param name="read">Is given each commit with its bytes.</param>
    public async Task ReadAsync(IReadOnlyList<ArchivedCommit> stream, Func<Commit, byte[], Task> read, CancellationToken cancellationToken)
    {
        long lastLeaf = -1;
        ArchivedCommit? newer = null;
        foreach (ArchivedCommit archived in stream)
        {
            if (await FileOfAsync(archived, cancellationToken) is not var (commit, bytes))
            {
                continue;
            }

            (archived.Hash, archived.RecordedAt, archived.Entries) = (Sha256Hex.Of(bytes), commit.RecordedAt, commit.Entries.Length);
            Place(archived, commit);
            Follow(archived, commit);
            if (archived.FirstLeaf is { } leaf)
            {
                if (leaf < lastLeaf || newer is not null)
                {
                    findings.Add($"{archived} stands in the log before {(newer is not null ? $"{newer}, which is not in it" : "the commit that it follows")}.");
                }

                lastLeaf = leaf;
            }
            else if (archived.Entries > 0)
            {
                newer ??= archived;
            }

            await read(commit, bytes);
        }
    }

    /// <summary>Looks at what only all streams together tell. Call it once all are read.</summary>
    public void Finish(IEnumerable<ArchivedCommit> all)
    {
        long missing = _seen.Cast<bool>().LongCount(one => !one);
        if (missing > 0)
        {
            long first = _seen.Cast<bool>().TakeWhile(one => one).LongCount();
            findings.Add(string.Create(CultureInfo.InvariantCulture, $"{missing} of the {log.Size} leaves of the log are in no archived commit, or otherwise; the first is leaf {first}."));
        }

        foreach (ArchivedCommit commit in all)
        {
            CheckPosting(commit);
        }
    }

    /// <summary>A file as it should be: the commit of its name, byte for byte.</summary>
    /// <returns>Null where it is not; what is wrong with it is said in <see cref="RebuildFindings"/>.</returns>
    public async Task<(Commit Commit, byte[] Bytes)?> FileOfAsync(ArchivedCommit archived, CancellationToken cancellationToken)
    {
        if (await archive.ReadAsync(archived.Path, cancellationToken) is not { } bytes)
        {
            findings.Add($"{archived.Path} was listed and is not there.");
            return null;
        }

        if (!Following.Archiver.IsNameOf(archived.Path, bytes))
        {
            findings.Add($"{archived.Path} was altered: its name is not that of its bytes.");
            return null;
        }

        try
        {
            var commit = Commit.FromBytes(bytes);
            if (commit.Stream.Posting is not null)
            {
                PostingRecord.StateOf(commit);
            }

            if (commit.Stream == archived.Stream && commit.Version == archived.Version && commit.ToBytes().AsSpan().SequenceEqual(bytes))
            {
                return (commit, bytes);
            }

            findings.Add($"{archived.Path} holds {ArchivedCommit.Name(commit.Stream, commit.Version)}, or not as the ledger writes it.");
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            findings.Add($"{archived.Path} holds no commit. {fault.Message}");
        }

        return null;
    }

    private void Place(ArchivedCommit archived, Commit commit)
    {
        long?[] places = [.. commit.Entries.Select(log.IndexOf)];
        archived.FirstLeaf = places.FirstOrDefault();
        if (places.Length > 0 && places.Index().Any(one => one.Item != archived.FirstLeaf + one.Index))
        {
            findings.Add($"{archived} is in the log in part, or not together.");
        }

        foreach (long? place in places)
        {
            if (place is not { } index)
            {
                NewerEntries++;
            }
            else if (_seen[(int)index])
            {
                findings.Add(string.Create(CultureInfo.InvariantCulture, $"Leaf {index} of the log is an entry of {archived} and of another commit."));
            }
            else
            {
                _seen[(int)index] = true;
            }
        }
    }

    // Which commits wait for which: see AppendOrder.
    private void Follow(ArchivedCommit archived, Commit commit)
    {
        if (archived.Stream.Posting is { } posting)
        {
            PostingState state = PostingRecord.StateOf(commit);
            StreamName? target = _fates.GetValueOrDefault(posting).Target ?? (StreamName.TryParse((string?)commit.State["target"], out StreamName named) ? named : null);
            _fates[posting] = (state, target);
            archived.Gives = state == PostingState.Approved ? new PostingStep(posting, IsEffect: false) : null;
            archived.Needs = commit.Version > 0 && state is PostingState.Effective or PostingState.Refused ? new PostingStep(posting, IsEffect: true) : null;
        }
        else if (archived.Stream.HoldsFacts && PostingId.TryParse(commit.Id, out PostingId cause))
        {
            _effects[cause] = archived.Stream;
            (archived.Needs, archived.Gives) = (new PostingStep(cause, IsEffect: false), new PostingStep(cause, IsEffect: true));
        }
    }

    private void CheckPosting(ArchivedCommit commit)
    {
        if (commit.Needs is not { } needs)
        {
            return;
        }

        if (needs.IsEffect)
        {
            if (_fates[needs.Posting].Target is { } target && (!_effects.TryGetValue(needs.Posting, out StreamName stream) || stream != target))
            {
                findings.Add($"{commit} says what came of the posting, and {target} has no commit of it.");
            }
        }
        else if (!_fates.TryGetValue(needs.Posting, out (PostingState State, StreamName? Target) fate) || fate.State is PostingState.Proposed or PostingState.Rejected)
        {
            findings.Add($"{commit} is the effect of the posting {needs.Posting}, and the archive does not have that it was approved.");
        }
    }
}

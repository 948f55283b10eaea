using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>Puts commits that come by a service's clock into the order of their streams, as a reader of all commits is promised them.</summary>
/// <remarks>
/// The clock has whole seconds, so that several versions of one stream bear the same; and it may differ from machine to machine, or
/// step back when another one takes over. Both are borne within <see cref="SlackSeconds"/>: a commit is given when all that came
/// in that time after it were seen, the lower versions of its stream before it. A cursor resumes as long before the commit that it was
/// given with, so that a commit which became visible late is not missed. Whoever resumes is therefore given some commits again.
/// </remarks>
internal sealed class CommitOrder
{
    /// <summary>Far above what the clocks of one region differ by, and short enough that what is read again is little.</summary>
    public const long SlackSeconds = 10;

    private readonly Queue<StampedCommit> _waiting = new();
    private readonly Dictionary<StreamName, SortedDictionary<long, Commit>> _byStream = [];

    /// <summary>From which second on a reader resumes.</summary>
    public static long ResumeAt(Cursor cursor) => cursor.Value is null
        ? 0
        : long.TryParse(cursor.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? Math.Max(0, seconds - SlackSeconds)
            : throw new FormatException($"A cursor of this store is a whole number; found '{cursor.Value}'.");

    /// <summary>Takes the next commit by the clock, and gives those that need wait no longer.</summary>
    public IReadOnlyList<CommitAt> Take(StampedCommit next)
    {
        List<CommitAt> ready = Before(next.Seconds - SlackSeconds);
        if (!_byStream.TryGetValue(next.Commit.Stream, out SortedDictionary<long, Commit>? versions))
        {
            versions = [];
            _byStream.Add(next.Commit.Stream, versions);
        }

        versions[next.Commit.Version] = next.Commit;
        _waiting.Enqueue(next);
        return ready;
    }

    /// <summary>Gives all that still wait: the reader has come to the end.</summary>
    public IReadOnlyList<CommitAt> End() => Before(long.MaxValue);

    private List<CommitAt> Before(long seconds)
    {
        var ready = new List<CommitAt>();
        while (_waiting.TryPeek(out StampedCommit first) && first.Seconds < seconds)
        {
            _waiting.Dequeue();
            var cursor = new Cursor(first.Seconds.ToString(CultureInfo.InvariantCulture));
            ready.AddRange(UpTo(first.Commit).Select(commit => new CommitAt(commit, cursor)));
        }

        return ready;
    }

    // The lower versions of its stream go first; it may have gone itself before a higher one.
    private List<Commit> UpTo(Commit commit)
    {
        var ready = new List<Commit>();
        if (!_byStream.TryGetValue(commit.Stream, out SortedDictionary<long, Commit>? versions))
        {
            return ready;
        }

        while (versions.Count > 0 && versions.First() is var (version, lowest) && version <= commit.Version)
        {
            ready.Add(lowest);
            versions.Remove(version);
        }

        if (versions.Count == 0)
        {
            _byStream.Remove(commit.Stream);
        }

        return ready;
    }
}

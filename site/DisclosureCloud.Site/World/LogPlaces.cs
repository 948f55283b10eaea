using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site;

/// <summary>An entry and where it stands in the log.</summary>
internal sealed record LoggedEntry(EntryId Id, LogPlace Place);

/// <summary>Where entries stand in the log, and which one about a fund, a project or a notice is the newest.</summary>
/// <remarks>What is said of an entry, its corrections and its withdrawal, is said of whatever that entry is about.</remarks>
internal sealed class LogPlaces
{
    private readonly LogView _log;
    private readonly ImmutableArray<Entry> _entries;
    private readonly Dictionary<FundId, int> _ofFunds = [];
    private readonly Dictionary<ProjectId, int> _ofProjects = [];
    private readonly Dictionary<NoticeId, int> _ofNotices = [];

    private LogPlaces(ImmutableArray<Entry> entries, LogView log, History history)
    {
        (_entries, _log) = (entries, log);

        // Entries are in the order of the log: whichever comes last has the largest leaf index.
        for (int i = 0; i < entries.Length; i++)
        {
            Take(history.SubjectOf(entries[i].Fact), i);
        }
    }

    /// <summary>Null where the snapshot has no log.</summary>
    public static LogPlaces? Of(Snapshot snapshot, History history) => snapshot.Log is { } log ? new LogPlaces(snapshot.Entries, log, history) : null;

    /// <summary>The newest entry about a fund; null where there is none.</summary>
    public LoggedEntry? Newest(FundId fund) => At(_ofFunds, fund);

    /// <summary>The newest entry about a project, whichever fund it is of; null where there is none.</summary>
    public LoggedEntry? Newest(ProjectId project) => At(_ofProjects, project);

    /// <summary>The newest of a notice and the entries that it made; null where there is none.</summary>
    public LoggedEntry? Newest(NoticeId notice) => At(_ofNotices, notice);

    /// <param name="index">The entry's place in the snapshot, from 0.</param>
    public LoggedEntry At(int index)
    {
        long leaf = _log.LeafIndexes[index];
        return new LoggedEntry(_entries[index].Id, new LogPlace(leaf, _log.FirstCheckpoint(leaf)));
    }

    private LoggedEntry? At<TKey>(Dictionary<TKey, int> newest, TKey key)
        where TKey : notnull => newest.TryGetValue(key, out int index) ? At(index) : null;

    private void Take(Fact subject, int index)
    {
        if (subject is IOfFund ofFund)
        {
            _ofFunds[ofFund.FundId] = index;
        }

        if (ProjectView.IdOf(subject) is { } project)
        {
            _ofProjects[project] = index;
        }

        if (subject.NoticeOf() is { } notice)
        {
            _ofNotices[notice] = index;
        }
    }
}

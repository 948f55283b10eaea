using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A department by what it posted. Whoever in it posted is nobody's business: an entry names the department alone.</summary>
internal sealed class DepartmentView
{
    /// <param name="entries">At least one, in the order of the ledger.</param>
    /// <param name="zone">The deployment's.</param>
    /// <param name="registered">What it says of itself, as of the latest date; null where it has said nothing.</param>
    /// <param name="change">What it goes on as; null while it is what it was.</param>
    public DepartmentView(DepartmentId id, IReadOnlyCollection<Posted<Fact>> entries, TimeZoneInfo zone, Department? registered, UnitChange? change)
    {
        (Id, Registered, Change) = (id.Value, registered, change);
        Entries = [.. entries.OrderByDescending(posted => posted.Entry.RecordedAt).ThenByDescending(posted => posted.Index)];
        Own = new Lateness(Entries.Where(posted => !IsImported(posted.Entry)), zone);
        Imported = new Lateness(Entries.Where(posted => IsImported(posted.Entry)), zone);
    }

    public string Id { get; }

    public Department? Registered { get; }

    public UnitChange? Change { get; }

    /// <summary>The latest recorded first.</summary>
    public ImmutableArray<Posted<Fact>> Entries { get; }

    /// <summary>The accounts that act for it: those that it named last, whatever date it gave.</summary>
    public ImmutableArray<RegisteredPerson> People =>
        Entries.Select(posted => posted.Fact).OfType<Department>().FirstOrDefault() is { People: { IsDefault: false } people } ? people : [];

    /// <summary>What the department sent itself.</summary>
    public Lateness Own { get; }

    /// <summary>What was imported: notices that were public before, and files.</summary>
    public Lateness Imported { get; }

    /// <summary>The address of an entry on whichever page of the department's list it stands, below a language's root.</summary>
    /// <param name="place">Its place among <see cref="Entries"/>, from 0.</param>
    public string PathOf(int place, EntryId id) => $"{ListPage.PathOf(DepartmentPage.PathOf(Id), (place / ListPage.ItemsMax) + 1)}#{id.Value}";

    public static bool IsImported(Entry entry) => entry.Channel == Channel.Import;

    /// <summary>The civil day in a zone on which an entry was recorded.</summary>
    public static DateOnly RecordedOn(Entry entry, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(entry.RecordedAt, zone).DateTime);

    /// <summary>From what happened to its record, in days; null where nobody said when it happened.</summary>
    /// <remarks>Never below 0: what is recorded before it happens is not late.</remarks>
    public static int? DaysLate(Entry entry, TimeZoneInfo zone) =>
        entry.Date is { } date ? Math.Max(0, RecordedOn(entry, zone).DayNumber - date.DayNumber) : null;
}

/// <summary>How late entries were recorded. What has no date is counted and enters no other figure.</summary>
internal sealed class Lateness
{
    private readonly int[] _days;

    public Lateness(IEnumerable<Posted<Fact>> entries, TimeZoneInfo zone)
    {
        int?[] all = [.. entries.Select(posted => DepartmentView.DaysLate(posted.Entry, zone))];
        _days = [.. all.OfType<int>().Order()];
        (Entries, Undated) = (all.Length, all.Length - _days.Length);
    }

    public int Entries { get; }

    public int Undated { get; }

    /// <summary>At least half of the dated entries were recorded within so many days; null where none is dated.</summary>
    public int? MedianDays => _days.Length == 0 ? null : _days[(_days.Length - 1) / 2];

    public int? LongestDays => _days.Length == 0 ? null : _days[^1];
}

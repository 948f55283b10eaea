using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>
/// The data of single things: for each fund, project, region and notice its rows of every table, and its movements; for each department
/// all that it posted.
/// </summary>
/// <remarks>
/// A thing's file holds nothing of the snapshot itself, so that it changes only when something about the thing does. Tables made by hand
/// are there with or without rows; those of further kinds only with rows, since most things have none of most kinds.
/// </remarks>
internal sealed class ThingFiles
{
    // Entries are left out: each stands in the table of its own kind, and no row is to be there twice.
    private static readonly ImmutableArray<DataTable> Tables = [.. DataTables.All.Where(table => table != DataTables.Entries)];

    private readonly SnapshotIndex _index;
    private readonly Belongings _recorded;
    private readonly Belongings _now;

    /// <param name="recorded">Every entry as it was recorded: the lines of a thing's CSV file.</param>
    /// <param name="now">The entries as they now stand: what its JSON file says.</param>
    public ThingFiles(IReadOnlyCollection<Entry> recorded, IReadOnlyCollection<Entry> now, SnapshotIndex index)
    {
        _index = index;
        _recorded = new Belongings(recorded, index);
        _now = new Belongings(now, index);
    }

    public IEnumerable<SiteFile> Files =>
    [
        // A thing that was withdrawn keeps its files: what it was stands in the one, and nothing in the other.
        .. _recorded.Funds.Where(fund => fund.Any(entry => entry.Fact is Fund)).SelectMany(fund => Pair($"data/funds/{fund.Key}", _now.Funds[fund.Key], fund, json =>
        {
            json.WriteString("fund", fund.Key.Value);
            Totals.Write(json, _index.Books(fund.Key));
        })),
        .. _recorded.Projects.Where(project => project.Any(entry => entry.Fact is Project)).SelectMany(project => Pair($"data/projects/{project.Key}", _now.Projects[project.Key], project, json =>
        {
            json.WriteString("project", project.Key.Value);
            FundId[] funds = [.. project.Select(entry => entry.Fact).OfType<Project>().Select(fact => fact.FundId).Distinct()];
            Totals.Write(json, [.. funds.Select(fund => _index.Account(fund, project.Key))]);
        })),
        .. _recorded.Notices.Where(notice => notice.Any(entry => entry.Fact is Notice)).SelectMany(notice => Pair($"data/notices/{notice.Key}", _now.Notices[notice.Key], notice, json =>
        {
            json.WriteString("notice", notice.Key.Value);
        })),
        .. _index.Regions.All.SelectMany(region => Pair($"data/regions/{region.Code}", _now.Regions[region.Code], _recorded.Regions[region.Code], json =>
        {
            json.WriteString("region", region.Code.Value);
            json.WriteString("regionName", region.Name);
            json.WriteString("parent", region.Parent is { Code: var code } && code != RegionCode.Country ? code.Value : null);
            Totals.Write(json, region);
        })),
        .. _recorded.Departments.SelectMany(department => Pair(
            $"data/departments/{department.Key}", _now.Departments[department.Key], department, json => json.WriteString("department", department.Key.Value), all: true)),
    ];

    /// <param name="all">Whether the CSV file has every entry, or those alone that move money.</param>
    private IEnumerable<SiteFile> Pair(string path, IEnumerable<Entry> now, IEnumerable<Entry> recorded, Action<Utf8JsonWriter> head, bool all = false) =>
    [
        new($"{path}.json", SiteStage.Data, () => Json(now, head)),
        new($"{path}.csv", SiteStage.Data, () => CsvFile.Write(
            DataTables.Entries.Columns, DataTables.Entries.Rows(recorded.Where(entry => all || entry.Fact.AmountOf() is not null), _index))),
    ];

    private byte[] Json(IEnumerable<Entry> entries, Action<Utf8JsonWriter> head)
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        using (Utf8JsonWriter json = JsonRows.NewWriter(output))
        {
            json.WriteStartObject();
            head(json);
            ILookup<KindSchema, Entry> byKind = entries.ToLookup(entry => KindSchema.Of(entry.Fact));
            foreach (DataTable table in Tables.Where(table => DataTables.ByHand.Contains(table) || byKind.Contains(table.Kinds[0])))
            {
                json.WriteStartArray(table.Name);
                foreach (Row row in table.Rows(entries, _index))
                {
                    JsonRows.WriteRow(json, table.Columns, row);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Which entries belong to which thing.</summary>
    private sealed class Belongings(IReadOnlyCollection<Entry> entries, SnapshotIndex index)
    {
        public ILookup<FundId, Entry> Funds { get; } = Lookup(entries, index, fact => fact.FundOf());

        public ILookup<ProjectId, Entry> Projects { get; } = Lookup(entries, index, fact => fact.ProjectOf());

        public ILookup<NoticeId, Entry> Notices { get; } = Lookup(entries, index, fact => fact.NoticeOf());

        public ILookup<DepartmentId, Entry> Departments { get; } = entries.ToLookup(entry => entry.Department);

        public ILookup<RegionCode, Entry> Regions { get; } = entries
            .SelectMany(entry => (new Row(entry, index).Region?.Path ?? []).Select(region => (region, entry)))
            .ToLookup(pair => pair.region, pair => pair.entry);

        private static ILookup<TId, Entry> Lookup<TId>(IEnumerable<Entry> entries, SnapshotIndex index, Func<Fact, TId?> id)
            where TId : struct =>
            entries.Select(entry => (Id: id(new Row(entry, index).Subject), Entry: entry)).Where(pair => pair.Id is not null)
                .ToLookup(pair => pair.Id!.Value, pair => pair.Entry);
    }
}

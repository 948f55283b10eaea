using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Tests.Data;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Suppression;

/// <summary>What one snapshot's data files say of households and persons, as somebody reads it who has the files alone.</summary>
internal sealed class PublishedCounts
{
    private static readonly (string Table, string Column, string Measure)[] Stated =
    [
        ("household-transfer", "households", "transfer-households"), ("household-transfer", "persons", "transfer-persons"), ("loan", "households", "loan-households"),
        ("income-distribution", "households", "income-households"), ("notices", "beneficiaryHouseholds", "notice-households"), ("notices", "beneficiaryPersons", "notice-persons"),
    ];

    private readonly Dictionary<string, Func<byte[]>> _files;
    private readonly Dictionary<string, List<Dictionary<string, string>>> _tables = new(StringComparer.Ordinal);
    private readonly List<Cell> _cells = [];

    private PublishedCounts(Snapshot snapshot)
    {
        _files = DataFiles.Plan(snapshot).ToDictionary(file => file.Path, file => file.Render, StringComparer.Ordinal);
        foreach ((string table, string column, string measure) in Stated)
        {
            _cells.AddRange(Rows(table).Where(row => row[column].Length + row[column + "Suppressed"].Length > 0).Select(row => new Cell(
                $"{NowOf(row)}:{measure}",
                Id.Parse<RegionCode>(row["region"]),
                measure,
                table == "notices" ? row["budgetYear"] : row["date"][..4],
                row[column].Length == 0 ? null : long.Parse(row[column], CultureInfo.InvariantCulture),
                row[column + "Suppressed"] == "under-10")));
        }
    }

    public static PublishedCounts Of(ImmutableArray<Entry> recorded) => new(new Snapshot(recorded.Length, SampleWorld.Today, recorded, SiteSettings.Trial));

    /// <summary>Tells an attacker all of it.</summary>
    public void Tell(Attacker attacker)
    {
        TellCells(attacker);
        foreach (string cell in Rows("headcount-pools").SelectMany(Members))
        {
            attacker.SawSmall(cell); // Some were corrected before any snapshot showed them.
        }

        List<Dictionary<string, string>> pools = [.. Rows("headcount-pools").Where(row => row["count"].Length > 0)];
        foreach (Dictionary<string, string> pool in pools)
        {
            attacker.SawSum(Members(pool), Number(pool["count"]));
        }

        foreach (Dictionary<string, string> total in Rows("headcounts").Where(row => row["count"].Length > 0))
        {
            Cell[] here = [.. In(total)];
            Dictionary<string, Cell> hidden = here.Where(cell => cell.Value is null).ToDictionary(cell => cell.Id, StringComparer.Ordinal);
            string[] together = [.. pools.Where(pool => Id.Parse<RegionCode>(total["region"]).Covers(Id.Parse<RegionCode>(pool["region"]))).Select(Members)
                .Where(members => members.All(hidden.ContainsKey)).SelectMany(members => members)];
            string[] counted = [.. here.Where(cell => cell.Value is not null).Select(cell => cell.Id), .. together];
            Number(total["entries"]).ShouldBe(counted.Length);
            Number(total["leftOut"]).ShouldBe(here.Length - counted.Length);
            attacker.SawSum(counted, Number(total["count"]));
        }
    }

    /// <summary>Tells an attacker the rows, and totals of all that there is in a place, of which only those from 1 to 9 are hidden.</summary>
    public void TellAsIfOnlySmallNumbersWereHidden(Attacker attacker, IReadOnlyDictionary<string, int> truth)
    {
        TellCells(attacker);
        foreach (Dictionary<string, string> total in Rows("headcounts"))
        {
            Cell[] here = [.. In(total).Where(cell => cell.Value is not null || cell.IsSmall)];
            long sum = here.Sum(cell => (long)truth[cell.Id]);
            if (sum is 0 or >= 10)
            {
                attacker.SawSum(here.Select(cell => cell.Id), sum);
            }
        }
    }

    /// <summary>Fails where a number from 1 to 9 is published, or the two formats differ.</summary>
    public void CheckFormats()
    {
        foreach (string table in (string[])["headcounts", "headcount-pools", "loan", "income-distribution"])
        {
            string[] csv = [.. Rows(table).Select(row => string.Join('|', row.Values))];
            DataWorld.ReadNdjson(_files[$"data/{table}.ndjson"]()).Select(row => string.Join('|', row.Select(cell => Text(cell.Value)))).ShouldBe(csv);
        }

        _cells.Select(cell => cell.Value).Concat(Rows("headcounts").Concat(Rows("headcount-pools")).Where(row => row["count"].Length > 0).Select(row => (long?)Number(row["count"])))
            .ShouldAllBe(value => value == null || value == 0 || value >= 10);
    }

    private void TellCells(Attacker attacker)
    {
        foreach (Cell cell in _cells)
        {
            if (cell.Value is { } value)
            {
                attacker.Saw(cell.Id, value);
            }
            else if (cell.IsSmall)
            {
                attacker.SawSmall(cell.Id);
            }
        }
    }

    private IEnumerable<Cell> In(Dictionary<string, string> total) => _cells.Where(cell =>
        cell.Measure == total["measure"] && cell.Year == total["year"] && Id.Parse<RegionCode>(total["region"]).Covers(cell.Place));

    private static string[] Members(Dictionary<string, string> pool) =>
        [.. JsonNode.Parse(pool["entries"])!.AsArray().Select(id => $"{id!.GetValue<string>()}:{pool["measure"]}")];

    // A row stands under the id of the entry that first said so; what it says now is told by the entry after the last correction.
    private static string NowOf(Dictionary<string, string> row) =>
        row["amendedBy"].Length == 0 ? row["entry"] : History.ReplacementOf(Id.Parse<EntryId>(row["amendedBy"])).Value;

    private List<Dictionary<string, string>> Rows(string table)
    {
        if (!_tables.TryGetValue(table, out List<Dictionary<string, string>>? rows))
        {
            _tables.Add(table, rows = DataWorld.ReadCsv(_files[$"data/{table}.csv"]()));
        }

        return rows;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(JsonNode? value) => value is JsonArray list ? list.ToJsonString(JsonRows.Options) : value?.ToString() ?? "";

    private sealed record Cell(string Id, RegionCode Place, string Measure, string Year, long? Value, bool IsSmall);
}

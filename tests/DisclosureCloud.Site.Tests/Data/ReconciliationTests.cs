using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Data;

public sealed class ReconciliationTests
{
    private const long AllFen = 6_572_800_000;

    private static readonly Dictionary<string, byte[]> Files = DataWorld.Render(DataWorld.Sample);

    [Theory]
    [InlineData("notices", 7)]
    [InlineData("funds", 7)]
    [InlineData("projects", 32)]
    [InlineData("allocations", 38)]
    [InlineData("disbursements", 0)]
    public void Table_OfTheSevenNotices_HasItsRows(string table, int count)
    {
        DataWorld.ReadCsv(Files[$"data/{table}.csv"]).Count.ShouldBe(count);
        DataWorld.ReadNdjson(Files[$"data/{table}.ndjson"]).Count.ShouldBe(count);
    }

    [Fact]
    public void Entries_OfTheSevenNotices_AreAllOfThemInOrder() => DataWorld.ReadCsv(Files["data/entries.csv"])
        .Select(row => row["entry"]).ShouldBe(SampleWorld.Entries.Select(entry => entry.Id.Value));

    [Theory]
    [InlineData("appropriations")]
    [InlineData("allocations")]
    [InlineData("notices")]
    public void Amounts_OfTheSevenNotices_AddUpToTheFen(string table)
    {
        DataWorld.Sum(DataWorld.ReadCsv(Files[$"data/{table}.csv"]), "amountFen").ShouldBe(AllFen);
        DataWorld.ReadNdjson(Files[$"data/{table}.ndjson"]).Sum(row => row["amountFen"]!.GetValue<long>()).ShouldBe(AllFen);
    }

    [Fact]
    public void Allocations_OfTheSevenNotices_HaveTheirRecipients()
    {
        List<Dictionary<string, string>> rows = DataWorld.ReadCsv(Files["data/allocations.csv"]);
        rows.Count(row => row["recipient"] == "lower-government").ShouldBe(6);
        rows.Count(row => row["recipient"] == "programme").ShouldBe(
            SampleWorld.Entries.Count(entry => entry.Fact is Project { Type: ProjectType.Programme }));
        rows.Where(row => row["recipient"] == "lower-government")
            .ShouldAllBe(row => row["fund"] == "haidong-2018" && row["project"] == "");
    }

    [Fact]
    public void Rows_OfEachFund_AddUpToItsBooks()
    {
        IReadOnlyDictionary<FundId, FundBooks> books = FundBooks.Fold(SampleWorld.Entries);
        foreach ((FundId fund, FundBooks book) in books)
        {
            JsonObject file = DataWorld.ReadJson(Files[$"data/funds/{fund}.json"]);
            Sum(file, "appropriations", "amountFen").ShouldBe(book.Appropriated.Fen);
            Sum(file, "allocations", "amountFen").ShouldBe(book.Allocated.Fen + book.PassedDown.Fen);
            file["totals"]!["freeFen"]!.GetValue<long>().ShouldBe(book.Free.Fen);
            Dictionary<string, string> row = DataWorld.ReadCsv(Files["data/funds.csv"]).Single(row => row["fund"] == fund.Value);
            row["allocatedFen"].ShouldBe($"{book.Allocated.Fen}");
            row["passedDownFen"].ShouldBe($"{book.PassedDown.Fen}");
            DataWorld.Sum(DataWorld.ReadCsv(Files[$"data/funds/{fund}.csv"]), "amountFen")
                .ShouldBe(book.Appropriated.Fen + book.Allocated.Fen + book.PassedDown.Fen);
        }
    }

    [Fact]
    public void RegionNames_OfTheSevenNotices_StandBesideEveryCode()
    {
        foreach (DataTable table in DataTables.All)
        {
            DataWorld.ReadCsv(Files[table.CsvPath]).ShouldAllBe(row => row["region"] != "" && row["regionName"] != "");
        }
    }

    [Fact]
    public void Provinces_Together_HoldEachFenOnce() => Files
        .Where(file => file.Key.StartsWith("data/regions/", StringComparison.Ordinal))
        .Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal))
        .Select(file => DataWorld.ReadJson(file.Value))
        .Where(region => region["parent"] is null)
        .Sum(region => region["totals"]!["appropriatedFen"]!.GetValue<long>())
        .ShouldBe(AllFen);

    private static long Sum(JsonObject file, string table, string column) =>
        file[table]!.AsArray().Sum(row => row![column]!.GetValue<long>());
}

using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site.Tests.Data;

public sealed class RoundTripTests
{
    private static readonly string[] Pieces =
    [
        "\"", "\"\"", ",", "'", "=cmd", "=", "+", "-", "@", "＝", "－", " ", "\u00a0", "\u3000", "\\", "\\u0022", "<script>", "&amp;",
        "\u202e", "\u200f", "\u2066", "\ufeff", "\u2028", "العربية", "שלום", "🙂", "👩‍👩‍👧", "é", "e\u0301",
        "村", "\U00020bb7", "{", "]", "null", "0", "1e5",
        ";", "|", "%", "\t", "\r", "\n", "\r\n", "\u007f", "İ", "ı",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20_181_101)]
    public void Files_OfHostileWords_SayTheSameAsTheFacts(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 60; round++)
        {
            Entry[] entries = DataWorld.Entries(() => Hostile(random), disbursed: new Money(random.Next(0, 700)));
            Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(entries));
            foreach (DataTable table in DataTables.All)
            {
                CheckTable(table, files[table.CsvPath], files[table.NdjsonPath], $"seed {seed}, round {round}");
            }

            CheckFacts(entries, files, $"seed {seed}, round {round}");
        }
    }

    // No kind is forgotten: its table as its record has it is checked too where the site has one made by hand.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20_181_101)]
    public void Table_OfEveryKindWithHostileWords_SaysTheSameInBothFiles(int seed)
    {
        var random = new Random(seed);
        var index = new SnapshotIndex(DataWorld.Entries(() => Hostile(random)));
        foreach (KindSchema kind in KindSchema.All)
        {
            DataTable table = KindTable.Of(kind);
            Entry[] entries = [.. Enumerable.Range(1, 20).Select(number => DataWorld.EntryOf(AnyFact.Of(kind, () => Hostile(random)), number))];
            CheckTable(
                table,
                CsvFile.Write(table.Columns, table.Rows(entries, index)),
                JsonRows.WriteNdjson(table.Columns, table.Rows(entries, index)),
                $"seed {seed}, {kind.Name}");
        }
    }

    private static void CheckTable(DataTable table, byte[] csvFile, byte[] ndjsonFile, string where)
    {
        List<Dictionary<string, string>> csv = DataWorld.ReadCsv(csvFile);
        List<JsonObject> ndjson = DataWorld.ReadNdjson(ndjsonFile);
        csv.Count.ShouldBe(ndjson.Count, where);
        foreach ((Dictionary<string, string> cells, JsonObject values) in csv.Zip(ndjson))
        {
            values.Select(value => value.Key).ShouldBe(table.Columns.Select(column => column.Name), where);
            foreach (Column column in table.Columns)
            {
                Plain(column, cells[column.Name]).ShouldBe(values[column.Name]?.ToJsonString(), $"{where}, {table.Name}.{column.Name}");
            }
        }
    }

    // The cell as a reader of the data package would take it, in the form of its JSON value.
    private static string? Plain(Column column, string cell) => (cell, column.Type) switch
    {
        ("", _) => null,
        (_, ColumnType.Integer or ColumnType.Number) => cell,
        (_, ColumnType.Array) => JsonNode.Parse(cell)!.ToJsonString(),
        (_, ColumnType.String) => JsonValue.Create(FormulaGuard.Unguard(cell)).ToJsonString(),
        _ => JsonValue.Create(cell).ToJsonString(),
    };

    private static void CheckFacts(Entry[] entries, Dictionary<string, byte[]> files, string where)
    {
        Project project = entries.Select(entry => entry.Fact).OfType<Project>().Single();
        JsonObject row = DataWorld.ReadNdjson(files["data/projects.ndjson"]).Single();
        row["name"]!.ToString().ShouldBe(project.Name.Value, where);
        row["content"]!.ToString().ShouldBe(project.Content!.Value, where);
        row["placeName"]!.ToString().ShouldBe(project.PlaceName!.Value, where);
        Disbursement paid = entries.Select(entry => entry.Fact).OfType<Disbursement>().Single();
        DataWorld.ReadNdjson(files["data/disbursements.ndjson"]).Single()["amountFen"]!.GetValue<long>().ShouldBe(paid.Amount.Fen, where);
        Notice notice = entries.Select(entry => entry.Fact).OfType<Notice>().Single();
        DataWorld.ReadNdjson(files["data/notices.ndjson"]).Single()["principles"]!.AsArray().Select(text => text!.ToString())
            .ShouldBe(notice.Principles.Select(text => text.Value!), where);
    }

    private static FreeText Hostile(Random random)
    {
        var text = new StringBuilder();
        do
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }
        while (random.Next(4) > 0 || string.IsNullOrWhiteSpace(text.ToString()));

        return FreeText.Of(text.ToString());
    }
}

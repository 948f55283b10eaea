using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Data;

public sealed class ThingFilesTests
{
    private static readonly Dictionary<string, byte[]> Files = DataWorld.Render(DataWorld.Sample);

    [Fact]
    public void Plan_OfTheSevenNotices_HasBothFilesOfEveryThing()
    {
        string[] things =
        [
            .. SampleWorld.Entries.Select(entry => entry.Fact).OfType<Fund>().Select(fund => $"data/funds/{fund.FundId}"),
            .. SampleWorld.Entries.Select(entry => entry.Fact).OfType<Project>().Select(project => $"data/projects/{project.ProjectId}"),
            .. SampleWorld.Entries.Select(entry => entry.Fact).OfType<Notice>().Select(notice => $"data/notices/{notice.NoticeId}"),
            .. RegionTree.Of(SampleWorld.Entries).All.Select(region => $"data/regions/{region.Code}"),
            $"data/departments/{SampleWorld.Department}",
        ];
        Files.Keys.Where(path => path.Count(c => c == '/') == 2 && !path.StartsWith("data/schemas/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(things.SelectMany(thing => new[] { $"{thing}.csv", $"{thing}.json" }).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Notice_ReadBack_GivesTheTableThatWasImported()
    {
        foreach (string name in SampleWorld.NoticeFiles)
        {
            JsonObject source = JsonNode.Parse(SampleWorld.NoticeBytes(name))!.AsObject();
            JsonObject file = DataWorld.ReadJson(Files[$"data/notices/{source["id"]}.json"]);
            Lines(file["allocations"]!, "row", "projectName", "placeName", "content", "responsibleUnit", "note", "recipient")
                .ShouldBe(Lines(source["allocations"]!, "no", "project", "place", "content", "responsibleUnit", "note", "recipient"));
            Lines(file["appropriations"]!, "level", "nature", "sourceName").ShouldBe(Lines(source["sources"]!, "level", "nature", "name"));
            file["notices"]![0]!["title"]!.ToString().ShouldBe(source["title"]!.ToString());
            file["notices"]![0]!["regionNames"]!.ToJsonString().ShouldBe(source["region"]!.ToJsonString());
        }
    }

    [Fact]
    public void Project_WithoutStatedPayment_HasNoPaidTotal()
    {
        JsonObject totals = DataWorld.ReadJson(Files["data/projects/beiguan-2018-p01.json"])["totals"]!.AsObject();
        totals["allocatedFen"]!.GetValue<long>().ShouldBe(20_000_000);
        totals.ContainsKey("disbursedFen").ShouldBeTrue();
        totals["disbursedFen"].ShouldBeNull();
    }

    [Fact]
    public void Village_InItsFile_HasItsProjectAndMovementAlone()
    {
        RegionCode village = SampleWorld.Entries.Select(entry => entry.Fact).OfType<Project>()
            .Single(project => project.ProjectId.Value == "beiguan-2018-p03").Place;
        Dictionary<string, string> row = DataWorld.ReadCsv(Files[$"data/regions/{village}.csv"]).ShouldHaveSingleItem();
        row["project"].ShouldBe("beiguan-2018-p03");
        row["amountFen"].ShouldBe("73500000");
        row["regionName"].ShouldBe("柏庄镇后林都村");
    }

    [Fact]
    public void Department_InItsFiles_HasAllThatItPosted()
    {
        DataWorld.ReadCsv(Files["data/departments/import.csv"]).Select(row => row["entry"]).ShouldBe(SampleWorld.Entries.Select(entry => entry.Id.Value));
        JsonObject file = DataWorld.ReadJson(Files["data/departments/import.json"]);
        file["department"]!.ToString().ShouldBe("import");
        file.Where(table => table.Value is JsonArray).Sum(table => table.Value!.AsArray().Count).ShouldBe(SampleWorld.Entries.Length);
    }

    [Fact]
    public void PassDown_InTheTables_CountsAtThePlaceThatItGoesTo()
    {
        PassDown[] sent = [.. SampleWorld.Entries.Select(entry => entry.Fact).OfType<PassDown>()];
        sent.Length.ShouldBe(6);
        foreach (PassDown one in sent)
        {
            Dictionary<string, string> row = DataWorld.ReadCsv(Files[$"data/regions/{one.Place}.csv"]).ShouldHaveSingleItem();
            row["regionName"].ShouldBe(one.PlaceName.Value);
            row["amountFen"].ShouldBe($"{one.Amount.Fen}");
        }
    }

    // What the notice leaves out and what its file has as null are the same; where it names no recipient, it is a project.
    private static string[] Lines(JsonNode rows, params string[] names) =>
    [
        .. rows.AsArray().Select(row => string.Join(" | ", names.Select(name =>
            row![name]?.ToString() ?? (name == "recipient" ? "project" : "–")))),
    ];
}

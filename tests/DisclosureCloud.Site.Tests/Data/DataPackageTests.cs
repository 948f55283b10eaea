using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site.Tests.Data;

public sealed class DataPackageTests
{
    private static readonly Dictionary<string, byte[]> Files = DataWorld.Render(DataWorld.Sample);
    private static readonly JsonObject Package = DataWorld.ReadJson(Files["data/datapackage.json"]);

    [Fact]
    public void Package_OfTheSite_ListsEveryTableFile()
    {
        Package["profile"]!.ToString().ShouldBe("tabular-data-package");
        Resources().SelectMany(resource => new[] { resource["path"]!.ToString(), resource["ndjson"]!["path"]!.ToString() })
            .Select(path => $"data/{path}").Order(StringComparer.Ordinal)
            .ShouldBe(Files.Keys.Where(path => path.Count(c => c == '/') == 1 && !path.EndsWith("package.json", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Package_OfTheSite_ListsTheColumnsInOrder()
    {
        foreach (JsonNode resource in Resources())
        {
            string header = Encoding.UTF8.GetString(Files[$"data/{resource["path"]}"]).Split("\r\n")[0];
            string.Join(',', resource["schema"]!["fields"]!.AsArray().Select(field => field!["name"]!.ToString())).ShouldBe(header);
        }
    }

    [Fact]
    public void Package_OfTheSite_HasTheHashesAndLengthsOfItsFiles()
    {
        foreach (JsonNode file in Resources().SelectMany(resource => new[] { resource, resource["ndjson"]! }))
        {
            byte[] bytes = Files[$"data/{file["path"]}"];
            file["hash"]!.ToString().ShouldBe($"sha256:{Sha256Hex.Of(bytes)}");
            file["bytes"]!.GetValue<int>().ShouldBe(bytes.Length);
        }
    }

    [Fact]
    public void Package_RenderedFirst_IsTheSame() =>
        DataFiles.Plan(DataWorld.Sample).Single(file => file.Path == DataPackage.Path).Render().ShouldBe(Files[DataPackage.Path]);

    [Fact]
    public void Rows_OfTheSite_KeepToTheSchema()
    {
        foreach (JsonNode resource in Resources())
        {
            List<Dictionary<string, string>> rows = DataWorld.ReadCsv(Files[$"data/{resource["path"]}"]);
            string key = resource["schema"]!["primaryKey"]!.ToString();
            rows.Select(row => row[key]).Distinct(StringComparer.Ordinal).Count().ShouldBe(rows.Count);
            foreach (JsonNode? field in resource["schema"]!["fields"]!.AsArray())
            {
                rows.ShouldAllBe(row => Keeps(field!, row[field!["name"]!.ToString()]), $"{resource["name"]}.{field!["name"]}");
            }
        }
    }

    [Fact]
    public void Csv_OfATable_IsUtf8WithoutMarkAndEndsEachRowInCrLf()
    {
        byte[] bytes = Files["data/allocations.csv"];
        bytes[0].ShouldBe((byte)'e');
        string text = Encoding.UTF8.GetString(bytes);
        text.Count(c => c == '\n').ShouldBe(39);
        text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n");
        text.ShouldEndWith("\r\n");
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("zh-CN")]
    [InlineData("de-DE")]
    public void Files_UnderAnyCulture_HaveTheSameBytes(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
            Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Sample);
            files.Keys.ShouldBe(Files.Keys);
            files.Where(file => !file.Value.AsSpan().SequenceEqual(Files[file.Key])).Select(file => file.Key).ShouldBeEmpty();
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Files_RenderedInParallel_HaveTheSameBytes()
    {
        IReadOnlyList<SiteFile> plan = DataFiles.Plan(DataWorld.Sample);
        Parallel.ForEach(plan.Concat(plan).Reverse(), file =>
        {
            file.Stage.ShouldBe(SiteStage.Data);
            file.Render().AsSpan().SequenceEqual(Files[file.Path]).ShouldBeTrue(file.Path);
        });
    }

    private static IEnumerable<JsonNode> Resources() => Package["resources"]!.AsArray().Select(resource => resource!);

    private static bool Keeps(JsonNode field, string cell)
    {
        JsonNode? constraints = field["constraints"];
        if (cell == "")
        {
            return constraints?["required"] is null;
        }

        bool known = constraints?["enum"]?.AsArray().Any(code => code!.ToString() == cell) ?? true;
        return known && field["type"]!.ToString() switch
        {
            "integer" => long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "date" => DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "datetime" => DateTime.TryParseExact(
                cell, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out _),
            "array" => JsonNode.Parse(cell) is JsonArray,
            _ => true,
        };
    }
}

using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsvHelper;
using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>Reads what is published as anybody would: tables, files of single things, pages.</summary>
internal sealed class PublishedFigures(RunningApp app)
{
    /// <summary>The rows of a table by the names of its columns, once from each of its two files, which must say the same.</summary>
    public async Task<IReadOnlyList<Dictionary<string, string>>> TableAsync(string name)
    {
        IReadOnlyList<Dictionary<string, string>> csv = Csv((await app.GetAsync($"/data/{name}.csv")).ShouldBe(200).Text);
        IReadOnlyList<Dictionary<string, string>> ndjson = Ndjson((await app.GetAsync($"/data/{name}.ndjson")).ShouldBe(200).Text);
        ndjson.Count.ShouldBe(csv.Count);
        foreach ((Dictionary<string, string> one, Dictionary<string, string> other) in csv.Zip(ndjson))
        {
            foreach (string column in one.Keys.Where(column => column.EndsWith("Fen", StringComparison.Ordinal)))
            {
                other[column].ShouldBe(one[column], $"{name} {column}");
            }
        }

        return csv;
    }

    /// <summary>The totals at the head of the file of one thing, by name; what is not stated is left out.</summary>
    public async Task<Dictionary<string, long>> TotalsAsync(string folder, string id)
    {
        JsonElement totals = (await app.GetAsync($"/data/{folder}/{id}.json")).ShouldBe(200).Json.GetProperty("totals");
        return totals.EnumerateObject().Where(total => total.Value.ValueKind == JsonValueKind.Number)
            .ToDictionary(total => total.Name, total => total.Value.GetInt64(), StringComparer.Ordinal);
    }

    /// <summary>Every figure of a page, in fen, in either language the same.</summary>
    public async Task<HashSet<long>> PageAsync(string path)
    {
        HashSet<long> figures = await FiguresAsync($"/{path}");
        (await FiguresAsync($"/en/{path}")).ShouldBe(figures, ignoreOrder: true, path);
        return figures;
    }

    private async Task<HashSet<long>> FiguresAsync(string path)
    {
        using IDocument page = new HtmlParser().ParseDocument((await app.GetAsync(path)).ShouldBe(200).Text);
        return [.. page.QuerySelectorAll("data[value]").Select(figure => long.Parse(figure.GetAttribute("value")!, CultureInfo.InvariantCulture))];
    }

    private static List<Dictionary<string, string>> Csv(string text)
    {
        using var reader = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        var rows = new List<Dictionary<string, string>>();
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
        {
            rows.Add(reader.HeaderRecord!.ToDictionary(column => column, column => reader.GetField(column) ?? "", StringComparer.Ordinal));
        }

        return rows;
    }

    private static List<Dictionary<string, string>> Ndjson(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).EnumerateObject().ToDictionary(
            cell => cell.Name, cell => cell.Value.ValueKind == JsonValueKind.Null ? "" : $"{cell.Value}", StringComparer.Ordinal)),
    ];
}

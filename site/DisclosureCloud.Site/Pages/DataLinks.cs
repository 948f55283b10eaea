using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site;

/// <summary>The addresses of the data behind a page.</summary>
internal static class DataLinks
{
    /// <summary>What every column of every table means.</summary>
    public static DataLink Package { get; } = new("/data/datapackage.json", "datapackage.json");

    /// <summary>Whole tables, and the file that says what their columns mean.</summary>
    public static IReadOnlyList<DataLink> Tables(Texts texts, params string[] tables) =>
    [
        .. tables.SelectMany(table => (DataLink[])
        [
            new($"/data/{table}.csv", $"{texts.Table(table)} · CSV"), new($"/data/{table}.ndjson", $"{texts.Table(table)} · NDJSON"),
        ]),
        Package,
    ];

    /// <summary>The files of one table.</summary>
    public static IReadOnlyList<DataLink> Of(Language language, DataTable table) =>
    [
        new($"/{table.CsvPath}", $"{language.Of(table.Chinese, table.English)} · CSV"), new($"/{table.NdjsonPath}", $"{language.Of(table.Chinese, table.English)} · NDJSON"),
    ];

    /// <summary>The data of one thing.</summary>
    /// <param name="folder">Such as <c>funds</c>.</param>
    public static IReadOnlyList<DataLink> Of(string folder, string id) => [new($"/data/{folder}/{id}.csv", "CSV"), new($"/data/{folder}/{id}.json", "JSON")];
}

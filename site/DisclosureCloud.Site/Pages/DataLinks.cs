namespace DisclosureCloud.Site;

/// <summary>The addresses of the data behind a page.</summary>
internal static class DataLinks
{
    /// <summary>Whole tables, and the file that says what their columns mean.</summary>
    public static IReadOnlyList<DataLink> Tables(Texts texts, params string[] tables) =>
    [
        .. tables.SelectMany(table => (DataLink[])
        [
            new($"/data/{table}.csv", $"{texts.Table(table)} · CSV"), new($"/data/{table}.ndjson", $"{texts.Table(table)} · NDJSON"),
        ]),
        new("/data/datapackage.json", "datapackage.json"),
    ];

    /// <summary>The data of one thing.</summary>
    /// <param name="folder">Such as <c>funds</c>.</param>
    public static IReadOnlyList<DataLink> Of(string folder, string id) => [new($"/data/{folder}/{id}.csv", "CSV"), new($"/data/{folder}/{id}.json", "JSON")];
}

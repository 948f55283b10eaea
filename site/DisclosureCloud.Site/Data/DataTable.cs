using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>A table of the public data: its words, its columns, and which entries are its rows.</summary>
/// <remarks>CSV, NDJSON, the data package, the dictionary and the data of single things all come from this one definition.</remarks>
/// <param name="Name">As its files are called.</param>
/// <param name="Chinese">Its title in Chinese.</param>
/// <param name="English">Its title in English.</param>
/// <param name="Key">The column that names a row.</param>
/// <param name="Columns">In the order of the files.</param>
/// <param name="Kinds">The kinds whose entries are its rows.</param>
internal sealed record DataTable(
    string Name, string Chinese, string English, string Key, ImmutableArray<Column> Columns, ImmutableArray<KindSchema> Kinds)
{
    public string CsvPath => $"data/{Name}.csv";

    public string NdjsonPath => $"data/{Name}.ndjson";

    /// <summary>The rows among the entries, in their order, each made when it is asked for.</summary>
    public IEnumerable<Row> Rows(IEnumerable<Entry> entries, SnapshotIndex index) =>
        entries.Where(entry => Kinds.Contains(KindSchema.Of(entry.Fact))).Select(entry => new Row(entry, index));
}

using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Suppression;

namespace DisclosureCloud.Site.Data;

/// <summary>Plans every file below <c>data/</c> but the manifest, which needs the hashes of the whole site.</summary>
public static class DataFiles
{
    public static IReadOnlyList<SiteFile> Plan(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Entry[] entries = [.. snapshot.Entries.Where(entry => entry.Fact is not IOfProgram)];
        var index = new SnapshotIndex(entries);

        // One table has every entry as it was recorded; in the others an entry stands as it is now.
        Entry[] now = [.. index.History.Live, .. entries.Where(entry => entry.Fact is IAmendment)];
        ILookup<KindSchema, Entry> byKind = now.ToLookup(entry => KindSchema.Of(entry.Fact));
        TableFiles[] tables =
        [
            .. DataTables.All.Select(table => TableFiles.Of(table, table == DataTables.Entries ? entries : table.Kinds is [var only] ? [.. byKind[only]] : now, index)),
            .. HeadcountTables.Files(snapshot.Shown, index),
        ];
        return
        [
            .. tables.SelectMany(table => table.Files),
            .. new ThingFiles(entries, now, index).Files,
            .. OpeningFiles.Plan(snapshot),
            .. LeafFiles.Plan(snapshot),
            .. SchemaFiles.All,
            new SiteFile(DataPackage.Path, SiteStage.Data, () => DataPackage.Write(tables.Select(table => table.Digests))),
        ];
    }
}

/// <summary>The two files of one table.</summary>
internal sealed class TableFiles(DataTable table, Func<byte[]> csv, Func<byte[]> ndjson)
{
    private readonly DigestedFile _csv = new(csv);
    private readonly DigestedFile _ndjson = new(ndjson);

    /// <summary>Those of a table whose rows are entries.</summary>
    public static TableFiles Of(DataTable table, IReadOnlyCollection<Entry> entries, SnapshotIndex index) => new(
        table,
        () => CsvFile.Write(table.Columns, table.Rows(entries, index)),
        () => JsonRows.WriteNdjson(table.Columns, table.Rows(entries, index)));

    public IEnumerable<SiteFile> Files =>
    [
        new(table.CsvPath, SiteStage.Data, _csv.Render),
        new(table.NdjsonPath, SiteStage.Data, _ndjson.Render),
    ];

    public (DataTable Table, FileDigest Csv, FileDigest Ndjson) Digests => (table, _csv.Digest, _ndjson.Digest);
}

/// <summary>A file whose hash another file needs: rendered again only where nobody has rendered it yet, and its bytes not kept.</summary>
internal sealed class DigestedFile(Func<byte[]> render)
{
    private FileDigest? _digest; // Whichever thread sets it sets the same: rendering is pure.

    public FileDigest Digest => Volatile.Read(ref _digest) ?? FileDigest.Of(Render());

    public byte[] Render()
    {
        byte[] bytes = render();
        Volatile.Write(ref _digest, FileDigest.Of(bytes));
        return bytes;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site.Suppression;

/// <summary>A table whose rows are no entries: its words, and how each cell comes from a row.</summary>
internal sealed record FigureTable<TRow>(DataTable Words, ImmutableArray<Func<TRow, DataCell>> Cells)
{
    public TableFiles Files(IEnumerable<TRow> rows) => new(
        Words,
        () => CsvFile.Write(Words.Columns.Select(column => column.Name), rows.Select(row => Cells.Select(cell => cell(row)))),
        () => JsonRows.WriteNdjson(rows, (json, row) => JsonRows.WriteRow(json, Words.Columns.Zip(Cells, (column, cell) => (column.Name, cell(row))))));
}

/// <summary>The totals of households and persons as data, and what was put together of counts under ten: with the entries, all that the totals are made of.</summary>
internal static class HeadcountTables
{
    private const string MovedUp = "moved-up";

    public static FigureTable<HeadcountTotal> Totals { get; } = Of<HeadcountTotal>(
        "headcounts",
        "受益户数和人数",
        "Households and persons that benefit",
        "total",
        [
            (Column("total", ColumnType.String, "合计编号:地区/年度/计数内容", "The total's id: place, year, what is counted", required: true), one => DataCell.Of(IdOf(one.Region, one.Year, one.Measure))),
            (Column("region", ColumnType.String, "地区代码", "The place, with all below it", required: true), one => DataCell.Of(one.Region.Value)),
            (Column("regionName", ColumnType.String, "地区名称", "The name of that place"), one => DataCell.Of(one.RegionName)),
            .. YearAndMeasure<HeadcountTotal>(one => one.Year, one => one.Measure),
            (Column("count", ColumnType.Integer, "户次或人次;发放两次算两次;不能公布的不在内", "Households or persons; paid twice is counted twice. What cannot be told is not in it"),
                one => one.IsNotShown ? DataCell.Missing : DataCell.Of(one.Count)),
            (Column("countSuppressed", ColumnType.String, "不列数字的原因:已并入上级地区(moved-up),或还不能公布(not-shown)",
                "Why no number is given: it is in that of a place above (moved-up), or cannot be told yet (not-shown)") with { Codes = [MovedUp, SmallCount.NotShown] },
                one => !one.IsNotShown ? DataCell.Missing : DataCell.Of(one.MovedUp == one.LeftOut ? MovedUp : SmallCount.NotShown)),
            (Column("entries", ColumnType.Integer, "计入的记录数", "How many entries are in the count", required: true), one => DataCell.Of(one.Entries)),
            (Column("pooled", ColumnType.Integer, "其中:由不足10的数合并而来", "Of the count: put together of counts under ten", required: true), one => DataCell.Of(one.Pooled)),
            (Column("leftOut", ColumnType.Integer, "未计入的记录数:其数不足10或已隐去", "How many entries are not in it: their count is under ten, or withheld", required: true), one => DataCell.Of(one.LeftOut)),
            (Column("movedUp", ColumnType.Integer, "其中:已计入上级地区的记录数", "Of these: entries that are in the count of a place above", required: true), one => DataCell.Of(one.MovedUp)),
        ]);

    public static FigureTable<Pool> Pools { get; } = Of<Pool>(
        "headcount-pools",
        "不足10的数的合并",
        "Counts under ten, put together",
        "pool",
        [
            (Column("pool", ColumnType.String, "合并编号:其最后一条记录和计数内容", "The id: the last of its entries, and what is counted", required: true),
                one => DataCell.Of($"{one.Entries[^1].Value}/{Code.Text(one.Measure)}")),
            (Column("region", ColumnType.String, "同时含有这些记录的最低一级地区", "The lowest place that holds these entries", required: true), one => DataCell.Of(one.Place.Value)),
            .. YearAndMeasure<Pool>(one => one.Year, one => one.Measure),
            (Column("count", ColumnType.Integer, "合并后的数;会让其中某数变得更窄的,永不公布", "What they come to; never told where that would narrow one of them down"), one => DataCell.Of(one.Sum)),
            (Column("entries", ColumnType.Array, "所合并的记录", "The entries that are put together", required: true), one => DataCell.Of(new JsonArray([.. one.Entries.Select(id => JsonValue.Create(id.Value))]))),
        ]);

    public static ImmutableArray<DataTable> All { get; } = [Totals.Words, Pools.Words];

    public static IEnumerable<TableFiles> Files(PublicView view, SnapshotIndex index) =>
        [Totals.Files(new HeadcountTotals(index.History, index.Regions, view.Pools).All), Pools.Files(view.Pools)];

    private static (Column, Func<TRow, DataCell>)[] YearAndMeasure<TRow>(Func<TRow, int> year, Func<TRow, Measure> measure) =>
    [
        (Column("year", ColumnType.Integer, "年度:发生的年份,公示为预算年度", "The year in which it happened; of a notice, its budget year", required: true), row => DataCell.Of(year(row))),
        (Column("measure", ColumnType.String, "计数内容:到户补助户次、人次,借款户次,收益分配户次,公示所载户数、人数",
            "What is counted: households and persons of transfers, households of loans and of distributed income, households and persons as notices state them", required: true) with { Codes = [.. Code.Texts(typeof(Measure))] },
            row => DataCell.Of(measure(row))),
    ];

    private static string IdOf(RegionCode region, int year, Measure measure) => string.Create(CultureInfo.InvariantCulture, $"{region.Value}/{year}/{Code.Text(measure)}");

    // No entry is a row of such a table: a cell comes from what stands beside the column.
    private static Column Column(string name, ColumnType type, string chinese, string english, bool required = false) =>
        new(name, type, chinese, english, required, static _ => DataCell.Missing);

    private static FigureTable<TRow> Of<TRow>(string name, string chinese, string english, string key, (Column Column, Func<TRow, DataCell> Cell)[] columns) =>
        new(new DataTable(name, chinese, english, key, [.. columns.Select(one => one.Column)], []), [.. columns.Select(one => one.Cell)]);
}

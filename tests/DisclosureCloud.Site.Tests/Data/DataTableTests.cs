using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site.Tests.Data;

public sealed class DataTableTests
{
    private static readonly SnapshotIndex Index = new(DataWorld.Sample.Entries);

    [Fact]
    public void Columns_OfEveryTable_HaveNamesOfTheirOwnAndWordsInBothLanguages()
    {
        foreach (DataTable table in DataTables.All)
        {
            table.Columns.Select(column => column.Name).ShouldBeUnique(StringComparer.Ordinal);
            table.Columns.ShouldContain(column => column.Name == table.Key);
            table.Columns.ShouldAllBe(column => column.Chinese.Length > 0 && column.English.Length > 0);
        }
    }

    [Fact]
    public void Column_NamedInSeveralTables_HasOneType() => DataTables.All.SelectMany(table => table.Columns)
        .GroupBy(column => column.Name, StringComparer.Ordinal)
        .Where(columns => columns.Select(column => column.Type).Distinct().Count() > 1)
        .Select(columns => columns.Key)
        .ShouldBeEmpty();

    [Fact]
    public void Fields_ThatAreMoney_AreWholeFenInEveryTable()
    {
        string[] money =
        [
            .. KindSchema.All.SelectMany(kind => kind.Fields).Where(field => field.ValueType == typeof(Money)).Select(field => field.Name),
        ];
        Column[] columns = [.. DataTables.All.SelectMany(table => table.Columns)];
        columns.ShouldAllBe(column => !money.Contains(column.Name, StringComparer.Ordinal));
        columns.Where(column => column.Name.EndsWith("Fen", StringComparison.Ordinal))
            .ShouldAllBe(column => column.Type == ColumnType.Integer);
    }

    [Fact]
    public void Column_GivenAnotherType_Throws()
    {
        Column wrong = Common.Optional("x", "甲", "x", _ => DataCell.Of("1"), ColumnType.Integer);
        Should.Throw<InvalidOperationException>(() => wrong.Of(First())).Message.ShouldContain("Column x, Integer, cannot hold String");
    }

    [Fact]
    public void Column_RequiredAndMissing_Throws()
    {
        Should.Throw<InvalidOperationException>(() => Common.Required("x", "甲", "x", _ => DataCell.Missing).Of(First()));
        Common.Optional("x", "甲", "x", _ => DataCell.Missing).Of(First()).IsMissing.ShouldBeTrue();
    }

    private static Row First() => new(DataWorld.Sample.Entries[0], Index);
}

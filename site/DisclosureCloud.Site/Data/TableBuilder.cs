using System.Collections.Immutable;
using System.Reflection;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Defines a table column by column, in the order of its files.</summary>
/// <remarks>
/// A column that is a field of the kind takes its words from there, so that the dictionary of the data and the schema of postings
/// cannot say two things about one field.
/// </remarks>
/// <typeparam name="TFact">The kind whose entries are the rows, or <see cref="Fact"/> where several kinds are.</typeparam>
internal sealed class TableBuilder<TFact>(string name, string chinese, string english, string key, params ReadOnlySpan<Type> kinds)
    where TFact : Fact
{
    private readonly ImmutableArray<Type> _kinds = kinds.IsEmpty ? [typeof(TFact)] : [.. kinds];
    private readonly ImmutableArray<Column>.Builder _columns = ImmutableArray.CreateBuilder<Column>();

    /// <summary>Columns that several tables have.</summary>
    public TableBuilder<TFact> Shared(params ReadOnlySpan<Column> columns)
    {
        _columns.AddRange(columns);
        return this;
    }

    public TableBuilder<TFact> Text(string column, Func<TFact, string?> value, bool required = false) =>
        Field(column, ColumnType.String, fact => DataCell.Of(value(fact)), required);

    public TableBuilder<TFact> Text(string column, Func<TFact, FreeText?> value) =>
        Field(column, ColumnType.String, fact => DataCell.Of(value(fact)), required: false);

    public TableBuilder<TFact> Texts(string column, Func<TFact, ImmutableArray<FreeText>> value) =>
        Field(column, ColumnType.Array, fact => DataCell.Of(value(fact)), required: false);

    public TableBuilder<TFact> Code<TCode>(string column, Func<TFact, TCode?> value, bool required = false)
        where TCode : struct, Enum
    {
        Field(column, ColumnType.String, fact => DataCell.Of(value(fact)), required);
        _columns[^1] = _columns[^1] with { Codes = [.. Ledger.Code.Texts(typeof(TCode))] };
        return this;
    }

    public TableBuilder<TFact> Number(string column, Func<TFact, int?> value, bool required = false) =>
        Field(column, ColumnType.Integer, fact => DataCell.Of(value(fact)), required);

    public TableBuilder<TFact> Date(string column, Func<TFact, DateOnly?> value) =>
        Field(column, ColumnType.Date, fact => DataCell.Of(value(fact)), required: false);

    /// <summary>An amount in fen; the column's name is the field's and <c>Fen</c>.</summary>
    public TableBuilder<TFact> Money(string field, Func<TFact, Money?> value) =>
        Field(field, ColumnType.Integer, fact => DataCell.Of(value(fact)), required: false, column: field + "Fen");

    /// <summary>A count of persons or households, and beside it a word where it is too small to be given.</summary>
    public TableBuilder<TFact> Count(string field, Func<TFact, Headcount?> value)
    {
        Field(field, ColumnType.Integer, fact => DataCell.Of(value(fact)?.Value), required: false);
        Column count = _columns[^1];
        _columns.Add(SmallCount.Column(field, count.Chinese, count.English, row => value((TFact)row.Entry.Fact)));
        return this;
    }

    /// <summary>The fields of a kind for which the table has no column yet, so that a new field is public data without a line there.</summary>
    /// <param name="told">Fields whose value stands in a column of another name.</param>
    public TableBuilder<TFact> Others<TKind>(params ReadOnlySpan<string> told)
        where TKind : TFact
    {
        KindSchema kind = KindParts.Public.Single(one => one.Name == typeof(TKind).GetCustomAttribute<KindAttribute>()!.Name);
        foreach (FieldSchema field in kind.Fields)
        {
            if (told.Contains(field.Name) || _columns.Any(column => column.Name == field.LeafName))
            {
                continue;
            }

            _columns.AddRange(FieldColumns.Of(kind, field).Select(column => column with
            {
                Required = column.Required && _kinds.Length == 1,
                Value = row => row.Fact is TKind ? column.Of(row) : DataCell.Missing,
            }));
        }

        return this;
    }

    public DataTable Build() => new(
        name,
        chinese,
        english,
        key,
        _columns.ToImmutable(),
        [.. KindParts.Public.Where(kind => _kinds.Any(type => type.IsAbstract || type.GetCustomAttribute<KindAttribute>()!.Name == kind.Name))]);

    /// <summary>A column whose value comes from beside the fact; its words are those of the project's field of that name.</summary>
    public TableBuilder<TFact> Joined(string field, ColumnType type, Func<Row, DataCell> value)
    {
        FieldAttribute words = Words(field, [.. _kinds, typeof(Project)]);
        bool isMoney = field is "totalInvestment" or "selfRaised" or "transferred";
        _columns.Add(new Column(isMoney ? field + "Fen" : field, type, words.Chinese, words.English, Required: false, value));
        return this;
    }

    private TableBuilder<TFact> Field(string field, ColumnType type, Func<TFact, DataCell> value, bool required, string? column = null)
    {
        FieldAttribute words = Words(field, _kinds);
        _columns.Add(new Column(
            column ?? field, type, words.Chinese, words.English, required, row => value((TFact)row.Entry.Fact)));
        return this;
    }

    private FieldAttribute Words(string field, ImmutableArray<Type> kinds)
    {
        foreach (ParameterInfo parameter in kinds.SelectMany(kind => kind.GetConstructors()[0].GetParameters()))
        {
            FieldAttribute? words = parameter.GetCustomAttribute<FieldAttribute>();
            string own = char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];
            if (words is not null && (words.Name == field || own == field))
            {
                return words;
            }
        }

        throw new ArgumentException($"No kind of table {name} has a field '{field}'.", nameof(field));
    }
}

using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>The columns of a field of any kind: its words and its type are the field's own.</summary>
internal static class FieldColumns
{
    /// <summary>One column; two for a count of persons; none for what is never published.</summary>
    public static IEnumerable<Column> Of(KindSchema kind, FieldSchema field)
    {
        if (field.ValueType == typeof(Fingerprint) || field.ValueType == typeof(EvidenceFile)) // What the leaf names, no table repeats.
        {
            yield break;
        }

        yield return new Column(
            NameOf(kind.Name, field.LeafName),
            field.IsArray || field.Group is not null ? ColumnType.Array : TypeOf(field.ValueType),
            field.Chinese,
            field.English,
            field is { IsRequired: true, IsForgettable: false, IsArray: false },
            row => Cell(field, row))
        {
            Codes = field.ValueType.IsEnum && !field.IsArray ? [.. Code.Texts(field.ValueType)] : [],
        };
        if (field.ValueType == typeof(Headcount) && !field.IsArray)
        {
            yield return SmallCount.Column(field.Name, field.Chinese, field.English, row => (Headcount?)field.Value(row.Fact));
        }
    }

    /// <summary>A field's column has the field's name, but for the one that would hide the row's own id.</summary>
    public static string NameOf(string kind, string field) => field == Common.Entry.Name ? $"{Camel(kind)}Entry" : field;

    /// <summary>The currency of the amounts that an entry states; empty where it states none.</summary>
    public static Column Currency(KindSchema kind)
    {
        FieldSchema[] money = [.. kind.Fields.Where(field => field.ValueType == typeof(Money) && !field.IsArray)];
        return Common.Optional("currency", "币种", "The currency of the amounts", row => DataCell.Of(
            money.Select(field => field.Value(row.Fact)).OfType<Money>().Select(amount => amount.Currency.Code).FirstOrDefault()));
    }

    private static ColumnType TypeOf(Type type) => type switch
    {
        _ when type == typeof(DateOnly) => ColumnType.Date,
        _ when type == typeof(Quantity) => ColumnType.Number,
        _ when type == typeof(bool) => ColumnType.Boolean,
        _ when type == typeof(FreeText) || type.IsEnum || Inner(type) is { } inner && inner.PropertyType == typeof(string) => ColumnType.String,
        _ when type == typeof(int) || type == typeof(long) || type == typeof(Money) || type == typeof(Headcount) || Inner(type) is not null => ColumnType.Integer,
        _ => throw new InvalidOperationException($"Say what a cell of type {type} holds: a field has it, and its kind would have no table."),
    };

    private static DataCell Cell(FieldSchema field, Row row) => field.Value(row.Fact) switch
    {
        null => DataCell.Missing,
        _ when field.IsArray || field.Group is not null => DataCell.Of(new JsonArray([.. field.Values(row.Fact).Select(one => Item(field, one))])),
        Quantity quantity => DataCell.Of(quantity),
        Headcount count => DataCell.Of(count.Value),
        DateOnly date => DataCell.Of(date),
        { } value => Plain(value) switch
        {
            bool truth => DataCell.Of(truth),
            long number => DataCell.Of(number),
            var text => DataCell.Of((string?)text),
        },
    };

    /// <summary>An item of a list, as JSON has it; a group of fields is an object.</summary>
    private static JsonNode? Item(FieldSchema field, object value) => field.Group is { } group
        ? new JsonObject(group.Fields.Select(part => KeyValuePair.Create(part.LeafName, Member(part, value))))
        : Plain(value) switch
    {
        Quantity quantity => JsonNode.Parse(quantity.ToString()),
        bool truth => truth,
        long number => number,
        var text => (string?)text,
    };

    private static JsonNode? Member(FieldSchema part, object group) => part.IsArray
        ? new JsonArray([.. part.Values(group).Select(one => Item(part, one))])
        : part.Value(group) is { } value ? Item(part, value) : null;

    /// <summary>What a value comes to: a text, a whole number, true or false; null where it was withheld.</summary>
    private static object? Plain(object value) => value switch
    {
        string text => text,
        Quantity quantity => quantity,
        FreeText text => text.Value,
        Headcount count => SmallCount.Word(count) is { } word ? word : (long?)count.Value,
        Money money => money.Fen,
        DateOnly date => SealedFact.DateText(date),
        Enum code => Code.Text(code),
        bool truth => truth,
        int number => (long)number,
        long number => number,
        _ => Inner(value.GetType())?.GetValue(value) is { } inner
            ? Plain(inner)
            : throw new InvalidOperationException($"Say what a cell of type {value.GetType()} holds."),
    };

    /// <summary>Ids, years, shares and the like are what their <c>Value</c> is.</summary>
    private static PropertyInfo? Inner(Type type) => type.IsValueType && type.GetProperty("Value") is { } value
        && (value.PropertyType == typeof(string) || value.PropertyType == typeof(int) || value.PropertyType == typeof(long))
            ? value
            : null;

    private static string Camel(string kind) => string.Concat(
        kind.Split('-').Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>What a column holds, as Frictionless Table Schema names it.</summary>
internal enum ColumnType
{
    String,
    Integer,

    /// <summary>A decimal number, in its shortest text.</summary>
    Number,
    Date,
    Datetime,
    Boolean,

    /// <summary>A list in its order: a JSON array, in CSV too.</summary>
    Array,
}

/// <summary>One value of a row. What is not stated, or was withheld, is <see cref="Missing"/>: never 0, never an empty text.</summary>
internal readonly struct DataCell
{
    private readonly object? _content;
    private readonly long _number;

    private DataCell(ColumnType type, object content, long number)
    {
        Type = type;
        _content = content;
        _number = number;
    }

    public static DataCell Missing => default;

    public ColumnType Type { get; }

    public bool IsMissing => _content is null;

    /// <summary>The value of a text, date or datetime.</summary>
    public string Text => (string)_content!;

    /// <summary>The items of a list.</summary>
    public JsonArray Items => (JsonArray)_content!;

    public long Number => _number;

    public bool IsTrue => _number != 0;

    public static DataCell Of(string? text) => text is null ? Missing : new DataCell(ColumnType.String, text, 0);

    public static DataCell Of(FreeText? text) => Of(text?.Value);

    public static DataCell Of(Enum? code) => code is null ? Missing : Of(Code.Text(code));

    public static DataCell Of(long? number) => number is { } value ? new DataCell(ColumnType.Integer, "", value) : Missing;

    public static DataCell Of(Money? amount) => Of(amount?.Fen);

    public static DataCell Of(Quantity? quantity) => quantity is { } value ? new DataCell(ColumnType.Number, value.ToString(), 0) : Missing;

    public static DataCell Of(bool? truth) => truth is { } value ? new DataCell(ColumnType.Boolean, "", value ? 1 : 0) : Missing;

    // The invariant culture has the Gregorian calendar: under ar-SA the same day would otherwise be written in the year 1445.
    public static DataCell Of(DateOnly? date) => date is { } value
        ? new DataCell(ColumnType.Date, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 0)
        : Missing;

    public static DataCell Of(DateTimeOffset moment) => new(ColumnType.Datetime, Instant.Text(moment), 0);

    /// <summary>No list at all is missing; a withheld text within a list is null, so that the others keep their places.</summary>
    public static DataCell Of(ImmutableArray<FreeText> texts) =>
        texts.IsDefaultOrEmpty ? Missing : Of(new JsonArray([.. texts.Select(text => (JsonNode?)text.Value)]));

    public static DataCell Of(JsonArray items) => items.Count == 0 ? Missing : new DataCell(ColumnType.Array, items, 0);
}

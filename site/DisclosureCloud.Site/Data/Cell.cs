using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>What a column holds, as Frictionless Table Schema names it.</summary>
internal enum ColumnType
{
    String,
    Integer,
    Date,
    Datetime,
    Boolean,

    /// <summary>Texts in order: a JSON array, in CSV too.</summary>
    Array,
}

/// <summary>One value of a row. What is not stated, or was withheld, is <see cref="Missing"/>: never 0, never an empty text.</summary>
internal readonly struct Cell
{
    private readonly object? _content;
    private readonly long _number;

    private Cell(ColumnType type, object content, long number)
    {
        Type = type;
        _content = content;
        _number = number;
    }

    public static Cell Missing => default;

    public ColumnType Type { get; }

    public bool IsMissing => _content is null;

    /// <summary>The value of a text, date or datetime.</summary>
    public string Text => (string)_content!;

    public ImmutableArray<string?> Texts => (ImmutableArray<string?>)_content!;

    public long Number => _number;

    public bool IsTrue => _number != 0;

    public static Cell Of(string? text) => text is null ? Missing : new Cell(ColumnType.String, text, 0);

    public static Cell Of(FreeText? text) => Of(text?.Value);

    public static Cell Of(Enum? code) => code is null ? Missing : Of(Code.Text(code));

    public static Cell Of(long? number) => number is { } value ? new Cell(ColumnType.Integer, "", value) : Missing;

    public static Cell Of(Money? amount) => Of(amount?.Fen);

    public static Cell Of(bool? truth) => truth is { } value ? new Cell(ColumnType.Boolean, "", value ? 1 : 0) : Missing;

    // The invariant culture has the Gregorian calendar: under ar-SA the same day would otherwise be written in the year 1445.
    public static Cell Of(DateOnly? date) => date is { } value
        ? new Cell(ColumnType.Date, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 0)
        : Missing;

    public static Cell Of(DateTimeOffset moment) => new(ColumnType.Datetime, Instant.Text(moment), 0);

    /// <summary>No list at all is missing; a withheld text within a list is null, so that the others keep their places.</summary>
    public static Cell Of(ImmutableArray<FreeText> texts) => texts.IsDefaultOrEmpty
        ? Missing
        : new Cell(ColumnType.Array, ImmutableArray.CreateRange(texts, text => text.Value), 0);
}

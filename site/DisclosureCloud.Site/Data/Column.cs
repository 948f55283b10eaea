using System.Collections.Immutable;

namespace DisclosureCloud.Site.Data;

/// <summary>A column of a data file: what its header, its dictionary and its cells come from.</summary>
/// <param name="Name">As headers and JSON have it; money ends in <c>Fen</c>.</param>
/// <param name="Type">What its cells hold.</param>
/// <param name="Chinese">What it means, in Chinese.</param>
/// <param name="English">What it means, in English.</param>
/// <param name="Required">True where every row has a value.</param>
/// <param name="Value">Gives a row's cell.</param>
internal sealed record Column(string Name, ColumnType Type, string Chinese, string English, bool Required, Func<Row, DataCell> Value)
{
    /// <summary>The codes that a cell may hold; empty where any value may stand.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <exception cref="InvalidOperationException">The cell is not of the column's type, or missing where it must not be.</exception>
    public DataCell Of(Row row)
    {
        DataCell cell = Value(row);
        bool good = cell.IsMissing ? !Required : cell.Type == Type;
        return good
            ? cell
            : throw new InvalidOperationException(
                $"Column {Name}, {Type}, cannot hold {(cell.IsMissing ? "nothing" : cell.Type)}, which entry {row.Entry.Id} gives.");
    }
}

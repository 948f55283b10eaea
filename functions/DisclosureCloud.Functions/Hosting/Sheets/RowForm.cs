using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>How the columns of one sheet become the members of a posting of one kind, and back from a member to its cell.</summary>
/// <remarks>
/// Nothing is validated here: what has not the form of its column's type becomes a string, and a column that the kind lacks a member of that
/// name, so that whoever reads the posting finds it and its pointer leads back to the cell.
/// </remarks>
internal sealed class RowForm
{
    private static readonly char[] ListSeparators = [';', '；', '\n', '\r'];

    // The body is read by our own strict reader and goes nowhere else.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string? _kindOfSheet;
    private readonly bool _from1904;
    private readonly ImmutableArray<Member> _members;

    /// <param name="kindOfSheet">The kind that the name of the sheet says; null where a column does.</param>
    /// <param name="kind">The kind of the rows; null where it is none.</param>
    /// <param name="headers">The columns of the sheet and their names.</param>
    public RowForm(string? kindOfSheet, KindSchema? kind, IEnumerable<KeyValuePair<int, string>> headers, bool from1904)
    {
        (_kindOfSheet, _from1904) = (kindOfSheet, from1904);
        _members = [.. headers
            .Select(header => new Slot(header.Key, kind is null ? null : KindColumns.Find(kind, header.Value), header.Value))
            .GroupBy(slot => slot.Column?.Member ?? slot.Name, StringComparer.Ordinal)
            .Select(slots => new Member(slots.Key, [.. slots.OrderBy(slot => slot.Column?.Number)]))];
    }

    /// <summary>The posting's JSON, and the way from its pointers to the cells of this row.</summary>
    /// <param name="cells">By column; what is not there is not stated.</param>
    public (byte[] Body, Func<string, string?> CellOf) Write(int row, IReadOnlyDictionary<int, SheetCell> cells)
    {
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body, Plain))
        {
            writer.WriteStartObject();
            if (_kindOfSheet is not null)
            {
                writer.WriteString(KindColumns.KindName, _kindOfSheet);
            }

            foreach (Member member in _members)
            {
                Write(writer, member, cells);
            }

            writer.WriteEndObject();
        }

        // The cells themselves are not kept for as long as somebody may ask.
        var stated = new BitArray(SheetLimits.ColumnCountMax + 1);
        foreach (int column in cells.Keys)
        {
            stated[column] = true;
        }

        return (body.ToArray(), pointer => Find(pointer, stated) is { } at ? CellName.Of(at, row) : null);
    }

    /// <summary>The cells of text columns that hold a number which is longer than spreadsheets can hold: an id that has lost its last digits.</summary>
    public IEnumerable<SheetCell> Shortened(IReadOnlyDictionary<int, SheetCell> cells) =>
        CellsOf(column => column is { HoldsNumber: false, HoldsDate: false }, cells).Where(cell => cell is { IsNumber: true, Fault: CellFault.None } && cell.Text.TrimStart('-').Split('.')[0].Length > SheetNumber.DigitsMax);

    /// <summary>The cells of number columns that show another number than they hold.</summary>
    public IEnumerable<SheetCell> Scaled(IReadOnlyDictionary<int, SheetCell> cells) =>
        CellsOf(column => column is { HoldsNumber: true }, cells).Where(cell => cell.IsScaled);

    private IEnumerable<SheetCell> CellsOf(Func<KindColumn?, bool> isMeant, IReadOnlyDictionary<int, SheetCell> cells) => _members
        .SelectMany(member => member.Slots)
        .Where(slot => isMeant(slot.Column))
        .Select(slot => cells.GetValueOrDefault(slot.At));

    private void Write(Utf8JsonWriter writer, Member member, IReadOnlyDictionary<int, SheetCell> cells)
    {
        Slot[] stated = [.. member.Slots.Where(slot => cells.ContainsKey(slot.At))];
        if (stated.Length == 0)
        {
            return;
        }

        writer.WritePropertyName(member.Name);
        switch (stated[0].Column)
        {
            case { Number: > 0 }:
                writer.WriteStartArray();
                foreach (IGrouping<int, Slot> group in stated.GroupBy(slot => slot.Column!.Number))
                {
                    WriteGroup(writer, group, cells);
                }

                writer.WriteEndArray();
                break;
            case { Part: not null }:
                WriteGroup(writer, stated, cells);
                break;
            default:
                WriteValue(writer, stated[0].Column, cells[stated[0].At]);
                break;
        }
    }

    private void WriteGroup(Utf8JsonWriter writer, IEnumerable<Slot> slots, IReadOnlyDictionary<int, SheetCell> cells)
    {
        writer.WriteStartObject();
        foreach (Slot slot in slots)
        {
            writer.WritePropertyName(slot.Column!.Part!);
            WriteValue(writer, slot.Column, cells[slot.At]);
        }

        writer.WriteEndObject();
    }

    private void WriteValue(Utf8JsonWriter writer, KindColumn? column, SheetCell cell)
    {
        if (column is not { IsList: true })
        {
            WriteOne(writer, column, cell);
            return;
        }

        writer.WriteStartArray();
        foreach (string item in cell.Text.Split(ListSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            WriteOne(writer, column, cell with { Text = item });
        }

        writer.WriteEndArray();
    }

    private void WriteOne(Utf8JsonWriter writer, KindColumn? column, SheetCell cell)
    {
        if (column is { HoldsNumber: true } && SheetNumber.IsJson(cell.Text))
        {
            writer.WriteRawValue(cell.Text);
            return;
        }

        writer.WriteStringValue(column is not { HoldsDate: true } ? cell.Text
            : cell.IsNumber ? SheetDate.OfSerial(cell.Text, _from1904)
            : SheetDate.OfText(cell.Text));
    }

    // A member that is missing is looked for in its own column too: there the sender has to write it.
    private int? Find(string pointer, BitArray stated)
    {
        string[] path = [.. pointer.Split('/').Skip(1).Select(name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        if (path.Length == 0 || _members.FirstOrDefault(member => member.Name == path[0]) is not { } found)
        {
            return null;
        }

        IEnumerable<Slot> slots = found.Slots;
        string? part = path.ElementAtOrDefault(1);
        if (found.Slots[0].Column is { Number: > 0 } && part is not null)
        {
            // What the posting counts from 0 are the groups that the row states, whatever their numbers in the header are.
            int[] used = [.. slots.Where(slot => stated[slot.At]).Select(slot => slot.Column!.Number).Distinct()];
            slots = int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < used.Length
                ? slots.Where(slot => slot.Column!.Number == used[index])
                : slots;
            part = path.ElementAtOrDefault(2);
        }

        return (slots.FirstOrDefault(slot => slot.Column?.Part is { } name && name == part)
            ?? slots.FirstOrDefault(slot => stated[slot.At])
            ?? slots.First()).At;
    }

    /// <param name="At">The column's number in the sheet.</param>
    /// <param name="Column">What it is of the kind; null where the kind has no such column.</param>
    private sealed record Slot(int At, KindColumn? Column, string Name);

    private sealed record Member(string Name, ImmutableArray<Slot> Slots);
}

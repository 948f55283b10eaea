using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace DisclosureCloud.Site.Data;

/// <summary>Rows as JSON objects, keys in the order of the columns, every key present; what is not stated is null.</summary>
internal static class JsonRows
{
    // Chinese stays readable; markup, quotes and control characters are escaped, so that a line can be put into any page or tool.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    public static JsonSerializerOptions Options { get; } = new() { Encoder = Encoder };

    /// <summary>One object a line, LF after each.</summary>
    public static byte[] WriteNdjson(IReadOnlyList<Column> columns, IEnumerable<Row> rows) =>
        WriteNdjson(rows, (json, row) => WriteRow(json, columns, row));

    /// <summary>The same, of rows that are no entries.</summary>
    public static byte[] WriteNdjson<TRow>(IEnumerable<TRow> rows, Action<Utf8JsonWriter, TRow> write)
    {
        var output = new ArrayBufferWriter<byte>(16_384);
        using var json = NewWriter(output);
        foreach (TRow row in rows)
        {
            write(json, row);
            json.Flush();
            json.Reset();
            output.Write("\n"u8);
        }

        return output.WrittenSpan.ToArray();
    }

    public static Utf8JsonWriter NewWriter(IBufferWriter<byte> output) => new(output, new JsonWriterOptions { Encoder = Encoder });

    public static void WriteRow(Utf8JsonWriter json, IReadOnlyList<Column> columns, Row row) =>
        WriteRow(json, columns.Select(column => (column.Name, column.Of(row))));

    public static void WriteRow(Utf8JsonWriter json, IEnumerable<(string Name, DataCell Cell)> row)
    {
        json.WriteStartObject();
        foreach ((string name, DataCell cell) in row)
        {
            json.WritePropertyName(name);
            WriteCell(json, cell);
        }

        json.WriteEndObject();
    }

    public static void WriteCell(Utf8JsonWriter json, DataCell cell)
    {
        switch (cell)
        {
            case { IsMissing: true }:
                json.WriteNullValue();
                break;
            case { Type: ColumnType.Integer }:
                json.WriteNumberValue(cell.Number);
                break;
            case { Type: ColumnType.Number }:
                json.WriteRawValue(cell.Text);
                break;
            case { Type: ColumnType.Boolean }:
                json.WriteBooleanValue(cell.IsTrue);
                break;
            case { Type: ColumnType.Array }:
                cell.Items.WriteTo(json);
                break;
            default:
                json.WriteStringValue(cell.Text);
                break;
        }
    }
}

using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace DisclosureCloud.Site.Data;

/// <summary>A table as CSV: RFC 4180, CRLF, UTF-8 without a byte order mark, one header row; what is not stated is an empty cell.</summary>
internal static class CsvFile
{
    public const string LineEnd = "\r\n";

    // A lone surrogate is a mistake of ours and must not become a question mark that hashes well.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Write(IReadOnlyList<Column> columns, IEnumerable<Row> rows) =>
        Write(columns.Select(column => column.Name), rows.Select(row => columns.Select(column => column.Of(row))));

    public static byte[] Write(IEnumerable<string> columns, IEnumerable<IEnumerable<DataCell>> rows)
    {
        using var output = new MemoryStream();
        using (var text = new StreamWriter(output, Utf8, bufferSize: 16_384, leaveOpen: true))
        using (var csv = new CsvWriter(text, Configuration()))
        {
            foreach (string column in columns)
            {
                csv.WriteField(column);
            }

            csv.NextRecord();
            foreach (IEnumerable<DataCell> row in rows)
            {
                foreach (DataCell cell in row)
                {
                    csv.WriteField(Text(cell));
                }

                csv.NextRecord();
            }
        }

        return output.ToArray();
    }

    private static CsvConfiguration Configuration() => new(CultureInfo.InvariantCulture)
    {
        NewLine = LineEnd,

        // With a line end of its own the writer leaves a lone CR or LF unquoted, and a reader would see two rows.
        ShouldQuote = static cell => cell.Field is { Length: > 0 } field
            && (field.AsSpan().ContainsAny("\",\r\n") || field[0] == ' ' || field[^1] == ' '),
    };

    private static string Text(DataCell cell) => cell switch
    {
        { IsMissing: true } => "",
        { Type: ColumnType.Integer } => cell.Number.ToString(CultureInfo.InvariantCulture),
        { Type: ColumnType.Boolean } => cell.IsTrue ? "true" : "false",
        { Type: ColumnType.Array } => cell.Items.ToJsonString(JsonRows.Options),
        { Type: ColumnType.String } => FormulaGuard.Guard(cell.Text),
        _ => cell.Text,
    };
}

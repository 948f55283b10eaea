using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Found entries as CSV: the same columns whatever was asked for, and all that an entry says in the last but one.</summary>
/// <remarks>As the site's tables are: RFC 4180, CRLF, UTF-8, one header row, what is not stated an empty cell, texts guarded against being run.</remarks>
internal static class EntryTable
{
    private const string LineEnd = "\r\n";

    private static readonly ImmutableArray<(string Name, Func<FoundEntry, string?> Cell)> Columns =
    [
        ("leafIndex", entry => entry.LeafIndex.ToString(CultureInfo.InvariantCulture)),
        ("entry", entry => entry.Entry.Value),
        ("kind", entry => Said(entry, "kind")),
        ("date", entry => Said(entry, "date")),
        ("recordedAt", entry => Instant.Text(entry.RecordedAt)),
        ("department", entry => entry.Department.Value),
        ("channel", entry => Code.Text(entry.Channel)),
        ("fund", entry => Said(entry, "fund")),
        ("project", entry => Said(entry, "project")),
        ("place", entry => Said(entry, "place", "region")),
        ("currency", entry => Said(entry, "currency")),
        ("amountFen", entry => Said(entry, "amountFen")),
        ("document", entry => Texts(entry, NumberFields.Document)),
        ("voucher", entry => Texts(entry, NumberFields.Voucher)),
        ("contract", entry => Texts(entry, NumberFields.Contract)),
        ("payee", entry => Texts(entry, NumberFields.Payee)),
        ("payeeCode", entry => Said(entry, [.. NumberFields.PayeeCodes])),
        ("nature", entry => Said(entry, "nature")),
        ("source", entry => Said(entry, "level")),
        ("cites", entry => Said(entry, "cites")),
        ("notice", entry => Said(entry, "notice")),
        ("says", entry => entry.Says.Json.ToJsonString(AnswerJson.Options)),
        ("withheld", entry => string.Join(' ', entry.Withheld)),
    ];

    public static IEnumerable<string> ColumnNames => Columns.Select(column => column.Name);

    public static string Header => string.Join(',', ColumnNames) + LineEnd;

    public static string Row(FoundEntry entry) => string.Join(',', Columns.Select(column => Cell(column.Cell(entry)))) + LineEnd;

    private static string? Texts(FoundEntry entry, Func<string, ImmutableArray<string>> fields) => Said(entry, [.. fields(Said(entry, "kind")!)]);

    // The first of the fields that the entry states.
    private static string? Said(FoundEntry entry, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
        {
            if (entry.Says.Json[field] is JsonValue value)
            {
                return value.ToString();
            }
        }

        return null;
    }

    private static string Cell(string? text)
    {
        string cell = text is null ? "" : FormulaGuard.Guard(text);
        return cell.Length > 0 && (cell.AsSpan().ContainsAny("\",\r\n") || cell[0] == ' ' || cell[^1] == ' ')
            ? new StringBuilder("\"").Append(cell).Replace("\"", "\"\"", 1, cell.Length).Append('"').ToString()
            : cell;
    }
}

using System.Net.Http.Headers;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>In what form a file of many postings is.</summary>
internal enum BulkForm
{
    /// <summary>A posting a line, in JSON.</summary>
    Ndjson,

    /// <summary>A posting a row, under a header.</summary>
    Csv,

    /// <summary>The same in the sheets of a workbook (ECMA-376).</summary>
    Xlsx,
}

/// <summary>The form of a file, and of a CSV its character set where it is said.</summary>
internal sealed record BulkFormat(BulkForm Form, string? Charset = null)
{
    public const string Ndjson = "application/x-ndjson";
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The media types that are taken.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } = [Ndjson, Csv, Xlsx];

    /// <summary>The form that a media type names; null where it names none that is taken.</summary>
    public static BulkFormat? Of(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type))
        {
            return null;
        }

        string? charset = type.CharSet?.Trim('"').ToLowerInvariant();
        return type.MediaType?.ToLowerInvariant() switch
        {
            Ndjson when charset is null or "utf-8" => new BulkFormat(BulkForm.Ndjson),
            Csv => new BulkFormat(BulkForm.Csv, charset),
            Xlsx when charset is null => new BulkFormat(BulkForm.Xlsx),
            _ => null,
        };
    }

    /// <summary>The form that a file's name tells; null where it tells none.</summary>
    public static BulkFormat? OfName(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".ndjson" => new BulkFormat(BulkForm.Ndjson),
        ".csv" => new BulkFormat(BulkForm.Csv),
        ".xlsx" => new BulkFormat(BulkForm.Xlsx),
        _ => null,
    };
}

using System.Collections.Concurrent;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>A file that is given out.</summary>
internal sealed record SheetTemplate(string Name, string MediaType, byte[] Bytes);

/// <summary>The templates of every kind that a row can say, each made once and kept: some eighty files of ten kilobytes.</summary>
internal static class SheetTemplates
{
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string CsvType = "text/csv";

    /// <summary>How many targets or milestones a template has columns for. Whoever needs more adds columns.</summary>
    public const int GroupCount = 3;

    private const string XlsxEnding = ".xlsx";
    private const string CsvEnding = ".csv";

    private static readonly ConcurrentDictionary<string, SheetTemplate> Made = new(StringComparer.Ordinal);

    /// <summary>The template of that file name, such as <c>allocation.xlsx</c>; null where there is none.</summary>
    public static SheetTemplate? Find(string name)
    {
        string ending = name.EndsWith(XlsxEnding, StringComparison.Ordinal) ? XlsxEnding : name.EndsWith(CsvEnding, StringComparison.Ordinal) ? CsvEnding : "";
        return ending.Length > 0 && KindSchema.Find(name[..^ending.Length]) is { } kind && KindColumns.AreOf(kind)
            ? Made.GetOrAdd(name, _ => ending == XlsxEnding
                ? new SheetTemplate(name, XlsxType, XlsxTemplate.Make(kind))
                : new SheetTemplate(name, $"{CsvType}; charset=utf-8", CsvTemplate.Make(kind)))
            : null;
    }
}

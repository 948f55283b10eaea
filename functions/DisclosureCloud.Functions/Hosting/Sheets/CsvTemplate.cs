using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>The template of a kind as CSV: a header, and a comment that says what each column takes.</summary>
/// <remarks>With a byte order mark, by which spreadsheet programs know that it is UTF-8.</remarks>
internal static class CsvTemplate
{
    public static byte[] Make(KindSchema kind)
    {
        KindColumn[] columns = [.. KindColumns.Of(kind, SheetTemplates.GroupCount)];
        return Encoding.UTF8.GetBytes('\uFEFF' + Line(columns.Select(TemplateWords.Header))
            + Line(columns.Select((column, index) => (index == 0 ? $"# {kind.Name}: " : "") + TemplateWords.Comment(column))));
    }

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n";
}

using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>The columns of a sheet, as its first row names them.</summary>
internal static class SheetHeader
{
    // What is echoed of a name. A longer one says nothing more to its sender.
    private const int FoundLengthMax = 40;

    /// <summary>The columns by number; null, with findings, where the row is no header of postings.</summary>
    /// <param name="kind">The kind that the sheet's name says; null where a column has to.</param>
    /// <param name="withoutKind">What is wrong where nothing says the kind.</param>
    public static SortedDictionary<int, string>? Read(string? sheet, int row, IReadOnlyList<SheetCell> cells, KindSchema? kind, Finding withoutKind, SheetFindings findings)
    {
        if (!SheetScreen.Passes(sheet, row, cells, findings))
        {
            return null;
        }

        (int Column, string Name)[] names = [.. cells.Select(cell => (cell.Column, NameOf(cell.Text)))];
        bool hasKind = names.Any(one => one.Name == KindColumns.KindName);
        if (!hasKind && kind is null)
        {
            findings.Add(sheet, row, null, withoutKind);
            return null;
        }

        var headers = new SortedDictionary<int, string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool good = true;
        foreach ((int column, string name) in names)
        {
            if (Fault(name, hasKind ? null : kind, seen) is { } fault)
            {
                findings.Add(sheet, row, CellName.Of(column, row), fault);
                good = false;
            }

            headers[column] = name;
        }

        return good ? headers : null;
    }

    // As our templates have it: what a person reads, and the name in the last parentheses.
    private static string NameOf(string text)
    {
        int open = text.LastIndexOfAny(['(', '（']);
        return open >= 0 && text[^1] is ')' or '）' ? text[(open + 1)..^1].Trim() : text;
    }

    private static Finding? Fault(string name, KindSchema? kind, HashSet<string> seen)
    {
        string found = name.Length <= FoundLengthMax ? name : $"a name of {name.Length} characters";
        if (!seen.Add(name))
        {
            return new Finding("", "duplicate-column", "Two columns have the same name: which of them counts cannot be told.", found);
        }

        if (name == Correction.ReplacementName)
        {
            return NotInASheet();
        }

        bool known = kind is not null
            ? KindColumns.Find(kind, name) is not null
            : KindSchema.All.Any(one => KindColumns.AreOf(one) && KindColumns.Find(one, name) is not null);
        return known ? null : new Finding(
            "", "unknown-column", "There is no such column. Take it out, or name it as the template does.", found, kind is null ? "a column of /api/templates" : $"a column of /api/templates/{kind.Name}.xlsx");
    }

    /// <summary>A correction holds a whole posting, and has no place in a row.</summary>
    public static Finding NotInASheet() =>
        new("", "not-in-a-sheet", "A correction holds a whole posting, which no row can. Send it to /api/postings, or in a file of NDJSON.");
}

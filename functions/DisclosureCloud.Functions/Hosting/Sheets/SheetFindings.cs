using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>One thing that is wrong with a file of postings, with the place where the spreadsheet program shows it.</summary>
/// <param name="Sheet">Name of the sheet; null for CSV, and where the guard refuses the name.</param>
/// <param name="Row">From 1; null where it is of no one row.</param>
/// <param name="Cell">Such as <c>E7</c>; null where it is of no one cell.</param>
internal sealed record SheetFinding(string? Sheet, int? Row, string? Cell, Finding Finding);

/// <summary>Gathers what is wrong with a file of postings, cell by cell.</summary>
internal sealed class SheetFindings
{
    /// <summary>Whoever has put so many right sends the file again; more would make the answer longer than anybody reads.</summary>
    public const int CountMax = 1_000;

    private readonly List<SheetFinding> _findings = [];

    public IReadOnlyList<SheetFinding> All => _findings;

    public bool Any => _findings.Count > 0;

    /// <summary>True where no more are taken: reading on would say nothing new.</summary>
    public bool IsFull => _findings.Count >= CountMax;

    /// <summary>As a person goes through the file: sheet by sheet, row by row.</summary>
    public IEnumerable<SheetFinding> InOrder()
    {
        List<string?> sheets = [.. _findings.Select(one => one.Sheet).Distinct(StringComparer.Ordinal)];
        return _findings.OrderBy(one => sheets.IndexOf(one.Sheet)).ThenBy(one => one.Row);
    }

    public void Add(string? sheet, int? row, string? cell, Finding finding)
    {
        if (!IsFull)
        {
            _findings.Add(new SheetFinding(sheet, row, cell, finding));
        }
    }
}

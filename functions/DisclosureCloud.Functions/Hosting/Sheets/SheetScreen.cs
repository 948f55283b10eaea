using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>The guard for what becomes part of no posting, and for what is only seen across a row: a roster is columns.</summary>
/// <remarks>What becomes part of a posting is screened again with it, value by value.</remarks>
internal static class SheetScreen
{
    // The guard takes it for what parts the columns of a roster, and never for what parts the digits of one number.
    private const char Between = '|';

    /// <summary>True where a name of a sheet may be told.</summary>
    public static bool MayTell(string text) => PersonalDataGuard.Rule(text) is null;

    /// <summary>False, with a finding for each cell, where a row that becomes no posting has data of a person.</summary>
    public static bool Passes(string? sheet, int row, IReadOnlyList<SheetCell> cells, SheetFindings findings) =>
        cells.Count == 0 || Passes(sheet, row, cells, RuleOf(cells), findings);

    /// <summary>The same of a row that becomes a posting, whose values are screened one by one when it is read.</summary>
    public static bool PassesAsOne(string? sheet, int row, IReadOnlyList<SheetCell> cells, SheetFindings findings) =>
        RuleOf(cells) is not { } rule || Passes(sheet, row, cells, rule, findings);

    private static string? RuleOf(IReadOnlyList<SheetCell> cells) => PersonalDataGuard.Rule(string.Join(Between, cells.Select(cell => cell.Text)));

    private static bool Passes(string? sheet, int row, IReadOnlyList<SheetCell> cells, string? rule, SheetFindings findings)
    {
        bool found = false;
        foreach (SheetCell cell in cells)
        {
            if (PersonalDataGuard.Rule(cell.Text) is { } alone)
            {
                findings.Add(sheet, row, CellName.Of(cell.Column, row), Finding(alone));
                found = true;
            }
        }

        if (rule is not null && !found)
        {
            findings.Add(sheet, row, CellName.Of(cells[0].Column, row), Finding(rule));
        }

        return rule is null && !found;
    }

    public static Finding Finding(string rule) =>
        new("", PersonalDataGuard.Code, $"This looks like data of a person ({rule}). Nothing of it was stored. Leave it out.");
}

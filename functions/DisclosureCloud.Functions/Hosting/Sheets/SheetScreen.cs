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

    /// <summary>False, with a finding for each cell, where the row has data of a person.</summary>
    public static bool Passes(string? sheet, int row, IReadOnlyList<SheetCell> cells, SheetFindings findings)
    {
        if (cells.Count == 0)
        {
            return true;
        }

        bool found = false;
        string? rule = PersonalDataGuard.Rule(string.Join(Between, cells.Select(cell => cell.Text)));
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

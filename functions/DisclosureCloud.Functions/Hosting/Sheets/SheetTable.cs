using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Takes a sheet's rows one after another and makes postings of them, whatever sort of file they are of.</summary>
/// <remarks>
/// The first row that is neither empty nor a comment is the header. What is wrong with the header, or more than a file may hold, ends the
/// table; a row that is wrong is left out, and those after it are looked at, so that a sender sees all that is wrong at once.
/// </remarks>
internal sealed class SheetTable(string? sheet, SheetTally tally, SheetFindings findings)
{
    private const char Comment = '#';

    private readonly Dictionary<string, RowForm> _forms = new(StringComparer.Ordinal);
    private SortedDictionary<int, string>? _headers;
    private bool _hasKindColumn;

    /// <summary>The kind that the sheet's name says; null where a column has to.</summary>
    public KindSchema? KindOfSheet { get; init; }

    /// <summary>What is wrong where nothing says the kind.</summary>
    public required Finding WithoutKind { get; init; }

    /// <summary>True where the workbook counts its dates from 1904.</summary>
    public bool DatesFrom1904 { get; init; }

    /// <summary>Columns that nobody sees.</summary>
    public Func<int, bool> IsHidden { get; init; } = _ => false;

    /// <summary>True once no further row can be taken.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The posting that a row says; null where it says none, or where something is wrong with it, which is among the findings then.</summary>
    /// <param name="row">From 1.</param>
    /// <param name="cells">Those that are not empty, from left to right.</param>
    /// <param name="isHidden">True where nobody sees the row.</param>
    public SheetRow? Take(int row, IReadOnlyList<SheetCell> cells, bool isHidden = false)
    {
        if (tally.Add(cells) is { } tooMuch)
        {
            return End(row, null, tooMuch);
        }

        if (cells.Count == 0)
        {
            return null;
        }

        if (cells[^1].Column > SheetLimits.ColumnCountMax)
        {
            return End(row, cells[^1].Column, new Finding("", "too-many-columns", "The row has more columns than a posting.", null, string.Create(CultureInfo.InvariantCulture, $"at most {SheetLimits.ColumnCountMax}")));
        }

        bool isComment = IsComment(cells[0]);
        bool passes = Passes(row, cells, isHidden, isComment);
        if (isComment)
        {
            SheetScreen.Passes(sheet, row, cells, findings);
            return null;
        }

        if (!passes)
        {
            HasEnded |= _headers is null;
            return null;
        }

        if (_headers is not null)
        {
            if (tally.AddPosting() is { } oneTooMany)
            {
                return End(row, null, oneTooMany);
            }

            return SheetScreen.PassesAsOne(sheet, row, cells, findings) ? Posting(row, cells.ToDictionary(cell => cell.Column)) : null;
        }

        _headers = SheetHeader.Read(sheet, row, cells, KindOfSheet, WithoutKind, findings);
        _hasKindColumn = _headers?.ContainsValue(KindColumns.KindName) ?? false;
        HasEnded = _headers is null;
        return null;
    }

    /// <summary>Looks at a row that is not to be posted.</summary>
    public void Screen(int row, IReadOnlyList<SheetCell> cells)
    {
        if (tally.Add(cells) is { } tooMuch)
        {
            End(row, null, tooMuch);
            return;
        }

        SheetScreen.Passes(sheet, row, cells, findings);
    }

    private SheetRow? End(int row, int? column, Finding finding)
    {
        findings.Add(sheet, row, column is { } at ? CellName.Of(at, row) : null, finding);
        HasEnded = true;
        return null;
    }

    // Whatever else begins with the sign is data: #VALUE! and #12/2026 would else be a posting that nobody misses.
    private static bool IsComment(SheetCell first) =>
        first is { Column: 1, Fault: CellFault.None, Text: [Comment, .. var rest] } && (rest.Length == 0 || char.IsWhiteSpace(rest[0]));

    // What nobody sees would be posted without anybody knowing; what has no value is not nothing. A comment is no exception: what was meant
    // to be posted and begins with the sign is found so. But its cells may stand where no header is.
    private bool Passes(int row, IReadOnlyList<SheetCell> cells, bool isHidden, bool isComment)
    {
        if (isHidden)
        {
            findings.Add(sheet, row, null, new Finding("", "hidden-row", "The row is hidden or filtered out, and would be posted unseen. Show it, or delete it."));
            return false;
        }

        bool good = true;
        foreach (SheetCell cell in cells)
        {
            if ((Fault(cell) ?? (isComment ? null : Misplaced(cell))) is { } fault)
            {
                findings.Add(sheet, row, CellName.Of(cell.Column, row), fault);
                good = false;
            }
        }

        return good;
    }

    private static Finding? Fault(SheetCell cell) => cell.Fault switch
    {
        CellFault.FormulaWithoutValue => new Finding("", "formula-without-value", "The formula was never computed, and none is run here. Open the file, save it, and send it again; or write the value."),
        CellFault.Error => new Finding("", "error-cell", "The cell shows an error instead of a value.", SheetScreen.MayTell(cell.Text) ? cell.Text : null),
        CellFault.TooLong => new Finding("", "cell-too-long", "The cell holds more than a cell of a spreadsheet can.", null, string.Create(CultureInfo.InvariantCulture, $"at most {SheetLimits.CellLengthMax} characters")),
        _ => null,
    };

    private Finding? Misplaced(SheetCell cell) => cell.Column switch
    {
        int column when IsHidden(column) => new Finding("", "hidden-column", "The column is hidden, and would be posted unseen. Show it, or delete it."),
        int column when _headers is { } headers && !headers.ContainsKey(column) => new Finding("", "no-header", "The column has no name in the header, so that nobody knows what the cell says."),
        _ => null,
    };

    private SheetRow? Posting(int row, Dictionary<int, SheetCell> cells)
    {
        string? kind = KindOfSheet?.Name;
        if (_hasKindColumn)
        {
            kind = _headers!.Where(header => header.Value == KindColumns.KindName).Select(header => cells.GetValueOrDefault(header.Key).Text).Single();
        }

        if (kind == Correction.KindName)
        {
            findings.Add(sheet, row, null, SheetHeader.NotInASheet());
            return null;
        }

        RowForm form = FormOf(kind ?? "");
        (int Column, Finding Finding)[] altered =
        [
            .. form.Shortened(cells).Select(cell => (cell.Column, new Finding(
                "", "digits-lost", "A spreadsheet holds fifteen digits of a number, and the last ones of this are lost. Give the column the format Text, and type it again."))),
            .. form.Scaled(cells).Select(cell => (cell.Column, new Finding(
                "", "scaled-number", "The cell shows another number than it holds. Show the number as it is: without percent sign or ten thousands, and fill in what you see."))),
        ];
        foreach ((int column, Finding finding) in altered.OrderBy(one => one.Column))
        {
            findings.Add(sheet, row, CellName.Of(column, row), finding);
        }

        if (altered.Length > 0)
        {
            return null;
        }

        (byte[] body, Func<string, string?> cellOf) = form.Write(row, cells);
        return new SheetRow(sheet, row, body, cellOf);
    }

    // Rows may name any text as their kind: one form does for all that is none.
    private RowForm FormOf(string kind)
    {
        KindSchema? known = KindSchema.Find(kind) is { IsPosted: true } posted ? posted : null;
        string key = known?.Name ?? "";
        if (!_forms.TryGetValue(key, out RowForm? form))
        {
            form = _forms[key] = new RowForm(_hasKindColumn ? null : KindOfSheet?.Name, known, _headers!, DatesFrom1904);
        }

        return form;
    }
}

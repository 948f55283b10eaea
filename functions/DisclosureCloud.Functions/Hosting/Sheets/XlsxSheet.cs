using System.Text;
using System.Xml;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>Reads the postings of an XLSX workbook (ECMA-376), one a row.</summary>
/// <remarks>
/// Nothing but cells counts: no formula is run, a style is asked only whether it shows numbers as they are, nothing else of the workbook is read.
/// What nobody sees, and what would be read otherwise than it looks, is refused.
/// </remarks>
internal static class XlsxSheet
{
    // Sheets of ours that explain. They are screened, and nothing of them is posted.
    private static readonly string[] Explaining = ["说明", "README"];

    /// <summary>Reads row by row; never more than one is in memory, beside the texts that cells share.</summary>
    /// <param name="findings">What is wrong with the file or its rows. It is whole when the last row was read.</param>
    public static IEnumerable<SheetRow> Read(ReadOnlyMemory<byte> file, SheetFindings findings)
    {
        if (Try(() => new XlsxBook(file), findings) is not { } book || !AreSeen(book, findings))
        {
            yield break;
        }

        var tally = new SheetTally();
        foreach (XlsxSheetEntry sheet in book.Sheets)
        {
            foreach (SheetRow row in sheet.Part is null ? NoWorksheet(sheet, findings) : Read(book, sheet, sheet.Part, tally, findings))
            {
                yield return row;
            }

            if (findings.IsFull || findings.All.Any(one => one.Finding.Code is "not-an-xlsx" or "too-many-rows" or "too-much-text"))
            {
                yield break;
            }
        }
    }

    private static IEnumerable<SheetRow> Read(XlsxBook book, XlsxSheetEntry sheet, string part, SheetTally tally, SheetFindings findings)
    {
        using XlsxRows? rows = Try(() => new XlsxRows(book.Open(part), book.Strings, book.Formats), findings);
        if (rows is null)
        {
            yield break;
        }

        bool explains = Explaining.Contains(sheet.Name, StringComparer.Ordinal);
        var table = new SheetTable(sheet.Name, tally, findings)
        {
            KindOfSheet = KindSchema.Find(sheet.Name) is { } kind && KindColumns.AreOf(kind) ? kind : null,
            WithoutKind = sheet.Name == Correction.KindName ? SheetHeader.NotInASheet() : Unknown(),
            DatesFrom1904 = book.DatesFrom1904,
            IsHidden = rows.IsColumnHidden,
        };
        bool read = false;
        while (!table.HasEnded && !findings.IsFull && (read = Try(() => rows.TryRead(), findings)))
        {
            if (explains)
            {
                table.Screen(rows.Row, rows.Cells);
            }
            else if (table.Take(rows.Row, rows.Cells, rows.IsRowHidden) is { } row)
            {
                yield return row;
            }
        }

        if (!read && !explains && rows.Merged is { } merged)
        {
            string? cell = merged.Split(':')[0] is { Length: > 0 } first && CellName.Parse(first) is { } at ? CellName.Of(at.Column, at.Row) : null;
            findings.Add(sheet.Name, null, cell, new Finding("", "merged-cells", "Cells are merged, so that what a row says cannot be told. Part them, and fill in each."));
        }
    }

    // Before anything of them is read: also a hidden sheet that explains may hold anything.
    private static bool AreSeen(XlsxBook book, SheetFindings findings)
    {
        bool good = true;
        for (int i = 0; i < book.Sheets.Length; i++)
        {
            XlsxSheetEntry sheet = book.Sheets[i];
            if (PersonalDataGuard.Rule(sheet.Name) is { } rule)
            {
                findings.Add(null, null, null, SheetScreen.Finding(rule));
                good = false;
            }
            else if (sheet.IsHidden)
            {
                findings.Add(sheet.Name, null, null, new Finding("", "hidden-sheet", "The sheet is hidden, and would be posted unseen. Show it, or delete it."));
                good = false;
            }
        }

        return good;
    }

    private static IEnumerable<SheetRow> NoWorksheet(XlsxSheetEntry sheet, SheetFindings findings)
    {
        findings.Add(sheet.Name, null, null, Unknown());
        return [];
    }

    private static Finding Unknown() => new(
        "", "unknown-sheet", "The sheet has not the name of a kind of posting, and no column 'kind'. Name it as the template does, or delete it.", null, "a sheet of /api/templates");

    // Whatever is damaged is a mistake of the sender's, or of the way that the file came: one finding, and nothing of the file in it.
    private static T? Try<T>(Func<T> read, SheetFindings findings)
    {
        try
        {
            return read();
        }
        catch (DamagedFileException fault)
        {
            findings.Add(null, null, null, new Finding("", "not-an-xlsx", fault.Message, fault.Found, "a workbook of cells, .xlsx"));
        }
        catch (Exception fault) when (fault is XmlException or InvalidDataException or DecoderFallbackException or EndOfStreamException)
        {
            findings.Add(null, null, null, new Finding("", "not-an-xlsx", "The file is damaged: a part of it cannot be read. Open it, save it as .xlsx, and send it again.", null, "a workbook of cells, .xlsx"));
        }

        return default;
    }
}

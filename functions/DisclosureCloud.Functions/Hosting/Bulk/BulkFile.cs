using System.Globalization;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>The rows of a file of many postings, whatever its form.</summary>
internal static class BulkFile
{
    /// <summary>One row after another; what is wrong with the file itself ends them.</summary>
    public static IEnumerable<SheetRow> Rows(ReadOnlyMemory<byte> file, BulkFormat format, SheetFindings findings)
    {
        IEnumerable<SheetRow> rows = format.Form switch
        {
            BulkForm.Ndjson => NdjsonLines.Read(file, findings),
            BulkForm.Csv => CsvSheet.Read(file, format.Charset, findings),
            _ => XlsxSheet.Read(file, findings),
        };
        int count = 0;
        foreach (SheetRow row in rows)
        {
            if (++count > SheetLimits.RowCountMax)
            {
                findings.Add(row.Sheet, row.Row, null, new Finding(
                    "", "too-many-rows", "Split the file.", null, string.Create(CultureInfo.InvariantCulture, $"at most {SheetLimits.RowCountMax} postings")));
                yield break;
            }

            yield return row;
        }

        if (count == 0 && !findings.Any)
        {
            findings.Add(null, null, null, new Finding("", "no-rows", "There is no posting in the file."));
        }
    }

    /// <summary>Reads every row as it would be read alone, before anything of the file is kept: also what it may not say of persons is found so.</summary>
    /// <returns>
    /// The rows to keep; and what is wrong, in the words of an answer: nothing where they may be kept. What the rules say of them is asked later.
    /// </returns>
    public static (ReadOnlyMemory<byte> Rows, IReadOnlyList<Finding> Found) Read(ReadOnlyMemory<byte> file, BulkFormat format, DateOnly today)
    {
        var findings = new SheetFindings();
        using var kept = new KeptRows();
        foreach (SheetRow row in Rows(file, format, findings))
        {
            ReadRow(row, today, findings);
            if (findings.All.Count >= Findings.CountMax)
            {
                break;
            }

            if (!findings.Any)
            {
                kept.Write(row);
            }
        }

        return (kept.ToBytes(), [.. findings.InOrder().Take(Findings.CountMax).Select(Told)]);
    }

    /// <summary>Reads a row, with any entry in place of the rows that it cites.</summary>
    /// <returns>Null where the findings say what is wrong with it.</returns>
    public static (Draft? Draft, CitedRows Cited) ReadRow(SheetRow row, DateOnly today, SheetFindings findings)
    {
        var found = new Findings();
        var cited = new CitedRows(row);
        Draft? draft = PostingReader.ReadPosting(cited.Any ? cited.WithAnyEntry() : row.Body, today, found);
        Add(findings, row, found.All);
        return (draft, cited);
    }

    /// <summary>Notes what is wrong with a row.</summary>
    public static void Add(SheetFindings findings, SheetRow row, IEnumerable<Finding> found)
    {
        foreach (Finding one in found)
        {
            findings.Add(row.Sheet, row.Row, CellOf(row, one.Pointer), one);
        }
    }

    /// <summary>A finding with the row and cell that it is about.</summary>
    public static Finding Told(SheetFinding one) => one.Finding with
    {
        Row = one.Row,
        Cell = one.Cell is null ? null : one.Sheet is null ? one.Cell : $"{one.Sheet}!{one.Cell}",
    };

    // What is wrong within a list or group is in the cell that says it, or in that of the whole.
    private static string? CellOf(SheetRow row, string pointer)
    {
        for (string at = pointer; at.Length > 0; at = at[..at.LastIndexOf('/')])
        {
            if (row.CellOf(at) is { } cell)
            {
                return cell;
            }
        }

        return null;
    }
}

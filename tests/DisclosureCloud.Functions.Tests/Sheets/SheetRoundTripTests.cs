using System.Globalization;
using System.Text;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;
using DisclosureCloud.Ledger.Tests;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;

namespace DisclosureCloud.Functions.Tests.Sheets;

/// <summary>A template that is filled in says the same fact again, for every kind, in each form that a program may give the cells.</summary>
public sealed class SheetRoundTripTests
{
    public static TheoryData<string> Kinds() => [.. SampleRow.Kinds.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Csv_OfATemplateFilledIn_SaysTheSameFact(string kind)
    {
        Fact fact = SampleRow.FactOf(KindSchema.Find(kind)!);
        string line = string.Join(',', SampleRow.Of(fact, SheetTemplates.GroupCount).Select(one => one.Text is null ? "" : $"\"{one.Text}\""));
        byte[] file = [.. SheetTemplates.Find($"{kind}.csv")!.Bytes, .. Encoding.UTF8.GetBytes(line + "\r\n")];

        var findings = new SheetFindings();
        SheetRow row = CsvSheet.Read(file, null, findings).ShouldHaveSingleItem();

        findings.All.ShouldBeEmpty();
        (row.Sheet, row.Row).ShouldBe((null, 3));
        SampleRow.Read(row.Body).ShouldBe(SampleRow.Texts(fact));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Xlsx_OfATemplateFilledIn_SaysTheSameFact(string kind)
    {
        Fact fact = SampleRow.FactOf(KindSchema.Find(kind)!);
        foreach (bool shared in new[] { true, false })
        {
            (List<SheetRow> rows, SheetFindings findings) = TestBook.Read(Fill(kind, fact, shared));

            findings.All.ShouldBeEmpty();
            SheetRow row = rows.ShouldHaveSingleItem();
            (row.Sheet, row.Row).ShouldBe((kind, 3));
            SampleRow.Read(row.Body).ShouldBe(SampleRow.Texts(fact));
        }
    }

    [Fact]
    public void CellOf_EveryValueOfEveryKind_IsTheCellThatSaidIt()
    {
        int cells = 0;
        foreach (KindSchema kind in SampleRow.Kinds)
        {
            (KindColumn Column, string? Text)[] sample = [.. SampleRow.Of(SampleRow.FactOf(kind)).Where(one => one.Text is not null)];
            string text = string.Join(',', sample.Select(one => one.Column.Name)) + "\n" + string.Join(',', sample.Select(one => $"\"{one.Text}\""));
            SheetRow row = CsvSheet.Read(Encoding.UTF8.GetBytes(text), null, new SheetFindings()).ShouldHaveSingleItem();
            for (int i = 0; i < sample.Length; i++)
            {
                KindColumn column = sample[i].Column;
                string pointer = column.Part is null ? $"/{column.Member}"
                    : column.Number == 0 ? $"/{column.Member}/{column.Part}"
                    : string.Create(CultureInfo.InvariantCulture, $"/{column.Member}/{column.Number - 1}/{column.Part}");
                row.CellOf(pointer).ShouldBe(CellName.Of(i + 1, 2), $"{kind.Name} {pointer}");
                if (column.IsList)
                {
                    row.CellOf($"{pointer}/1").ShouldBe(CellName.Of(i + 1, 2), $"{kind.Name} {pointer}");
                }

                cells++;
            }
        }

        cells.ShouldBeGreaterThan(200);
    }

    // As spreadsheet programs save it: texts by their numbers in a part of their own, or in their cells; dates as serial numbers.
    private static byte[] Fill(string kind, Fact fact, bool shared)
    {
        using var stream = new MemoryStream();
        stream.Write(SheetTemplates.Find($"{kind}.xlsx")!.Bytes);
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            WorkbookPart book = document.WorkbookPart!;
            SharedStringTable? table = shared ? (book.AddNewPart<SharedStringTablePart>().SharedStringTable = new SharedStringTable()) : null;
            var sheet = (WorksheetPart)book.GetPartById(book.Workbook.Descendants<Sheet>().First().Id!);
            SheetData data = sheet.Worksheet.GetFirstChild<SheetData>()!;
            string[] names = [.. data.Elements<Row>().First().Elements<Cell>().Select(cell => cell.InnerText.Split('(', ')')[^2])];
            Dictionary<string, (KindColumn Column, string? Text)> sample =
                SampleRow.Of(fact, SheetTemplates.GroupCount).ToDictionary(one => one.Column.Name, StringComparer.Ordinal);
            var row = new Row { RowIndex = 3 };
            for (int i = 0; i < names.Length; i++)
            {
                (KindColumn column, string? text) = sample[names[i]];
                if (text is not null)
                {
                    row.Append(CellOf(CellName.Of(i + 1, 3), column, text, table));
                }
            }

            data.Append(row);
        }

        return stream.ToArray();
    }

    private static Cell CellOf(string name, KindColumn column, string text, SharedStringTable? table)
    {
        if (column is { IsList: false, HoldsNumber: true } || (column is { IsList: false, HoldsDate: true } && table is not null))
        {
            string number = column.HoldsDate ? Serial(text) : text;
            return new Cell { CellReference = name, CellValue = new CellValue(number) };
        }

        if (table is null)
        {
            return new Cell { CellReference = name, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
        }

        table.Append(new SharedStringItem(new Run(new Text(text[..1])), new Run(new Text(text[1..]) { Space = SpaceProcessingModeValues.Preserve })));
        return new Cell { CellReference = name, DataType = CellValues.SharedString, CellValue = new CellValue(table.ChildElements.Count - 1) };
    }

    private static string Serial(string date) =>
        (DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture);
}

using System.Text;
using DisclosureCloud.Functions.Hosting.Sheets;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using BookSheets = DocumentFormat.OpenXml.Spreadsheet.Sheets;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;

namespace DisclosureCloud.Functions.Tests.Sheets;

/// <summary>A number that looks like another is not posted.</summary>
public sealed class NumberFormatTests
{
    private const string PercentStyles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/></cellXfs>";
    private const string HalfInStyleOne = "<c s=\"1\"><v>0.5</v></c>";

    [Theory]
    [InlineData("", false)]
    [InlineData("General", false)]
    [InlineData("0", false)]
    [InlineData("0.00", false)]
    [InlineData("#,##0", false)]
    [InlineData("#,##0.00;[Red]-#,##0.00", false)]
    [InlineData("_-* #,##0.00_-;\\-* #,##0.00_-;_-* \"-\"??_-;_-@_-", false)]
    [InlineData("_ [$￥-804]* #,##0_ ;_ [$￥-804]* \\-#,##0_ ;_ [$￥-804]* \"-\"_ ;_ @_ ", false)]
    [InlineData("# ?/?", false)]
    [InlineData("0.00E+00", false)]
    [InlineData("yyyy\\-mm\\-dd", false)]
    [InlineData("dddd, mmmm dd, yyyy", false)]
    [InlineData("@", false)]
    [InlineData("0\"%\"", false)]
    [InlineData("0\\%", false)]
    [InlineData("0_%", false)]
    [InlineData("0\"千,\"", false)]
    [InlineData("0\\,", false)]
    [InlineData("0_,", false)]
    [InlineData("\"No.\"0", false)]
    [InlineData("0\"元.\"", false)]
    [InlineData("0;\"a.\"0", false)]
    [InlineData("[$%-409]0", false)]
    [InlineData("0\"never closed %", false)]
    [InlineData("0\\", false)]
    [InlineData("0%", true)]
    [InlineData("0.00%", true)]
    [InlineData("0 %", true)]
    [InlineData("%0", true)]
    [InlineData("0;-0%", true)]
    [InlineData("0!%", true)]
    [InlineData("0,", true)]
    [InlineData("#,##0,", true)]
    [InlineData("#,##0.00,,", true)]
    [InlineData("0,.0", true)]
    [InlineData("0.0,\"千\"", true)]
    [InlineData("0,;-0", true)]
    [InlineData("0;-0,", true)]
    [InlineData("?, ", true)]
    [InlineData("0!.0,", true)]
    [InlineData("0\\.0,", true)]
    [InlineData("#\\.#,\"万\"", true)]
    [InlineData("0\".\"0,", true)]
    [InlineData("[>=10000]0!.0,\"万\";0", true)]
    [InlineData("0!.0000\"万\"", true)]
    public void Format_ThatMultipliesOrDivides_Scales(string format, bool scales) => NumberFormat.Scales(format).ShouldBe(scales);

    [Fact]
    public void Scales_OfAnyText_IsAnswered()
    {
        const int Seed = 20261123;
        var random = new Random(Seed);
        for (int i = 0; i < 20_000; i++)
        {
            string format = new(random.GetItems<char>("0#?.,;%\"\\!_*[]@ E万", random.Next(9)));
            bool plain = !format.Contains('%') && !format.Contains(',') && !(format.Contains('.') && format.IndexOfAny(['"', '\\', '!']) >= 0);
            (NumberFormat.Scales(format) && plain).ShouldBeFalse($"seed {Seed}: {format}");
        }
    }

    [Theory]
    [InlineData(true, "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellXfs>")]
    [InlineData(true, PercentStyles)]
    [InlineData(true, "<cellXfs><xf/><xf numFmtId=\"164\" applyNumberFormat=\"1\"><alignment/></xf></cellXfs><numFmts count=\"2\"><numFmt numFmtId=\"165\" formatCode=\"0\"/><numFmt numFmtId=\"164\" formatCode=\"0!.0,\"/></numFmts>")]
    [InlineData(true, "<cellStyleXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf/><xf xfId=\"1\"/></cellXfs>")]
    [InlineData(false, "<cellStyleXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf/><xf numFmtId=\"2\" xfId=\"1\"/></cellXfs>")]
    [InlineData(false, "<cellXfs><xf numFmtId=\"9\"/><xf numFmtId=\"4\"/></cellXfs>")]
    [InlineData(false, "<cellXfs><xf numFmtId=\"9\"/></cellXfs>")]
    [InlineData(false, "<numFmts/><cellStyleXfs/><cellXfs/>")]
    [InlineData(false, "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0\"/></numFmts><cellXfs><xf/><xf numFmtId=\"164\"/></cellXfs><dxfs><dxf><numFmt numFmtId=\"164\" formatCode=\"0%\"/></dxf></dxfs>")]
    public void Number_WhoseStyleScalesIt_IsRefused(bool isRefused, string styles)
    {
        (List<SheetRow> rows, SheetFindings findings) = Allocation(styles, HalfInStyleOne).Read();
        findings.All.Select(one => (one.Sheet, one.Row, one.Cell, one.Finding.Code)).ShouldBe(isRefused ? [("allocation", 2, "B2", "scaled-number")] : []);
        rows.Count.ShouldBe(isRefused ? 0 : 1);
    }

    [Fact]
    public void Number_OfACellWithoutStyle_HasTheFirst()
    {
        Allocation("<cellXfs><xf numFmtId=\"9\"/></cellXfs>", "n:0.5").Read().Findings.All.ShouldHaveSingleItem().Finding.Code.ShouldBe("scaled-number");
        Allocation(PercentStyles, "n:0.5").Read().Findings.All.ShouldBeEmpty();
    }

    [Fact]
    public void Text_InAColumnOfNumbers_IsReadAsItIs()
    {
        (List<SheetRow> rows, SheetFindings findings) = Allocation(PercentStyles, "<c s=\"1\" t=\"str\"><f>TEXT(1,\"0\")</f><v>1</v></c>").Read();
        findings.All.ShouldBeEmpty();
        TextOf(rows.ShouldHaveSingleItem()).ShouldContain("\"amount\":1");
    }

    [Fact]
    public void Columns_OfNoNumbers_KeepTheirFormats()
    {
        var book = TestBook.Of("allocation", TestBook.Row(1, "date", "fund", "reference"), TestBook.Row(2, "<c s=\"1\"><v>43252</v></c>", HalfInStyleOne, HalfInStyleOne));
        book.Styles = PercentStyles;
        (List<SheetRow> rows, SheetFindings findings) = book.Read();
        findings.All.ShouldBeEmpty();
        TextOf(rows.ShouldHaveSingleItem()).ShouldBe("{\"kind\":\"allocation\",\"date\":\"2018-06-01\",\"fund\":\"0.5\",\"reference\":\"0.5\"}");
    }

    [Fact]
    public void Number_WithinAGroup_IsRefusedInItsOwnCell()
    {
        var book = TestBook.Of("project", TestBook.Row(1, "targets/1/indicator", "targets/1/target"), TestBook.Row(2, "户", "n:5"), TestBook.Row(3, HalfInStyleOne, HalfInStyleOne));
        book.Styles = PercentStyles;
        (List<SheetRow> rows, SheetFindings findings) = book.Read();
        rows.ShouldHaveSingleItem().Row.ShouldBe(2);
        findings.All.ShouldHaveSingleItem().Cell.ShouldBe("B3");
    }

    [Fact]
    public void Styles_OfMoreThanAWorkbookHas_AreNoXlsx()
    {
        Allocation(Many(SheetLimits.StyleCountMax), "n:1").Read().Findings.All.ShouldBeEmpty();
        Refused(Many(SheetLimits.StyleCountMax + 1)).ShouldContain("styles");
        Refused($"<cellXfs>{new string(' ', (int)SheetLimits.StylesLengthMax)}</cellXfs>").ShouldContain("inflates");

        string Many(int count) => $"<cellXfs>{string.Concat(Enumerable.Repeat("<xf/>", count))}</cellXfs>";
        string Refused(string styles)
        {
            SheetFinding found = Allocation(styles, "n:1").Read().Findings.All.ShouldHaveSingleItem();
            found.Finding.Code.ShouldBe("not-an-xlsx");
            return found.Finding.Detail;
        }
    }

    [Theory]
    [InlineData(9u, null, "scaled-number")]
    [InlineData(164u, "0.0,\"千\"", "scaled-number")]
    [InlineData(164u, "#,##0.00", null)]
    public void Workbook_OfAnotherWriter_IsReadByItsStyles(uint number, string? format, string? code)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart book = document.AddWorkbookPart();
            book.Workbook = new Workbook();
            WorksheetPart sheet = book.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetData(
                new Row(Inline("date"), Inline("amount")),
                new Row(Inline("2018-06-01"), new Cell { CellValue = new CellValue("0.5"), StyleIndex = 1 })));
            book.Workbook.Append(new BookSheets(new Sheet { Name = "allocation", SheetId = 1, Id = book.GetIdOfPart(sheet) }));
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new NumberingFormats(format is null ? [] : [new NumberingFormat { NumberFormatId = number, FormatCode = format }]),
                new CellStyleFormats(new CellFormat()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = number, ApplyNumberFormat = true }));
        }

        (_, SheetFindings findings) = TestBook.Read(stream.ToArray());
        findings.All.Select(one => (one.Cell, one.Finding.Code)).ShouldBe(code is null ? [] : [("B2", code)]);

        static Cell Inline(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
    }

    private static TestBook Allocation(string styles, string amount)
    {
        var book = TestBook.Of("allocation", TestBook.Row(1, "date", "amount"), TestBook.Row(2, "2018-06-01", amount));
        book.Styles = styles;
        return book;
    }

    private static string TextOf(SheetRow row) => Encoding.UTF8.GetString(row.Body);
}

using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;
using DocumentFormat.OpenXml.Validation;

namespace DisclosureCloud.Functions.Tests.Sheets;

public sealed class SheetTemplateTests
{
    public static TheoryData<string> Kinds() => [.. SampleRow.Kinds.Select(kind => kind.Name)];

    [Fact]
    public void Templates_AreOfEveryPostedKindButCorrection() =>
        KindSchema.All.Where(kind => SheetTemplates.Find($"{kind.Name}.xlsx") is not null && SheetTemplates.Find($"{kind.Name}.csv") is not null).Select(kind => kind.Name)
            .ShouldBe(KindSchema.All.Where(kind => kind.IsPosted && kind.Name != "correction").Select(kind => kind.Name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Xlsx_OfAnyKind_HasNoErrorThatTheValidatorFinds(string kind)
    {
        using var stream = new MemoryStream(SheetTemplates.Find($"{kind}.xlsx")!.Bytes);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);

        new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken)
            .Select(error => $"{error.Path?.XPath}: {error.Description}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Template_SentBackUnchanged_HasNoRowsAndNothingWrong(string kind)
    {
        (List<SheetRow> rows, SheetFindings findings) = TestBook.Read(SheetTemplates.Find($"{kind}.xlsx")!.Bytes);
        rows.ShouldBeEmpty();
        findings.All.ShouldBeEmpty();

        CsvSheet.Read(SheetTemplates.Find($"{kind}.csv")!.Bytes, "UTF-8", findings).ShouldBeEmpty();
        findings.All.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Template_MadeTwice_HasTheSameBytes(string kind)
    {
        KindSchema schema = KindSchema.Find(kind)!;
        XlsxTemplate.Make(schema).ShouldBe(SheetTemplates.Find($"{kind}.xlsx")!.Bytes);
        CsvTemplate.Make(schema).ShouldBe(SheetTemplates.Find($"{kind}.csv")!.Bytes);
    }

    [Fact]
    public void Xlsx_OfAllocation_OffersCodesAndKeepsIdsAsText()
    {
        using var stream = new MemoryStream(SheetTemplates.Find("project.xlsx")!.Bytes);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        WorkbookPart book = document.WorkbookPart!;
        book.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value).ShouldBe(["project", "说明"]);
        Worksheet sheet = ((WorksheetPart)book.GetPartById(book.Workbook.Descendants<Sheet>().First().Id!)).Worksheet;
        string[] names = [.. sheet.Descendants<Row>().First().Elements<Cell>().Select(cell => cell.InnerText)];
        names[0].ShouldBe("发生日期 (date)");
        names.ShouldContain(name => name == "绩效目标 3:指标 (targets/3/indicator)");
        string unit = CellName.Letters(Array.FindIndex(names, name => name.EndsWith("(unit)", StringComparison.Ordinal)) + 1);
        sheet.Descendants<DataValidation>().Single(one => one.SequenceOfReferences!.InnerText == $"{unit}3:{unit}20002").Formula1!.Text
            .ShouldBe($"\"{string.Join(',', Code.Texts(typeof(AmountUnit)))}\"");
        sheet.Descendants<DataValidation>().ShouldAllBe(one => one.Formula1!.Text.Length <= 255 + 2);

        CellFormat[] formats = [.. book.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>()];
        uint FormatOf(string ending) => formats[sheet.Descendants<Column>().ElementAt(Array.FindIndex(names, name => name.EndsWith(ending, StringComparison.Ordinal))).Style!.Value].NumberFormatId!.Value;
        FormatOf("(fund)").ShouldBe(49u, "text");
        FormatOf("(place)").ShouldBe(49u, "text");
        FormatOf("(date)").ShouldBe(164u, "the date format of ours");
        FormatOf("(totalInvestment)").ShouldBe(0u, "as numbers are");
        sheet.Descendants<Pane>().Single().State!.Value.ShouldBe(PaneStateValues.Frozen);
    }

    [Fact]
    public void Lists_OfCodes_AreNoLongerThanSpreadsheetsTake() =>
        SampleRow.Kinds.SelectMany(kind => KindColumns.Of(kind, 1)).Where(column => column.ValueType.IsEnum)
            .ShouldAllBe(column => string.Join(',', Code.Texts(column.ValueType)).Length <= 253);

    [Theory]
    [InlineData("correction.xlsx")]
    [InlineData("notice.xlsx")]
    [InlineData("publication.csv")]
    [InlineData("allocation")]
    [InlineData("allocation.XLSX")]
    [InlineData("allocation.xls")]
    [InlineData(".xlsx")]
    [InlineData("../allocation.xlsx")]
    public void Find_OfAnotherName_IsNothing(string name) => SheetTemplates.Find(name).ShouldBeNull();
}

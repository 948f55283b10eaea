using System.Text;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;
using static DisclosureCloud.Functions.Tests.Sheets.TestBook;

namespace DisclosureCloud.Functions.Tests.Sheets;

public sealed class XlsxSheetTests
{
    private static readonly string Header = Row(1, "date", "fund", "amount", "reference", "project");

    [Fact]
    public void Cells_OfEverySort_BecomeWhatAPostingHas()
    {
        var book = TestBook.Of("allocation", Header, Row(
            2,
            "n:43252",
            "<c t=\"s\"><v>0</v></c>",
            "n:0.30000000000000004",
            "<c t=\"str\"><f>A1&amp;\"x\"</f><v>_x0041_x</v></c>",
            "n:410503"));
        book.Strings = "<si><r><rPr><b/></rPr><t>f</t></r><r><t xml:space=\"preserve\">-1 </t></r><rPh sb=\"0\" eb=\"1\"><t>read so</t></rPh><phoneticPr fontId=\"1\"/></si>";
        JsonOf(book).ShouldBe("{\"kind\":\"allocation\",\"date\":\"2018-06-01\",\"fund\":\"f-1\",\"amount\":0.3,\"reference\":\"Ax\",\"project\":\"410503\"}");

        JsonOf(TestBook.Of("allocation", Header, Row(2, "<c t=\"d\"><v>2018-06-01T00:00:00</v></c>", "<c t=\"b\"><v>1</v></c>", "<c><f/><v>1E3</v></c>", null, "<c t=\"inlineStr\"><is/></c>")))
            .ShouldBe("{\"kind\":\"allocation\",\"date\":\"2018-06-01\",\"fund\":\"TRUE\",\"amount\":1000}");
        JsonOf(TestBook.Of("allocation", Header, Row(2, "n:43252.5", "1_x000D__xD800_2", "x")))
            .ShouldBe("{\"kind\":\"allocation\",\"date\":\"43252.5\",\"fund\":\"1\\r_xD800_2\",\"amount\":\"x\"}");
    }

    [Fact]
    public void Dates_AreCountedFromWhereTheWorkbookSays()
    {
        var book = TestBook.Of("allocation", Header, Row(2, "n:41790"));
        book.Properties = "date1904=\"1\"";
        JsonOf(book).ShouldContain("2018-06-01");
        book.Properties = "date1904=\"0\"";
        JsonOf(book).ShouldContain("2014-05-31");
    }

    [Fact]
    public void Sheets_SayTheirKindsByNameOrColumn_AndEmptyOnesNothing()
    {
        TestBook book = TestBook.Of("fund", Row(1, "fund"), Row(3, "f-1"))
            .Add("我的表", Row(1, "kind", "fund") + Row(2, "interest", "f-2"))
            .Add("Sheet3", "")
            .Add("说明", Row(1, "anything at all", "n:1"))
            .Add("README", Row(1, "<c t=\"e\"><v>#REF!</v></c>"), after: "<mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>");
        (List<SheetRow> rows, SheetFindings findings) = book.Read();
        findings.All.ShouldBeEmpty();
        rows.Select(row => (row.Sheet, row.Row, Text(row))).ShouldBe([
            ("fund", 3, "{\"kind\":\"fund\",\"fund\":\"f-1\"}"),
            ("我的表", 2, "{\"kind\":\"interest\",\"fund\":\"f-2\"}"),
        ]);
    }

    [Fact]
    public void RowsAndCells_WithoutNames_AreCounted() => JsonOf(TestBook.Of(
        "allocation", "<row><c t=\"inlineStr\"><is><t>date</t></is></c><c/><c t=\"inlineStr\"><is><t>fund</t></is></c></row><row/><row><c><v>43252</v></c><c/><c><v>7</v></c></row>"))
        .ShouldBe("{\"kind\":\"allocation\",\"date\":\"2018-06-01\",\"fund\":\"7\"}");

    [Fact]
    public void Row_WithAMistake_IsToldWithItsCellAndTheOthersAreRead()
    {
        (List<SheetRow> rows, SheetFindings findings) = TestBook.Of(
            "allocation",
            Header,
            Row(2, "2018-06-01", "<c><f>B1</f></c>"),
            Row(3, "2018-06-01", "<c t=\"e\"><f>B1</f><v>#REF!</v></c>"),
            RowWith("hidden=\"1\"", 4, "2018-06-01"),
            Row(5, "2018-06-01", "n:123456789012345678"),
            Row(6, "2018-06-01", null, null, null, null, "lost"),
            Row(7, "2018-06-01", new string('x', SheetLimits.CellLengthMax + 1)),
            Row(8, "2018-06-01", "张秀英", null, "女", "45岁"),
            RowWith("hidden=\"1\"", 9, "# a hidden comment"),
            RowWith("hidden=\"1\"", 10),
            Row(11, "2018-06-01", "<c t=\"str\"><f>\"\"</f><v></v></c>"),
            Row(12, "2018-06-01", "<c><f>B1</f><v/></c>"),
            Row(13, "<c t=\"e\"><f>B1</f><v>#VALUE!</v></c>", "f-1"),
            RowWith("hidden=\"1\"", 14, "#12/2026", "f-1"),
            Row(15, "# a comment", null, null, null, null, "where no header is", "<c t=\"e\"><v>#N/A</v></c>")).Read();
        rows.Select(row => row.Row).ShouldBe([11]);
        findings.All.Select(one => (one.Sheet, one.Row, one.Cell, one.Finding.Code)).ShouldBe([
            ("allocation", 2, "B2", "formula-without-value"),
            ("allocation", 3, "B3", "error-cell"),
            ("allocation", 4, null, "hidden-row"),
            ("allocation", 5, "B5", "digits-lost"),
            ("allocation", 6, "F6", "no-header"),
            ("allocation", 7, "B7", "cell-too-long"),
            ("allocation", 8, "A8", "personal-data"),
            ("allocation", 9, null, "hidden-row"),
            ("allocation", 12, "B12", "formula-without-value"),
            ("allocation", 13, "A13", "error-cell"),
            ("allocation", 14, null, "hidden-row"),
            ("allocation", 15, "G15", "error-cell"),
        ]);
        findings.All[1].Finding.Found.ShouldBe("#REF!");
    }

    [Fact]
    public void Comment_ThatIsHidden_IsScreenedToo_AndTheHeaderBelowItIsRead()
    {
        (List<SheetRow> rows, SheetFindings findings) = TestBook.Of("fund", RowWith("hidden=\"1\"", 1, "# 电话 13800138000"), Row(2, "fund"), Row(3, "f-1")).Read();
        findings.All.Select(one => (one.Row, one.Finding.Code)).ShouldBe([(1, "hidden-row"), (1, "personal-data")]);
        rows.ShouldHaveSingleItem().Row.ShouldBe(3);
    }

    public static TheoryData<string, string?, string> BadBooks() => new()
    {
        { "unknown-sheet", "Sheet1", "sheet" },
        { "unknown-sheet", "notice", "notice" },
        { "not-in-a-sheet", "correction", "correction" },
        { "hidden-sheet", "fund", "hidden" },
        { "hidden-sheet", "fund", "veryHidden" },
        { "merged-cells", "fund", "merged" },
        { "hidden-column", "fund", "column" },
        { "hidden-row", "fund", "header" },
        { "personal-data", null, "name" },
        { "personal-data", "说明", "explaining" },
        { "personal-data", "fund", "comment" },
        { "too-many-columns", "fund", "wide" },
        { "unknown-sheet", "Chart1", "chart" },
    };

    [Theory]
    [MemberData(nameof(BadBooks))]
    public void Book_WithAMistake_IsRefused(string code, string? sheet, string which)
    {
        string rows = Row(1, "fund") + Row(2, "f-1");
        TestBook book = which switch
        {
            "sheet" => TestBook.Of("Sheet1", rows),
            "notice" => TestBook.Of("notice", rows),
            "correction" => TestBook.Of("correction", rows),
            "hidden" or "veryHidden" => new TestBook().Add("fund", rows, which),
            "merged" => new TestBook().Add("fund", rows, after: "<mergeCells><mergeCell ref=\"A2:B2\"/></mergeCells>"),
            "column" => new TestBook().Add("fund", rows, before: "<cols><col min=\"1\" max=\"9\" hidden=\"1\"/></cols>"),
            "header" => TestBook.Of("fund", RowWith("hidden=\"true\"", 1, "fund"), Row(2, "f-1")),
            "name" => TestBook.Of("13800138000", rows),
            "explaining" => TestBook.Of("说明", Row(1, "电话 13800138000")),
            "comment" => TestBook.Of("fund", Row(1, "# 电话 13800138000"), rows.Replace("\"2\"", "\"3\"", StringComparison.Ordinal).Replace("\"1\"", "\"2\"", StringComparison.Ordinal)
                .Replace("A2", "A3", StringComparison.Ordinal).Replace("A1", "A2", StringComparison.Ordinal)),
            "wide" => TestBook.Of("fund", $"<row r=\"1\"><c r=\"KO1\"><v>1</v></c></row>"),
            _ => new TestBook { Types = "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml\"/>" }.Add("Chart1", ""),
        };
        (List<SheetRow> _, SheetFindings findings) = book.Read();
        SheetFinding found = findings.All[0];
        (found.Finding.Code, found.Sheet).ShouldBe((code, sheet));
        found.ToString().ShouldNotContain("138");
        if (which == "merged")
        {
            found.Cell.ShouldBe("A2");
        }
    }

    [Fact]
    public void HiddenColumn_ThatIsEmpty_IsOfNoMatter()
    {
        (List<SheetRow> rows, SheetFindings findings) = new TestBook()
            .Add("fund", Row(1, "fund") + Row(2, "f-1"), before: "<cols><col min=\"2\" max=\"16384\" hidden=\"1\"/></cols>").Read();
        findings.All.ShouldBeEmpty();
        rows.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("macros", "application/vnd.ms-office.vbaProject")]
    [InlineData("macros", "application/vnd.ms-excel.macrosheet+xml")]
    [InlineData("links to other workbooks", "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml")]
    [InlineData("controls that run", "application/vnd.ms-office.activeX+xml")]
    public void Book_ThatHoldsMoreThanCells_IsNoXlsx(string found, string type)
    {
        var book = TestBook.Of("fund", Row(1, "fund"));
        book.Types = $"<Override PartName=\"/xl/more\" ContentType=\"{type}\"/>";
        Refused(book.Bytes()).Found.ShouldBe(found);
    }

    [Fact]
    public void File_OfAnotherSort_IsNoXlsx()
    {
        Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]).Found.ShouldBe("an encrypted workbook, or an older .xls");
        Refused([]);
        Refused("kind,date\n"u8.ToArray());
        Refused(Zip([KeyValuePair.Create("a.txt", "x"u8.ToArray())]));
        var macros = TestBook.Of("fund", Row(1, "fund"));
        macros.Types = "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/>";
        Refused(macros.Bytes()).Found.ShouldBe("macros");
        var word = TestBook.Of("fund", Row(1, "fund"));
        word.Types = "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>";
        Refused(word.Bytes()).Found.ShouldBe("another office document");
        var linked = TestBook.Of("fund", Row(1, "fund"));
        linked.BookRelations = "<Relationship Id=\"rIdX\" Type=\"x\" Target=\"http://192.0.2.1/\" TargetMode=\"External\"/>";
        Refused(linked.Bytes()).Found.ShouldBe("links to elsewhere");
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><x/>")]
    [InlineData("<x><![CDATA[a]]></x>")]
    [InlineData("<x>&a;</x>")]
    [InlineData("<x")]
    [InlineData("<x>&#xD800;</x>")]
    [InlineData("")]
    public void Part_ThatIsNoXmlOfOurs_IsNoXlsx(string xml) =>
        Refused(TestBook.Of("fund", Row(1, "fund")).With("xl/worksheets/sheet1.xml", xml).Bytes());

    [Fact]
    public void Part_WhoseXmlWouldFillTheMemory_IsNoXlsx()
    {
        var book = TestBook.Of("fund", Row(1, "fund"));
        RefusedSheet($"<x a=\"{new string('>', SheetLimits.TagLengthMax)}\"/>").ShouldContain("a tag");
        RefusedSheet($"<x b='\"' {new string(' ', SheetLimits.TagLengthMax)}/>").ShouldContain("a tag");
        RefusedSheet(string.Concat(Enumerable.Repeat("<x>", SheetLimits.DepthMax + 2))).ShouldContain("within one another");
        RefusedSheet($"<x>{string.Concat(Enumerable.Range(0, SheetLimits.NameCountMax).Select(n => $"<n{n}/>"))}</x>").ShouldContain("names of elements");

        string RefusedSheet(string xml) => Refused(book.With("xl/worksheets/sheet1.xml", xml).Bytes()).Detail;
    }

    [Theory]
    [InlineData("<row r=\"2\"/><row r=\"1\"/>")]
    [InlineData("<row r=\"2\"/><row r=\"2\"/>")]
    [InlineData("<row r=\"1048577\"/>")]
    [InlineData("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>")]
    [InlineData("<row r=\"1\"><c r=\"B2\"/></row>")]
    [InlineData("<row r=\"1\"><c r=\"XFE1\"/></row>")]
    [InlineData("<row r=\"1\"><c t=\"s\"><v>0</v></c></row>")]
    public void Cells_OutOfOrderOrNowhere_AreNoXlsx(string rows) => Refused(TestBook.Of("fund", rows).Bytes());

    [Fact]
    public void Comment_WithinAPart_IsPassedOver()
    {
        (List<SheetRow> rows, SheetFindings findings) = TestBook.Of("fund", $"<!-- it's > {new string('x', SheetLimits.TagLengthMax)} -->", Row(1, "fund"), "<!-- - -->", Row(2, "f-1")).Read();
        findings.All.ShouldBeEmpty();
        rows.Count.ShouldBe(1);
    }

    private static Finding Refused(byte[] file)
    {
        (List<SheetRow> rows, SheetFindings findings) = TestBook.Read(file);
        rows.ShouldBeEmpty();
        SheetFinding found = findings.All.ShouldHaveSingleItem();
        found.Finding.Code.ShouldBe("not-an-xlsx");
        (found.Sheet, found.Row, found.Cell).ShouldBe((null, null, null));
        return found.Finding;
    }

    private static string JsonOf(TestBook book)
    {
        (List<SheetRow> rows, SheetFindings findings) = book.Read();
        findings.All.ShouldBeEmpty();
        return Text(rows.ShouldHaveSingleItem());
    }

    private static string Text(SheetRow row) => Encoding.UTF8.GetString(row.Body);
}

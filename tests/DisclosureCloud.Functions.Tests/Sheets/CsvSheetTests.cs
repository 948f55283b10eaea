using System.Text;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Sheets;

public sealed class CsvSheetTests
{
    private const string Header = "kind,date,fund,reason\n";
    private const string Row = "return-to-source,2018-06-01,f-1,余款\n";

    [Fact]
    public void Values_OfEverySort_BecomeWhatAPostingHas()
    {
        JsonOf("kind,date,unit,fund,年度 (budgetYear),programmes,targets/2/indicator,targets/2/target,totalInvestment,targets/1/due\n"
            + "project, 2018/6/1 ,wan-yuan,'=f-1,2018,industry;skills；x,a,1.50,12,2018年7月2日\n")
            .ShouldBe("{\"kind\":\"project\",\"date\":\"2018-06-01\",\"unit\":\"wan-yuan\",\"fund\":\"=f-1\",\"budgetYear\":\"2018\",\"programmes\":\"industry;skills；x\","
                + "\"targets\":[{\"due\":\"2018-07-02\"},{\"indicator\":\"a\",\"target\":1.50}],\"totalInvestment\":12}");
        JsonOf("kind,programmes,budgetYear\nfund,\"industry; skills；\nguarantee\",2018\n")
            .ShouldBe("{\"kind\":\"fund\",\"programmes\":[\"industry\",\"skills\",\"guarantee\"],\"budgetYear\":2018}");
        JsonOf("kind,amount\nallocation,\"1,200\"\n").ShouldBe("{\"kind\":\"allocation\",\"amount\":\"1,200\"}");
        JsonOf("kind,amount\nallocation,007\n").ShouldBe("{\"kind\":\"allocation\",\"amount\":\"007\"}");
        JsonOf("kind,amount\nallocation,1.5E3\n").ShouldBe("{\"kind\":\"allocation\",\"amount\":1.5E3}");
        JsonOf("kind,reason\nallocation,\"say \"\"so\"\"\"").ShouldBe("{\"kind\":\"allocation\",\"reason\":\"say \\\"so\\\"\"}");
        JsonOf("kind,date\nnothing,2018-6-1\n").ShouldBe("{\"kind\":\"nothing\",\"date\":\"2018-6-1\"}");
        JsonOf("kind,date\n,2018-06-01\n").ShouldBe("{\"date\":\"2018-06-01\"}");
    }

    [Fact]
    public void Rows_OfSeveralKinds_HaveEachItsColumns()
    {
        (List<SheetRow> rows, SheetFindings findings) = Read("\uFEFF# a comment\n\nkind,budgetYear,project\n,,\n# another,1,2\nfund,2018,\r\nproject,2018,p-1");
        findings.All.ShouldBeEmpty();
        rows.Select(row => (row.Row, Text(row))).ShouldBe([
            (6, "{\"kind\":\"fund\",\"budgetYear\":2018}"),
            (7, "{\"kind\":\"project\",\"budgetYear\":\"2018\",\"project\":\"p-1\"}"),
        ]);
        rows[1].CellOf("/budgetYear").ShouldBe("B7", "where the reader finds that a project has no such field");
    }

    [Theory]
    [InlineData("#", true)]
    [InlineData(" # a comment", true)]
    [InlineData("#\u3000说明", true)]
    [InlineData("\"#\n说明\"", true)]
    [InlineData("#说明", false)]
    [InlineData("#12/2026", false)]
    [InlineData("##", false)]
    [InlineData("#REF!", false)]
    public void Row_ThatBeginsWithTheSign_IsACommentBeforeABlankOnly(string first, bool isComment)
    {
        (List<SheetRow> rows, SheetFindings findings) = Read($"reference,kind,date\n{first},fund,2018-06-01\n");
        findings.All.ShouldBeEmpty();
        rows.Select(Text).ShouldBe(isComment ? [] : [$"{{\"reference\":\"{first}\",\"kind\":\"fund\",\"date\":\"2018-06-01\"}}"]);
    }

    [Fact]
    public void Error_WrittenAsText_IsDataThatTheReaderRefuses()
    {
        (List<SheetRow> rows, SheetFindings found) = Read("kind,date,fund\n#REF!,2018-06-01,f-1\n");
        found.All.ShouldBeEmpty();
        SheetRow row = rows.ShouldHaveSingleItem();
        var findings = new Findings();
        PostingReader.ReadPosting(row.Body, SampleRow.Today, findings);
        row.CellOf(findings.All.ShouldHaveSingleItem().Pointer).ShouldBe("A2");
        findings.All[0].Code.ShouldBe("unknown-kind");
    }

    [Fact]
    public void CellOf_WhatIsMissingOrUnknown_IsItsColumnOrNothing()
    {
        (List<SheetRow> rows, _) = Read("targets/2/due,targets/1/due,targets/2/indicator,kind,fund\n2018-06-01,,,project,\n");
        SheetRow row = rows.ShouldHaveSingleItem();
        row.CellOf("/targets/0/due").ShouldBe("A2", "the first that is stated");
        row.CellOf("/targets/0/indicator").ShouldBe("C2", "empty, and where it is to be written");
        row.CellOf("/targets/0/measure").ShouldBe("A2", "no column, but the group is here");
        row.CellOf("/targets").ShouldBe("A2");
        row.CellOf("/fund").ShouldBe("E2");
        row.CellOf("/date").ShouldBeNull();
        row.CellOf("").ShouldBeNull();
        row.CellOf("/targets~12~1due").ShouldBeNull();
    }

    [Fact]
    public void Column_ThatTheRowsKindLacks_IsFoundByTheReader()
    {
        (List<SheetRow> rows, _) = Read("kind,date,targets/1/indicator\ninterest,2018-06-01,a\n");
        var findings = new Findings();
        PostingReader.ReadPosting(rows.Single().Body, SampleRow.Today, findings);
        Finding unknown = findings.All.Single(one => one.Code.StartsWith("unknown", StringComparison.Ordinal));
        rows[0].CellOf(unknown.Pointer).ShouldBe("C2");
    }

    [Theory]
    [InlineData("unknown-column", "A1", "colour,kind\n1,fund\n")]
    [InlineData("unknown-column", "B1", "kind,targets/01/due\n")]
    [InlineData("unknown-column", "B1", "kind,targets/51/due\n")]
    [InlineData("unknown-column", "B1", "kind,targets/due\n")]
    [InlineData("unknown-column", "B1", "kind,targets\n")]
    [InlineData("unknown-column", "B1", "kind,fund/1\n")]
    [InlineData("duplicate-column", "C1", "kind,date,日期 (date)\n")]
    [InlineData("not-in-a-sheet", "B1", "kind,replacement\n")]
    [InlineData("not-in-a-sheet", null, "kind,date\ncorrection,2018-06-01\n")]
    [InlineData("no-header", "C2", "kind,date,,fund\nfund,2018-06-01,lost,f-1\n")]
    [InlineData("no-header", "C2", "kind,date\nfund,2018-06-01,lost\n")]
    [InlineData("no-kind-column", null, "date,fund\n2018-06-01,f\n")]
    [InlineData("bad-csv", null, "kind,date\nfund,2018\"-06-01\n")]
    [InlineData("bad-csv", null, "kind,date\nfund,\"2018-06-01\n")]
    [InlineData("bad-csv", null, "kind,date\nfund,\"2018\"-06-01\n")]
    [InlineData("personal-data", "A2", "kind,reason\n# 联系人 13800138000,\n")]
    [InlineData("personal-data", "A1", "姓名,年龄\n")]
    [InlineData("personal-data", "B1", "kind,电话 13800138000 (reason)\n")]
    [InlineData("personal-data", "A2", "kind,reason,fund,programmes\n张秀英,女,45岁,x\n")]
    public void File_WithAMistake_IsToldWithItsCell(string code, string? cell, string text)
    {
        (List<SheetRow> rows, SheetFindings findings) = Read(text);
        SheetFinding found = findings.All[0];
        (found.Finding.Code, found.Cell, found.Sheet).ShouldBe((code, cell, null));
        rows.ShouldBeEmpty();
        if (code == "personal-data")
        {
            found.ToString().ShouldNotContain("138");
            found.ToString().ShouldNotContain("秀英");
            found.Finding.Found.ShouldBeNull();
        }
    }

    [Fact]
    public void Row_WithAMistake_IsLeftOutAndTheOthersAreRead()
    {
        (List<SheetRow> rows, SheetFindings findings) = Read(Header + Row + "correction,2018-06-01,f-1,x\n" + Row);
        rows.Select(row => row.Row).ShouldBe([2, 4]);
        findings.All.ShouldHaveSingleItem().Row.ShouldBe(3);
    }

    [Fact]
    public void NotUtf8_IsToldHowToSaveIt_AndGb18030IsReadWhereItIsNamed()
    {
        Encoding gb = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
        byte[] file = gb.GetBytes(Header + Row);

        Codes(file, null).ShouldBe(["not-utf8"]);
        Codes(file, "utf-8").ShouldBe(["not-utf8"]);
        foreach (string charset in new[] { "gb18030", "GBK", "gb2312" })
        {
            var findings = new SheetFindings();
            Text(CsvSheet.Read(file, charset, findings).Single()).ShouldContain("余款");
            findings.All.ShouldBeEmpty();
        }

        Codes([.. file, 0xFF, 0xFF], "gbk").ShouldBe(["not-gb18030"]);
        Codes(file, "utf-16").ShouldBe(["unsupported-charset"]);
        Codes([.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(Header + Row)], "gbk").ShouldBeEmpty("the mark says more surely what it is");
    }

    [Fact]
    public void Gb18030_OfAnyBytes_NeverThrows()
    {
        var random = new Random(20261122);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] noise = new byte[random.Next(60)];
            random.NextBytes(noise);
            byte[] file = [.. "kind,reason\nfund,"u8, .. noise];
            var findings = new SheetFindings();
            foreach (SheetRow row in CsvSheet.Read(file, "gb18030", findings))
            {
                PostingReader.ReadPosting(row.Body, SampleRow.Today, new Findings());
            }
        }
    }

    [Fact]
    public void Limits_AreTheLastThatPass()
    {
        string rows = string.Concat(Enumerable.Repeat(Row, SheetLimits.RowCountMax));
        Codes(Header + rows).ShouldBeEmpty();
        Codes(Header + rows + Row).ShouldBe(["too-many-rows"]);
        Codes(Header + string.Concat(Enumerable.Repeat("# x\n", SheetLimits.RowCountMax + SheetLimits.OtherRowCountMax))).ShouldBe(["too-many-rows"]);
        Codes($"kind{new string(',', SheetLimits.ColumnCountMax - 1)}fund\n").ShouldBeEmpty();
        Codes($"kind{new string(',', SheetLimits.ColumnCountMax)}fund\n").ShouldBe(["too-many-columns"]);
        Codes($"kind,reason\nfund,{new string('x', SheetLimits.CellLengthMax)}\n").ShouldBeEmpty();
        Codes($"kind,reason\nfund,{new string('x', SheetLimits.CellLengthMax + 1)}\n").ShouldBe(["cell-too-long"]);
        string wide = string.Join(',', Enumerable.Range(0, 50).SelectMany(n => new[] { $"targets/{n + 1}/indicator", $"targets/{n + 1}/measure" }));
        string full = string.Join(',', Enumerable.Repeat(new string('x', SheetLimits.CellLengthMax), 33));
        Codes($"{wide},kind\n{full}\n").ShouldBe(["row-too-long"]);
    }

    [Fact]
    public void Findings_BeyondTheirNumber_EndTheReading()
    {
        (_, SheetFindings findings) = Read(Header + string.Concat(Enumerable.Repeat("correction\n", SheetFindings.CountMax + 10)));
        findings.All.Count.ShouldBe(SheetFindings.CountMax);
        findings.IsFull.ShouldBeTrue();
    }

    [Fact]
    public void Rows_AreReadOneByOne()
    {
        using IEnumerator<SheetRow> rows = CsvSheet.Read(Encoding.UTF8.GetBytes(Header + Row + "fund,\"never closed"), null, new SheetFindings()).GetEnumerator();
        rows.MoveNext().ShouldBeTrue();
        rows.Current.Row.ShouldBe(2);
        rows.MoveNext().ShouldBeFalse();
    }

    private static (List<SheetRow> Rows, SheetFindings Findings) Read(string text)
    {
        var findings = new SheetFindings();
        return ([.. CsvSheet.Read(Encoding.UTF8.GetBytes(text), null, findings)], findings);
    }

    private static string[] Codes(string text) => Codes(Encoding.UTF8.GetBytes(text), null);

    private static string[] Codes(byte[] file, string? charset)
    {
        var findings = new SheetFindings();
        _ = CsvSheet.Read(file, charset, findings).Count();
        return [.. findings.All.Select(one => one.Finding.Code)];
    }

    private static string JsonOf(string text)
    {
        (List<SheetRow> rows, SheetFindings findings) = Read(text);
        findings.All.ShouldBeEmpty();
        return Text(rows.ShouldHaveSingleItem());
    }

    private static string Text(SheetRow row) => Encoding.UTF8.GetString(row.Body);
}

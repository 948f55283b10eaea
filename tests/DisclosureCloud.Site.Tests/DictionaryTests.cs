using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site.Tests;

/// <summary>No kind and no field is public without saying, in both languages, what it means.</summary>
public sealed class DictionaryTests
{
    private static readonly TestSite Site = TestSite.Of(TestSite.SnapshotOf([])); // The words are there before the first entry.

    public static TheoryData<string> Kinds => [.. KindSchema.All.Select(kind => kind.Name)];

    [Theory]
    [InlineData("")]
    [InlineData("en/")]
    public void Index_OfEveryKind_LinksItsPageAndIsLinkedFromTheData(string root)
    {
        string[] links = [.. Site.Page($"{root}data/dictionary/index.html").QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!)];

        links.ShouldBe(KindSchema.All.Select(kind => $"/{root}data/dictionary/{kind.Name}/"));
        Site.Page($"{root}data/index.html").QuerySelector($"main a[href='/{root}data/dictionary/']").ShouldNotBeNull();
        Site.Page($"{root}index.html").QuerySelector($"footer a[href='/{root}data/dictionary/']").ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_OnItsPages_HasEveryFieldWithItsMeaning(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        foreach ((string path, bool chinese) in new[] { ($"data/dictionary/{name}/index.html", true), ($"en/data/dictionary/{name}/index.html", false) })
        {
            IHtmlDocument page = Site.Page(path);
            page.QuerySelector("h1")!.TextContent.ShouldBe(chinese ? kind.Chinese : kind.English, StringCompareShould.IgnoreCase);
            IElement[] rows = [.. page.QuerySelectorAll(".fields tbody tr")];
            rows.Select(row => row.QuerySelector("th code")!.TextContent).ShouldBe(kind.Fields.Select(field => field.Name));
            foreach ((IElement row, FieldSchema field) in rows.Zip(kind.Fields))
            {
                IElement[] cells = [.. row.QuerySelectorAll("td")];
                cells[0].TextContent.ShouldBe(chinese ? field.Chinese : field.English, $"{path}, {field.Name}");
                cells.ShouldAllBe(cell => !string.IsNullOrWhiteSpace(cell.TextContent), $"{path}, {field.Name}");
                cells[3].TextContent.Contains(chinese ? "承诺值" : "commitment", StringComparison.Ordinal).ShouldBe(field.IsForgettable, $"{path}, {field.Name}");
                cells[2].TextContent.ShouldBe(Stated(field, chinese), $"{path}, {field.Name}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_WithItsFields_IsInWordsOfBothLanguages(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        TypeWords[] types = [.. kind.Fields.Select(field => TypeWords.Of(field.ValueType))];

        IsChinese(kind.Chinese).ShouldBeTrue(name);
        IsEnglish(kind.English).ShouldBeTrue(name);
        kind.Fields.ShouldAllBe(field => IsChinese(field.Chinese) && IsEnglish(field.English));
        types.ShouldAllBe(type => IsChinese(type.Chinese) && IsEnglish(type.English));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_WithCodes_ListsAllOfThem(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        IHtmlDocument page = Site.Page($"en/data/dictionary/{name}/index.html");
        foreach (FieldSchema field in kind.Fields.Where(field => field.ValueType.IsEnum))
        {
            string id = page.QuerySelector($"#field-{field.Name} a")!.GetAttribute("href")!;
            page.QuerySelectorAll($"{id} tbody code").Select(code => code.TextContent).ShouldBe(Code.Texts(field.ValueType));
        }

        page.QuerySelectorAll("[id^=codes-]").Length.ShouldBe(kind.Fields.Where(field => field.ValueType.IsEnum).Select(field => field.ValueType).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_ThatCanBeSent_LinksItsSchema(string name)
    {
        KindSchema kind = KindSchema.Find(name)!;
        IHtmlDocument page = Site.Page($"data/dictionary/{name}/index.html");
        bool sent = name is not ("publication" or "archive-seal");

        page.QuerySelectorAll("a").Any(link => link.GetAttribute("href") == $"/data/schemas/{name}.json").ShouldBe(sent);
        page.Body!.TextContent.Contains($"/api/schemas/{name}.json", StringComparison.Ordinal).ShouldBe(sent);
        Site.Files.ContainsKey($"data/schemas/{name}.json").ShouldBe(sent);
        if (kind.IsPosted)
        {
            Site.Files[$"data/schemas/{name}.json"].ShouldBe(CanonicalJson.Write(KindJsonSchema.Of(kind)));
        }
    }

    [Fact]
    public void Schema_OfANotice_IsItsOwn() => Site.Files["data/schemas/notice.json"].ShouldBe(CanonicalJson.Write(KindJsonSchema.OfNotice()));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_WithATable_LinksItsFiles(string name)
    {
        string[] links = [.. Site.Page($"en/data/dictionary/{name}/index.html").QuerySelectorAll(".downloads a").Select(link => link.GetAttribute("href")!)];

        foreach (DataTable table in DataTables.All.Where(table => table.Name != "entries" && table.Kinds.Any(kind => kind.Name == name)))
        {
            links.ShouldContain(link => link == $"/{table.CsvPath}");
            links.ShouldContain(link => link == $"/{table.NdjsonPath}");
        }
    }

    [Theory]
    [InlineData("en/data/dictionary/project/index.html", "projectCount", "whole number 1 to 1,000,000")]
    [InlineData("en/data/dictionary/project/index.html", "totalInvestment", "amount of money (kept in fen)")]
    [InlineData("en/data/dictionary/project/index.html", "name", "text at most 4000 characters")]
    [InlineData("en/data/dictionary/fund/index.html", "budgetYear", "year 1990 to 2100")]
    [InlineData("data/dictionary/fund/index.html", "regionNames", "多项：文字 最多200项")]
    [InlineData("data/dictionary/progress/index.html", "stage", "代码，见下")]
    public void Field_OfAType_SaysItsTypeAndLimits(string path, string field, string type) =>
        Site.Page(path).QuerySelector($"#field-{field}")!.QuerySelectorAll("td")[1].TextContent.ShouldBe(type);

    [Fact]
    public void Field_OfMoney_SaysItsNameInTheLog() =>
        Site.Page("en/data/dictionary/allocation/index.html").QuerySelector("#field-amount")!.QuerySelectorAll("td")[3].TextContent.ShouldBe("the value, as amountFen");

    [Fact]
    public void TypeWords_OfATypeNobodyGaveWords_SayWhatItIs()
    {
        TypeWords.Of(typeof(PostingId)).English.ShouldBe("id");
        TypeWords.Of(typeof(Channel)).English.ShouldBe("code, listed below");
        TypeWords.Of(typeof(long)).English.ShouldBe("whole number");
        TypeWords.Of(typeof(Finding)).English.ShouldBe("group of fields");
    }

    [Fact]
    public void CodeWord_OfAListWithoutWords_IsNull()
    {
        Texts.Chinese.CodeWord(Channel.Http).ShouldBeNull();
        Texts.Chinese.CodeWord(PlanCategory.Infrastructure).ShouldBe("基础设施");
    }

    private static string Stated(FieldSchema field, bool chinese) => (field.FromNotice, field.IsRequired) switch
    {
        _ when field.FromApproval => chinese ? "批准时记下，填报不能设" : "from the approval; a posting cannot set it",
        (true, _) => chinese ? "只来自公示，填报不能设" : "from a notice alone; a posting cannot set it",
        (_, true) => chinese ? "必有" : "always",
        _ => chinese ? "未载明则无" : "where stated",
    };

    private static bool IsChinese(string text) => text.Any(c => c is >= '\u4E00' and <= '\u9FFF') || text.StartsWith("SHA-256", StringComparison.Ordinal);

    private static bool IsEnglish(string text) => text.Any(char.IsAsciiLetter) && !text.Any(c => c >= '\u2E80');
}

using System.Text;
using AngleSharp.Html.Parser;

namespace DisclosureCloud.Site.Tests;

public sealed class PageWriterTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("&lt;b&gt; & <b>")]
    [InlineData("</title><!--")]
    [InlineData("{0} {1:one|many} }} {{")]
    [InlineData("彰北办事处\u202E\u4E00")]
    public void Write_HostileTextInBothPositions_ComesBackAsText(string hostile)
    {
        byte[] bytes = PageWriter.Render(page => page.Write($"""<p title="{hostile}" lang='{hostile}'>{hostile}</p>"""));

        AngleSharp.Html.Dom.IHtmlDocument document = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(bytes));
        AngleSharp.Dom.IElement paragraph = document.QuerySelector("p")!;
        paragraph.TextContent.ShouldBe(hostile);
        paragraph.GetAttribute("title").ShouldBe(hostile);
        paragraph.GetAttribute("lang").ShouldBe(hostile);
        document.Body!.Children.Length.ShouldBe(1);
        paragraph.Children.ShouldBeEmpty();
    }

    [Fact]
    public void Write_LoneSurrogateAndNul_GivesValidUtf8()
    {
        byte[] bytes = PageWriter.Render(page => page.Write($"{"a\uD800b\0c"}"));

        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).ShouldBe("a\uFFFDb\uFFFDc");
    }

    [Fact]
    public void Write_PageOverTheFirstBuffer_KeepsEveryCharacter()
    {
        string text = string.Concat(Enumerable.Repeat("村", 40_000));

        byte[] bytes = PageWriter.Render(page => page.Write($"<p>{text}</p>"));

        Encoding.UTF8.GetString(bytes).ShouldBe($"<p>{text}</p>");
    }

    [Fact]
    public void Phrase_FilledWithHostileText_EncodesItAndFillsNoHoleTwice()
    {
        Phrase phrase = "{0} & {1}";

        byte[] bytes = PageWriter.Render(page => page.Write($"{phrase.With(new Plain("{1}<b>"), new Count(2))}"));

        Encoding.UTF8.GetString(bytes).ShouldBe("{1}&lt;b&gt; &amp; 2");
        phrase.Plain("{1}", "2").ShouldBe("{1} & 2");
    }

    [Theory]
    [InlineData(1, "1 project")]
    [InlineData(2, "2 projects")]
    public void Phrase_WithCount_TakesTheWordForIt(int count, string text)
    {
        Phrase phrase = "{0} {0:project|projects}";

        Encoding.UTF8.GetString(PageWriter.Render(page => page.Write($"{phrase.With(new Count(count))}"))).ShouldBe(text);
    }
}

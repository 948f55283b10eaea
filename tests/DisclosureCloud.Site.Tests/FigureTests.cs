using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Tests;

public sealed class FigureTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(5, "0.05")]
    [InlineData(113_500_000, "1,135,000")]
    [InlineData(113_500_050, "1,135,000.50")]
    [InlineData(-250, "\u22122.50")]
    [InlineData(Money.FenMax, "90,071,992,547,409.91")]
    public void Amount_InFen_IsYuanExactly(long fen, string text) => Amount.Text(fen).ShouldBe(text);

    [Theory]
    [InlineData(113_500_000, 1_000_000, "113.5")]
    [InlineData(2_947_760_000, 1_000_000, "2,947.76")]
    [InlineData(1, 1_000_000, "0.000001")]
    [InlineData(6_572_800_000, 100_000_000, "65.728")]
    public void Amount_InALargerUnit_IsExact(long fen, long unit, string text) => Amount.In(fen, unit).ShouldBe(text);

    [Theory]
    [InlineData(113_500_000, "113.5")]
    [InlineData(113_500_100, "113.5001")]
    [InlineData(2_679_001_684, "约2,679")]
    [InlineData(21_950_007, "约21.95")]
    [InlineData(100_005_001, "约100.01")]
    [InlineData(-100_005_001, "约\u2212100.01")]
    public void Amount_Large_IsExactOrSaysAbout(long fen, string text) => Amount.Large(fen, Texts.Chinese).ShouldBe(text);

    [Theory]
    [InlineData(9, "不足10")]
    [InlineData(1, "不足10")]
    [InlineData(0, "0")]
    [InlineData(10, "10")]
    [InlineData(1_234, "1,234")]
    public void Heads_UnderTen_AreNotShown(int count, string text) =>
        Written(new Heads(Headcount.Of(count), Texts.Chinese)).ShouldBe(text);

    [Fact]
    public void Heads_NotStatedOrWithheld_SayWhich()
    {
        Written(new Heads(null, Texts.English)).ShouldContain("not stated");
        Written(new Heads(Headcount.Withheld, Texts.English)).ShouldContain("(withheld)");
    }

    [Fact]
    public void Name_Withheld_SaysSo() => Written(new Name(FreeText.Withheld, Language.Chinese)).ShouldContain("（已依法隐去）");

    [Theory]
    [InlineData("https://www.spt.gov.cn/a.html", true)]
    [InlineData("http://x.GOV.CN/", true)]
    [InlineData("https://gov.cn.example.com/", false)]
    [InlineData("https://evilgov.cn/", false)]
    [InlineData("https://www.gov.cn@example.com/", false)]
    [InlineData("https://example.com@www.gov.cn/", false)]
    [InlineData("javascript:alert(1)//www.gov.cn", false)]
    [InlineData("ftp://www.gov.cn/", false)]
    public void Source_Address_IsALinkOnlyToAGovernment(string address, bool link)
    {
        Source.IsGovernment(address).ShouldBe(link);
        Written(new Source(FreeText.Of(address), Language.English)).Contains("<a ", StringComparison.Ordinal).ShouldBe(link);
    }

    [Theory]
    [InlineData("2019年1月22日", true)]
    [InlineData("22 January 2019", false)]
    public void Day_Date_IsInTheReadersForm(string text, bool chinese) =>
        Written(new Day(new DateOnly(2019, 1, 22), chinese ? Texts.Chinese : Texts.English)).ShouldBe($"""<time datetime="2019-01-22">{text}</time>""");

    private static string Written<TMarkup>(TMarkup markup)
        where TMarkup : IMarkup => Encoding.UTF8.GetString(PageWriter.Render(page => page.Write($"{markup}")));
}

using DisclosureCloud.Functions.Hosting.Sheets;

namespace DisclosureCloud.Functions.Tests.Sheets;

/// <summary>Numbers and dates, from their characters.</summary>
public sealed class SheetValueTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.10", "0.1")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1234567.8900000001", "1234567.89")]
    [InlineData("0.1234567890123449", "0.123456789012345")]
    [InlineData("999999999999999.9", "1000000000000000")]
    [InlineData("9999999999999995", "10000000000000000")]
    [InlineData("-1.5E-3", "-0.0015")]
    [InlineData("1E+2", "100")]
    [InlineData("1.25E1", "12.5")]
    [InlineData("4.10503199001011E+17", "410503199001011000")]
    [InlineData("100000", "100000")]
    [InlineData("1.", "1")]
    [InlineData(".5", "0.5")]
    [InlineData("1E-15", "0.000000000000001")]
    [InlineData("1E401", null)]
    [InlineData("1E99999", null)]
    [InlineData("1E999999", null)]
    [InlineData("0E99999", "0")]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("INF", null)]
    [InlineData("1\n", null)]
    [InlineData("１", null)]
    public void Plain_OfANumberAsItIsKept_IsAsItIsShown(string kept, string? plain) => SheetNumber.Plain(kept).ShouldBe(plain);

    [Theory]
    [InlineData("0", true)]
    [InlineData("-0.5e-7", true)]
    [InlineData("01", false)]
    [InlineData("1.", false)]
    [InlineData(".5", false)]
    [InlineData("+1", false)]
    [InlineData("1,000", false)]
    [InlineData("1\n", false)]
    [InlineData("１", false)]
    [InlineData("", false)]
    public void IsJson_IsWhatJsonHas(string text, bool isJson) => SheetNumber.IsJson(text).ShouldBe(isJson);

    [Theory]
    [InlineData("43252", false, "2018-06-01")]
    [InlineData("1", false, "1900-01-01")]
    [InlineData("59", false, "1900-02-28")]
    [InlineData("60", false, "60")]
    [InlineData("61", false, "1900-03-01")]
    [InlineData("2958465", false, "9999-12-31")]
    [InlineData("2958466", false, "2958466")]
    [InlineData("0", false, "0")]
    [InlineData("0", true, "1904-01-01")]
    [InlineData("41790", true, "2018-06-01")]
    [InlineData("2957003", true, "9999-12-31")]
    [InlineData("2957004", true, "2957004")]
    [InlineData("43252.5", false, "43252.5")]
    [InlineData("-1", false, "-1")]
    [InlineData("20180601", false, "20180601")]
    public void OfSerial_IsTheDay(string serial, bool from1904, string date) => SheetDate.OfSerial(serial, from1904).ShouldBe(date);

    [Theory]
    [InlineData("2018-06-01", "2018-06-01")]
    [InlineData("2018/6/1", "2018-06-01")]
    [InlineData("2018/06/01", "2018-06-01")]
    [InlineData("2018年6月1日", "2018-06-01")]
    [InlineData("2018年12月31日", "2018-12-31")]
    [InlineData("2018/2/29", "2018/2/29")]
    [InlineData("1/6/2018", "1/6/2018")]
    [InlineData("18/6/1", "18/6/1")]
    [InlineData("2018-6-1", "2018-6-1")]
    public void OfText_IsTheDayWhereTheYearStandsFirst(string text, string date) => SheetDate.OfText(text).ShouldBe(date);

    [Theory]
    [InlineData(1, 1, "A1")]
    [InlineData(26, 2, "Z2")]
    [InlineData(27, 2, "AA2")]
    [InlineData(702, 2, "ZZ2")]
    [InlineData(703, 2, "AAA2")]
    [InlineData(CellName.ColumnMax, CellName.RowMax, "XFD1048576")]
    public void CellName_ThereAndBack_IsTheSame(int column, int row, string name)
    {
        CellName.Of(column, row).ShouldBe(name);
        CellName.Parse(name).ShouldBe((column, row));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("1")]
    [InlineData("A0")]
    [InlineData("a1")]
    [InlineData("A1 ")]
    [InlineData("$A$1")]
    [InlineData("XFE1")]
    [InlineData("AAAA1")]
    [InlineData("A1048577")]
    public void Parse_OfWhatIsNoCell_IsNothing(string name) => CellName.Parse(name).ShouldBeNull();

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)] // The check value of the catalogue of such sums.
    public void ZipSum_OfKnownBytes_IsTheKnownOne(string text, uint sum)
    {
        var whole = new ZipSum();
        whole.Append(System.Text.Encoding.ASCII.GetBytes(text));
        whole.Value.ShouldBe(sum);
    }
}

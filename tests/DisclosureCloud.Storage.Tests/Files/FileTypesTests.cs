using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage.Tests;

public sealed class FileTypesTests
{
    [Theory]
    [InlineData("index.html", "text/html; charset=utf-8")]
    [InlineData("en/funds/f1.2026/index.html", "text/html; charset=utf-8")]
    [InlineData("data/a.csv", "text/csv; charset=utf-8; header=present")]
    [InlineData("data/a.ndjson", "application/x-ndjson; charset=utf-8")]
    [InlineData("status.json", "application/json")]
    [InlineData("assets/sun.svg", "image/svg+xml")]
    [InlineData("log/checkpoint", "text/plain; charset=utf-8")]
    [InlineData("log/vkey", "text/plain; charset=utf-8")]
    [InlineData("log/tile/0/x001/067", "application/octet-stream")]
    [InlineData("log/tile/0/067.p/12", "application/octet-stream")]
    [InlineData("a.html/b", "application/octet-stream")]
    [InlineData("a.HTML", "application/octet-stream")]
    [InlineData("a.", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public void Type_OfAName_IsTheTables(string path, string wanted) => FileTypes.Of(path).ShouldBe(wanted);
}

using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site.Tests.Data;

public sealed class ManifestTests
{
    private static readonly Sha256Hex Hash = Sha256Hex.Of("a"u8);

    [Fact]
    public void Manifest_WrittenAndParsed_IsTheSame()
    {
        Manifest manifest = Manifest.Of([("index.html", Hash, 1), ("data/funds.csv", Hash, 2), ("en/项目.html", Hash, 0)]);
        Manifest again = Manifest.Parse(manifest.ToBytes());
        again.Files.ShouldBe(manifest.Files);
        again.ToBytes().ShouldBe(manifest.ToBytes());
    }

    [Fact]
    public void Manifest_OfFilesInAnyOrder_IsSortedOrdinally()
    {
        Manifest manifest = Manifest.Of([("b", Hash, 1), ("B", Hash, 1), ("a/z", Hash, 1), ("a-", Hash, 1)]);
        manifest.Files.Select(file => file.Path).ShouldBe(["B", "a-", "a/z", "b"]);
        Encoding.UTF8.GetString(Manifest.Of([("a", Hash, 1)]).ToBytes())
            .ShouldBe($$"""{"files":[{"bytes":1,"path":"a","sha256":"{{Hash}}"}],"format":1}""");
    }

    [Fact]
    public void Of_APathTwice_Throws() => Should
        .Throw<ArgumentException>(() => Manifest.Of([("a", Hash, 1), ("b", Hash, 1), ("a", Hash, 2)]))
        .Message.ShouldContain("'a' is there twice");

    [Theory]
    [InlineData("data/manifest.json")]
    [InlineData("status.json")]
    [InlineData("log/checkpoint")]
    [InlineData("log/tile/0/000")]
    [InlineData("")]
    [InlineData("/index.html")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("../a")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("c:/a")]
    [InlineData("a\nb")]
    public void Of_AForbiddenPath_Throws(string path) => Should.Throw<ArgumentException>(() => Manifest.Of([(path, Hash, 1)]));

    [Theory]
    [InlineData("logo.svg")]
    [InlineData("data/log/x.json")]
    [InlineData("en/status.json")]
    [InlineData("data/manifest.json.txt")]
    public void Of_APathNearAForbiddenOne_Lists(string path) => Manifest.Of([(path, Hash, 1)]).Files.Length.ShouldBe(1);

    [Fact]
    public void Of_ANegativeLength_Throws() => Should.Throw<ArgumentException>(() => Manifest.Of([("a", Hash, -1)]));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"files":{},"format":1}""")]
    [InlineData("""{"files":[null],"format":1}""")]
    [InlineData("""{"files":[{"bytes":1,"path":"a"}],"format":1}""")]
    [InlineData("""{"files":[{"bytes":"1","path":"a","sha256":"HASH"}],"format":1}""")]
    [InlineData("""{"files":[{"bytes":1,"path":"a","sha256":"xx"}],"format":1}""")]
    [InlineData("""{"files":[{"bytes":1,"path":"status.json","sha256":"HASH"}],"format":1}""")]
    [InlineData("""{"files":[{"bytes":1,"path":"a","sha256":"HASH"},{"bytes":1,"path":"a","sha256":"HASH"}],"format":1}""")]
    [InlineData("""{"files":[{"bytes":1,"path":"b","sha256":"HASH"},{"bytes":1,"path":"a","sha256":"HASH"}],"format":1}""")]
    [InlineData("""{"files":[],"format":2}""")]
    [InlineData("""{"files":[],"files":[],"format":1}""")]
    [InlineData("""{"files":[],"format":1,"more":0}""")]
    [InlineData("""{ "files":[],"format":1}""")]
    public void Parse_OfOtherBytes_Throws(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json.Replace("HASH", Hash.Value, StringComparison.Ordinal));
        Should.Throw<FormatException>(() => Manifest.Parse(bytes));
    }

    [Fact]
    public void Parse_OfAnEmptySite_Works() => Manifest.Parse("""{"files":[],"format":1}"""u8).Files.ShouldBeEmpty();
}

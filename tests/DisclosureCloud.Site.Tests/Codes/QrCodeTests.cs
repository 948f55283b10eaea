namespace DisclosureCloud.Site.Tests.Codes;

public sealed class QrCodeTests
{
    [Fact]
    public void Code_OfEveryLength_ReadsAsTheText()
    {
        var versions = new HashSet<int>();
        for (int length = 0; length <= QrVersion.BytesMax; length++)
        {
            string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)(' ' + ((i * 37) + length) % 95)));
            QrCode code = QrCode.Of(text);
            versions.Add(code.Size);
            QrReader.Read(code.Size, (x, y) => code[x, y]).ShouldBe(text);
        }

        versions.Count.ShouldBe(10, "every version from 1 to 10 was made");
        QrVersion.BytesMax.ShouldBe(213);
    }

    [Fact]
    public void Code_OfTextInUtf8_ReadsAsTheText()
    {
        QrCode code = QrCode.Of("阳光资金");

        QrReader.Read(code.Size, (x, y) => code[x, y]).ShouldBe("阳光资金");
    }

    [Fact]
    public void Code_OfTooLongAText_IsRefused() =>
        Should.Throw<ArgumentException>(() => QrCode.Of(new string('a', QrVersion.BytesMax + 1))).Message.ShouldContain("213 bytes");

    /// <summary>"HELLO WORLD" in version 1, level M: the example that tutorials of the standard work through.</summary>
    [Fact]
    public void Remainder_OfAKnownBlock_IsTheKnownOne()
    {
        byte[] block = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17];

        ReedSolomon.Remainder(block, 10).ShouldBe([196, 35, 39, 119, 235, 215, 231, 226, 93, 23]);
    }
}

using System.Text;

namespace DisclosureCloud.Transparency.Tests;

public sealed class CosignatureTests
{
    // Both of c2sp.org/tlog-cosignature.
    private const string CosignedNote =
        """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

        """;

    private const string Message =
        """
        cosignature/v1
        time 1679315147
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        """;

    private const string Checkpoint20852163 = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    [Fact]
    public void Message_OfTheSpecificationsNote_IsTheOneItPrints()
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(CosignedNote));
        var cosignature = TimestampedSignature.Parse(note.Signatures[1].Bytes);
        cosignature.TimestampSeconds.ShouldBe(1_679_315_147);
        cosignature.ToBytes().ShouldBe(note.Signatures[1].Bytes.ToArray());
        new CosignatureMessage(cosignature.TimestampSeconds, Checkpoint.Parse(note.Text)).Text.ShouldBe(Message);
        Should.Throw<FormatException>(() => TimestampedSignature.Parse(note.Signatures[0].Bytes), "the log's own signature has no time");
    }

    [Fact]
    public void Message_WrittenAndRead_IsTheSame()
    {
        var message = CosignatureMessage.Parse(Message + "an extension\n");
        message.TimestampSeconds.ShouldBe(1_679_315_147);
        message.Checkpoint.Extensions.ShouldBe(["an extension"]);
        message.Text.ShouldBe(Message + "an extension\n");
    }

    [Fact]
    public void Timestamp_ToTwoToTheSixtyThird_IsTakenAndNoFurther()
    {
        CosignatureMessage.Parse($"cosignature/v1\ntime 9223372036854775807\n{Checkpoint20852163}").TimestampSeconds.ShouldBe(long.MaxValue);
        Should.Throw<FormatException>(() => CosignatureMessage.Parse($"cosignature/v1\ntime 9223372036854775808\n{Checkpoint20852163}"));
        Should.Throw<ArgumentOutOfRangeException>(() => new CosignatureMessage(-1, Checkpoint.Parse(Checkpoint20852163)));

        byte[] bytes = new TimestampedSignature(long.MaxValue, new byte[64]).ToBytes();
        TimestampedSignature.Parse(bytes).TimestampSeconds.ShouldBe(long.MaxValue);
        bytes[0] = 0x80;
        Should.Throw<FormatException>(() => TimestampedSignature.Parse(bytes));
        Should.Throw<ArgumentOutOfRangeException>(() => new TimestampedSignature(-1, new byte[64]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cosignature/v1\n")]
    [InlineData("cosignature/v1\ntime 1\n")]
    [InlineData("cosignature/v2\ntime 1\n" + Checkpoint20852163)]
    [InlineData(" cosignature/v1\ntime 1\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\r\ntime 1\r\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\ntime\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\ntime \n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\ntime  1\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\ntime 01\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\ntime -1\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\ntime +1\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\ntime 1 \n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\nTime 1\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\ntime 1\n\n" + Checkpoint20852163)]
    [InlineData("cosignature/v1\ntime 1\n" + Checkpoint20852163 + "\n")]
    public void Parse_OfAnotherMessage_IsRefused(string text) => Should.Throw<FormatException>(() => CosignatureMessage.Parse(text));

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(71)]
    [InlineData(73)]
    public void Parse_OfASignatureOfAnotherLength_IsRefused(int length)
    {
        Should.Throw<FormatException>(() => TimestampedSignature.Parse(new byte[length]));
        Should.Throw<ArgumentException>(() => new TimestampedSignature(0, new byte[length == 64 ? 63 : length]));
    }
}

namespace DisclosureCloud.Transparency.Tests;

public sealed class CheckpointTests
{
    // Of c2sp.org/tlog-checkpoint.
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private const string Example = $"example.com/behind-the-sofa\n20852163\n{Root}\n";

    [Fact]
    public void Parse_OfTheSpecificationsExample_FindsItsParts()
    {
        var checkpoint = Checkpoint.Parse(Example);
        checkpoint.Origin.ShouldBe("example.com/behind-the-sofa");
        checkpoint.Head.ShouldBe(new TreeHead(20_852_163, TreeHash.ParseBase64(Root)));
        checkpoint.Extensions.ShouldBeEmpty();
        checkpoint.Text.ShouldBe(Example);
    }

    [Fact]
    public void Parse_OfGosTreeNote_FindsItsParts()
    {
        // golang.org/x/mod/sumdb/tlog, note_test.go: the root is the leaf hash of "hello world".
        const string text = "go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n";
        new Checkpoint("go.sum database tree", new TreeHead(123_456_789_012, Rfc6962.LeafHash("hello world"u8))).Text.ShouldBe(text);
        Checkpoint.Parse(text).Text.ShouldBe(text);
    }

    [Fact]
    public void Parse_WithExtensionLines_KeepsThem()
    {
        var checkpoint = Checkpoint.Parse(Example + "one 扩展\n two \n");
        checkpoint.Extensions.ShouldBe(["one 扩展", " two "]);
        checkpoint.Text.ShouldBe(Example + "one 扩展\n two \n");
        new Checkpoint(checkpoint.Origin, checkpoint.Head, "one 扩展", " two ").Text.ShouldBe(checkpoint.Text);
    }

    [Fact]
    public void Checkpoint_OfTheEmptyTree_HasSizeZeroAndItsRoot()
    {
        var checkpoint = new Checkpoint("log", TreeHead.Empty);
        checkpoint.Text.ShouldBe("log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
        Checkpoint.Parse(checkpoint.Text).Head.ShouldBe(TreeHead.Empty);
        Should.Throw<FormatException>(() => Checkpoint.Parse($"log\n0\n{Root}\n"));
    }

    [Fact]
    public void Parse_OfTheLargestSize_IsTakenAndOneMoreIsNot()
    {
        Checkpoint.Parse($"log\n4611686018427387904\n{Root}\n").Head.Size.ShouldBe(TreeHead.SizeMax);
        Should.Throw<FormatException>(() => Checkpoint.Parse($"log\n4611686018427387905\n{Root}\n"));
        Should.Throw<FormatException>(() => Checkpoint.Parse($"log\n18446744073709551616\n{Root}\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("log\n")]
    [InlineData("log\n1\n")]
    [InlineData($"log\n1\n{Root}")]
    [InlineData($"\n1\n{Root}\n")]
    [InlineData($"log\n\n1\n{Root}\n")]
    [InlineData($"log\n1\n{Root}\n\n")]
    [InlineData($"log\n1\n{Root}\nx\n\ny\n")]
    [InlineData($"log\n01\n{Root}\n")]
    [InlineData($"log\n00\n{Root}\n")]
    [InlineData($"log\n+1\n{Root}\n")]
    [InlineData($"log\n-1\n{Root}\n")]
    [InlineData($"log\n-0\n{Root}\n")]
    [InlineData($"log\n 1\n{Root}\n")]
    [InlineData($"log\n1 \n{Root}\n")]
    [InlineData($"log\n1,000\n{Root}\n")]
    [InlineData($"log\n1e3\n{Root}\n")]
    [InlineData($"log\n0x1\n{Root}\n")]
    [InlineData($"log\n١\n{Root}\n")]
    [InlineData($"log\r\n1\r\n{Root}\r\n")]
    [InlineData($"log\n1\n{Root}\r\n")]
    [InlineData($"lo\tg\n1\n{Root}\n")]
    [InlineData($"lo\0g\n1\n{Root}\n")]
    [InlineData($"log\n1\n{Root}\nx\ty\n")]
    [InlineData("log\n1\n\n")]
    [InlineData($"log\n1\n {Root}\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")] // Spare bits.
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n")] // The alphabet for URLs.
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jx\n")] // 30 bytes.
    public void Parse_OfAnotherText_IsRefused(string text) => Should.Throw<FormatException>(() => Checkpoint.Parse(text));

    [Fact]
    public void Checkpoint_WithALoneSurrogate_IsRefused()
    {
        Should.Throw<FormatException>(() => Checkpoint.Parse($"lo\ud800g\n1\n{Root}\n"));
        Should.Throw<FormatException>(() => Checkpoint.Parse($"log\n1\n{Root}\n\udc00\n"));
        Should.Throw<ArgumentException>(() => new Checkpoint("log\ud800", TreeHead.Empty));
    }

    [Fact]
    public void Parse_OfTheLongestText_IsTakenAndOneMoreIsNot()
    {
        string longest = Example + new string('x', Checkpoint.LengthMax - Example.Length - 1) + "\n";
        Checkpoint.Parse(longest).Text.ShouldBe(longest);
        Should.Throw<FormatException>(() => Checkpoint.Parse(Example + "x" + longest[Example.Length..]));
        Should.Throw<ArgumentException>(() => new Checkpoint("log", TreeHead.Empty, new string('x', Checkpoint.LengthMax)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    public void Checkpoint_OfALineThatIsNone_IsRefused(string line)
    {
        Should.Throw<ArgumentException>(() => new Checkpoint(line, TreeHead.Empty));
        Should.Throw<ArgumentException>(() => new Checkpoint("log", TreeHead.Empty, "good", line));
    }
}

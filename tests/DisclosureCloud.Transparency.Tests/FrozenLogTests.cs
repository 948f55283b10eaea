namespace DisclosureCloud.Transparency.Tests;

/// <summary>The text that tells of a log's end.</summary>
public sealed class FrozenLogTests
{
    private const string Text = """
        disclosurecloud-frozen-log/v1
        origin log.example/county
        size 0
        root 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
        frozen 2031-05-06
        reason key-compromised
        successor log.example/county-2

        """;

    [Fact]
    public void Text_Written_IsReadAgain()
    {
        var log = new FrozenLog("log.example/county", TreeHead.Empty, new DateOnly(2031, 5, 6), FreezeReason.KeyCompromised, "log.example/county-2");
        log.Text.ShouldBe(Text.ReplaceLineEndings("\n"));
        var read = FrozenLog.Parse(log.Text);
        (read.Origin, read.Head, read.FrozenOn, read.Reason, read.Successor).ShouldBe((log.Origin, log.Head, log.FrozenOn, log.Reason, log.Successor));
        new FrozenLog("log.example/county", TreeHead.Empty, log.FrozenOn, FreezeReason.Closed, successor: null).Text.ShouldEndWith("reason closed\nsuccessor none\n");
        FrozenLog.Parse(Text.ReplaceLineEndings("\n").Replace("county-2", "county-3", StringComparison.Ordinal)).Successor.ShouldBe("log.example/county-3");
    }

    [Fact]
    public void Text_OfAnEnd_IsNoCheckpoint() => Should.Throw<FormatException>(() => Checkpoint.Parse(Text.ReplaceLineEndings("\n")));

    [Theory]
    [InlineData("v1", "v2")]
    [InlineData("size 0", "size 00")]
    [InlineData("size 0", "size 1x")]
    [InlineData("size 0", "tree 0")]
    [InlineData("47DE", "57DE")]
    [InlineData("2031-05-06", "2031-05-6")]
    [InlineData("2031-05", "2031-13")]
    [InlineData("reason key-compromised", "reason lost")]
    [InlineData("successor log.example/county-2", "successor log.example/county")]
    [InlineData("successor log.example/county-2", "successor two words")]
    [InlineData("successor log.example/county-2\n", "successor log.example/county-2")]
    [InlineData("successor log.example/county-2\n", "successor log.example/county-2\nmore\n")]
    [InlineData("reason key-compromised\n", "")]
    public void Text_Otherwise_IsRefused(string old, string changed) =>
        Should.Throw<FormatException>(() => FrozenLog.Parse(Text.ReplaceLineEndings("\n").Replace(old, changed, StringComparison.Ordinal)));

    [Theory]
    [InlineData("log.example/county")]
    [InlineData("none")]
    [InlineData("")]
    [InlineData("a b")]
    public void Successor_ThatIsNoOtherLog_IsRefused(string successor) =>
        Should.Throw<ArgumentException>(() => new FrozenLog("log.example/county", TreeHead.Empty, default, FreezeReason.Closed, successor));
}

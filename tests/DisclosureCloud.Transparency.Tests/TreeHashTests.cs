namespace DisclosureCloud.Transparency.Tests;

public sealed class TreeHashTests
{
    private static readonly TreeHash Hash = Rfc6962.LeafHash("an entry"u8);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void TreeHash_OfAnotherLength_IsRefused(int length)
    {
        Should.Throw<ArgumentException>(() => new TreeHash(new byte[length]));
        Should.Throw<FormatException>(() => TreeHash.ParseBase64(Convert.ToBase64String(new byte[length])));
    }

    [Fact]
    public void TreeHash_InBase64AndBack_IsTheSame() => TreeHash.ParseBase64(Hash.ToBase64()).ShouldBe(Hash);

    [Fact]
    public void ParseBase64_OfASecondTextForTheSameBytes_IsRefused()
    {
        // The last character before the padding holds two spare bits: 'A' and 'B' are the same bytes to a reader that drops them.
        string text = new TreeHash(new byte[32]).ToBase64();
        text.ShouldEndWith("A=");
        Should.Throw<FormatException>(() => TreeHash.ParseBase64(text[..^2] + "B="));
        Should.Throw<FormatException>(() => TreeHash.ParseBase64(text[..8] + " " + text[8..]));
        Should.Throw<FormatException>(() => TreeHash.ParseBase64(text[..^1]));
    }

    [Fact]
    public void TreeHash_WithAnyBitFlipped_IsAnother()
    {
        for (int bit = 0; bit < 256; bit++)
        {
            (Hash.WithBitFlipped(bit) == Hash).ShouldBeFalse();
            Hash.WithBitFlipped(bit).Equals((object)Hash).ShouldBeFalse();
            (Hash.WithBitFlipped(bit).WithBitFlipped(bit) != Hash).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(TreeHead.SizeMax + 1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void TreeHead_OfASizeOutOfRange_IsRefused(long size) => Should.Throw<ArgumentOutOfRangeException>(() => new TreeHead(size, Hash));

    [Fact]
    public void TreeHead_OfSizeZero_HasTheRootOfTheEmptyTreeAlone()
    {
        Should.Throw<ArgumentException>(() => new TreeHead(0, Hash));
        new TreeHead(0, Rfc6962.EmptyRoot).ShouldBe(TreeHead.Empty);
        new TreeHead(TreeHead.SizeMax, Hash).Size.ShouldBe(1L << 62);
    }
}

internal static class TreeHashes
{
    public static TreeHash WithBitFlipped(this TreeHash hash, int bit)
    {
        byte[] bytes = hash.Bytes.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return new TreeHash(bytes);
    }
}

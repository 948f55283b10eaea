namespace DisclosureCloud.Transparency.Tests;

public sealed class EntryBundleTests
{
    [Fact]
    public void Encode_OfThreeEntries_PutsTheLengthBeforeEach()
    {
        byte[] bundle = EntryBundle.Encode([Bytes("ab"), Bytes(""), Bytes("c")]);
        bundle.ShouldBe([0, 2, (byte)'a', (byte)'b', 0, 0, 0, 1, (byte)'c']);
        EntryBundle.Decode(bundle, 3).Select(entry => entry.ToArray()).ShouldBe([[(byte)'a', (byte)'b'], [], [(byte)'c']]);
    }

    [Fact]
    public void Encode_OfAsManyAndAsLongAsCanBe_IsReadBack()
    {
        ReadOnlyMemory<byte>[] entries = [.. Enumerable.Range(0, 256).Select(i => (ReadOnlyMemory<byte>)Enumerable.Repeat((byte)i, 65_535 - i).ToArray())];
        IReadOnlyList<ReadOnlyMemory<byte>> read = EntryBundle.Decode(EntryBundle.Encode(entries), 256);
        read.Count.ShouldBe(256);
        read.Zip(entries).Count(pair => pair.First.Span.SequenceEqual(pair.Second.Span)).ShouldBe(256);
    }

    [Fact]
    public void Encode_OfNoneTooManyOrTooLong_IsRefused()
    {
        Should.Throw<ArgumentException>(() => EntryBundle.Encode([]));
        Should.Throw<ArgumentException>(() => EntryBundle.Encode([.. Enumerable.Repeat(Bytes("a"), 257)]));
        Should.Throw<ArgumentException>(() => EntryBundle.Encode([new byte[65_536]]));
    }

    [Fact]
    public void Decode_OfABundleCutAnywhereOrLengthened_IsRefused()
    {
        byte[] bundle = EntryBundle.Encode([Bytes("ab"), Bytes(""), Bytes("cdefg")]);
        for (int length = 0; length < bundle.Length; length++)
        {
            Should.Throw<FormatException>(() => EntryBundle.Decode(bundle.AsMemory(0, length), 3), $"cut to {length}");
        }

        Should.Throw<FormatException>(() => EntryBundle.Decode((byte[])[.. bundle, 0], 3));
        Should.Throw<FormatException>(() => EntryBundle.Decode((byte[])[.. bundle, 0, 0], 3));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(256)]
    public void Decode_OfAnotherNumberOfEntries_IsRefused(int width) =>
        Should.Throw<FormatException>(() => EntryBundle.Decode(EntryBundle.Encode([Bytes("ab"), Bytes(""), Bytes("c")]), width));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void Decode_OfAWidthThatNoBundleHas_IsRefused(int width) =>
        Should.Throw<ArgumentOutOfRangeException>(() => EntryBundle.Decode(new byte[600], width));

    private static ReadOnlyMemory<byte> Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}

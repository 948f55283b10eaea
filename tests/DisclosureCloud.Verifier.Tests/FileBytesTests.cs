using System.Buffers;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>A file in borrowed memory is no shorter, no longer and no other than it was.</summary>
public sealed class FileBytesTests
{
    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(9, 10, 9)]
    [InlineData(10, 10, 10)]
    [InlineData(11, 10, 11)]
    [InlineData(300_000, 10, 11)]
    [InlineData(300_000, 299_999, 300_000)]
    [InlineData(300_000, 1_000_000, 300_000)]
    [InlineData(5, 0, 1)]
    public async Task File_OfAnyLength_IsReadToItsEndOrOneByteBeyondWhatIsAllowed(int length, int lengthMax, int wanted)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        foreach (bool canSeek in new[] { true, false })
        {
            using var source = new OneFile(bytes, canSeek);
            using FileBytes file = (await source.RentAsync("any", lengthMax, TestContext.Current.CancellationToken)).ShouldNotBeNull();
            file.Bytes.ToArray().ShouldBe(bytes[..wanted]);
        }
    }

    [Fact]
    public void File_ThatWasDisposedOf_GivesNoBytes()
    {
        var file = new FileBytes(10);
        file.Dispose();
        file.Dispose();
        Should.Throw<ObjectDisposedException>(() => file.Bytes);
        byte[] one = ArrayPool<byte>.Shared.Rent(10);
        ArrayPool<byte>.Shared.Rent(10).ShouldNotBeSameAs(one, "given back twice, it would be lent to two");
    }

    private sealed class OneFile(byte[] bytes, bool canSeek) : ISiteSource
    {
        public string Name => "one file";

        public bool CanList => false;

        public int ParallelMax => 1;

        public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) => Task.FromResult<Stream?>(new InPieces(bytes, canSeek));

        public IEnumerable<string> List(string folder) => [];

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    // As a network gives it: less at a time than was asked for.
    private sealed class InPieces(byte[] bytes, bool canSeek) : MemoryStream(bytes)
    {
        public override bool CanSeek => canSeek;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 7_001)], cancellationToken);
    }
}

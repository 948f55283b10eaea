using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>Every 4,096 leaves become a segment of the archive, and an entry in the log says so.</summary>
public sealed class SealerTests : IDisposable
{
    private readonly LogWorld _world = new();

    [Fact]
    public async Task Follow_4096Leaves_AreSealedByAnEntryThatFollowsThem()
    {
        await _world.RecordFactsAsync(Segment.LeavesMax - 1);
        await _world.Start().FollowAsync(LogWorld.Cancel);
        _world.Segments.ShouldBeEmpty();
        await _world.RecordFactsAsync(1);
        (await _world.Start().FollowAsync(LogWorld.Cancel))!.Head.Size.ShouldBe(Segment.LeavesMax + 1);

        IReadOnlyList<ReadOnlyMemory<byte>> leaves = await _world.AssertOneHistoryAsync();
        var seal = (ArchiveSeal)SealedFact.Of(new Leaf(default, leaves[^1]).Json).Open(_ => null);
        byte[] file = _world.Archive[_world.Segments.ShouldHaveSingleItem()];
        seal.ShouldBe(new ArchiveSeal(0, 0, Segment.LeavesMax, Sha256Hex.Of(file)));
        Segment.Read(file, seal.Sha256).Leaves.Zip(leaves, (found, wanted) => found.Span.SequenceEqual(wanted.Span)).ShouldAllBe(same => same);
        (await _world.Start().FollowAsync(LogWorld.Cancel))!.Head.Size.ShouldBe(Segment.LeavesMax + 1, "It is sealed once.");
    }

    [Fact]
    public async Task Follow_KilledAroundTheSegment_SealsItOnce()
    {
        await _world.RecordFactsAsync(Segment.LeavesMax);
        foreach (bool before in new[] { true, false })
        {
            Sequencer dying = _world.Start((write, isBefore) =>
            {
                if (write.StartsWith("archive segments/", StringComparison.Ordinal) && isBefore == before)
                {
                    throw new IOException("Killed.");
                }
            });
            await Should.ThrowAsync<IOException>(() => dying.FollowAsync(LogWorld.Cancel));
        }

        (await _world.Start().FollowAsync(LogWorld.Cancel))!.Head.Size.ShouldBe(Segment.LeavesMax + 1);
        _world.Segments.ShouldHaveSingleItem();
        await _world.AssertOneHistoryAsync();
    }

    [Fact]
    public async Task IsSegment_KnowsItsOwnFilesAndNoOther()
    {
        await _world.RecordFactsAsync(Segment.LeavesMax);
        Sequencer sequencer = _world.Start();
        await sequencer.FollowAsync(LogWorld.Cancel);
        string path = _world.Segments.Single();
        byte[] file = _world.Archive[path];
        (await sequencer.IsSegmentAsync(path, LogWorld.Cancel)).ShouldBeTrue();

        // Well formed, and of other leaves: whoever writes such a file names it by its hash.
        IReadOnlyList<ReadOnlyMemory<byte>> leaves = Segment.Read(file, Sha256Hex.Of(file)).Leaves;
        byte[] other = Segment.Write(0, [.. leaves.Skip(1), leaves[0]]);
        await AssertForeignAsync(Segment.PathOf(0, Sha256Hex.Of(other)), other);
        await AssertForeignAsync(Segment.PathOf(1, Sha256Hex.Of(file)), file);
        await AssertForeignAsync("segments/00000000-", file);
        await AssertForeignAsync("segments/x", [1]);
        _world.Archive[path] = [.. file[..^1], (byte)(file[^1] ^ 1)];
        (await sequencer.IsSegmentAsync(path, LogWorld.Cancel)).ShouldBeFalse();

        async Task AssertForeignAsync(string foreign, byte[] bytes)
        {
            _world.Archive[foreign] = bytes;
            (await sequencer.IsSegmentAsync(foreign, LogWorld.Cancel)).ShouldBeFalse(foreign);
        }
    }

    [Fact]
    public async Task Check_SegmentGone_IsAnAlarmAndPutAgain()
    {
        await _world.RecordFactsAsync(Segment.LeavesMax);
        Sequencer sequencer = _world.Start();
        await sequencer.FollowAsync(LogWorld.Cancel);
        string path = _world.Segments.Single();
        byte[] file = _world.Archive[path];
        _world.Archive.Remove(path);
        await sequencer.CheckAsync(LogWorld.Cancel);
        _world.Archive[path].ShouldBe(file);
        _world.Raised.Lines.ShouldHaveSingleItem().ShouldContain("missing-from-archive");
    }

    public void Dispose() => _world.Dispose();
}

using System.Globalization;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>Any bit of any file of the log's own store and of the archive, or any end of it: it is found, and nothing is signed over it.</summary>
/// <remarks>The same over the site, with its copy of the log, is among the verifier's tests.</remarks>
public sealed class AlteredFilesTests : IDisposable
{
    private const int Rounds = 1_000;

    private readonly LogWorld _world = new();

    [Fact]
    public async Task AnyFlipOrCut_InLogOrArchive_IsFoundAndNothingIsSigned()
    {
        for (int commit = 0; commit < 20; commit++)
        {
            await _world.RecordAsync(30, string.Create(CultureInfo.InvariantCulture, $"fund-{commit % 3}"));
        }

        await _world.Start().FollowAsync(LogWorld.Cancel);
        await _world.RecordAsync(1, "later"); // Something to sign, if it did.
        byte[] row = await RowAsync();
        (IDictionary<string, byte[]> Files, string Path)[] all =
        [
            .. new[] { _world.Full, _world.Edge, _world.Archive }.SelectMany(files => files.Keys.Select(path => (files, path))),
        ];
        all.Length.ShouldBeGreaterThan(25);
        for (int seed = 0; seed < Rounds; seed++)
        {
            (IDictionary<string, byte[]> files, string path) = all[seed % all.Length];
            byte[] right = files[path];
            files[path] = ByteChange.Of(right, seed);
            if (files == _world.Archive)
            {
                (await _world.AuditAsync()).Foreign.ShouldBe([path], $"seed {seed}");
            }
            else
            {
                await Should.ThrowAsync<LogRefusedException>(() => _world.Start().FollowAsync(LogWorld.Cancel), $"seed {seed}: {path}");
            }

            (await RowAsync()).ShouldBe(row, $"seed {seed}: {path}");
            files[path] = right;
        }

        (await _world.AuditAsync()).Foreign.ShouldBeEmpty();
        await _world.Start().FollowAsync(LogWorld.Cancel);
        await _world.AssertOneHistoryAsync();
    }

    [Fact]
    public async Task AnyFlipOrCut_InASegment_IsFound()
    {
        await _world.RecordFactsAsync(Segment.LeavesMax);
        await _world.Start().FollowAsync(LogWorld.Cancel);
        string path = _world.Segments.ShouldHaveSingleItem();
        byte[] right = _world.Archive[path];
        for (int seed = 0; seed < 20; seed++)
        {
            _world.Archive[path] = ByteChange.Of(right, seed);
            (await _world.AuditAsync()).Foreign.ShouldBe([path], $"seed {seed}");
        }

        _world.Archive[path] = right;
        (await _world.AuditAsync()).Foreign.ShouldBeEmpty();
    }

    public void Dispose() => _world.Dispose();

    private async Task<byte[]> RowAsync() => (await _world.Cells.GetAsync(LogHome.First.Row, LogWorld.Cancel))!.Value.ToArray();
}

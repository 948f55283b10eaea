using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

/// <summary>A name is given once, however many want it at the same moment.</summary>
public sealed class DiskTests : IDisposable
{
    private const int Writers = 4;
    private const int Rounds = 500;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task TryName_ByManyAtOnce_OneIsToldSoAndItsFileStays()
    {
        using var start = new Barrier(Writers);
        bool[][] named = [.. Enumerable.Range(0, Writers).Select(_ => new bool[Rounds])];
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
            () =>
            {
                for (int round = 0; round < Rounds; round++)
                {
                    string draft = folder.File($"draft-{writer}-{round}");
                    File.WriteAllText(draft, $"writer {writer}");
                    start.SignalAndWait(TestContext.Current.CancellationToken);
                    named[writer][round] = Disk.TryName(draft, folder.File($"name-{round}"));
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        for (int round = 0; round < Rounds; round++)
        {
            int winner = Enumerable.Range(0, Writers).Single(writer => named[writer][round]);
            (await File.ReadAllTextAsync(folder.File($"name-{round}"), TestContext.Current.CancellationToken)).ShouldBe($"writer {winner}");
        }
    }

    [Fact]
    public void TryName_WithoutADraft_IsAnErrorAndNoTakenName() =>
        Should.Throw<IOException>(() => Disk.TryName(folder.File("none"), folder.File("name")));
}

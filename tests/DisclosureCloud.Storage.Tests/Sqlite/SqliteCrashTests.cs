using System.Globalization;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

/// <summary>The ledger with other processes on its file: killed without warning, and racing.</summary>
public sealed class SqliteCrashTests : IDisposable
{
    private const int Writers = 4;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Ledger => folder.File("ledger.db");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(20260302)]
    public async Task Append_ProcessKilledTenTimes_KeepsAllItAnsweredForWithoutGaps(int seed)
    {
        var random = new Random(seed);
        var acknowledged = new Dictionary<string, long>(StringComparer.Ordinal); // By stream, the last version answered for.
        for (int round = 0; round < 10; round++)
        {
            await using OtherProcess writer = OtherProcess.Start("append", Ledger, Writers.ToString(CultureInfo.InvariantCulture));
            var lines = new List<string>();
            for (int wanted = random.Next(1, 200); lines.Count < wanted;)
            {
                lines.Add(await writer.ReadLineAsync(Cancel));
            }

            lines.AddRange(await writer.KillAsync(Cancel));
            foreach (string[] words in lines.Select(line => line.Split(' ')))
            {
                words[0].ShouldBe("Appended", $"seed {seed}, round {round}");
                acknowledged[words[1]] = long.Parse(words[2], CultureInfo.InvariantCulture);
            }

            await ShouldHoldAsync(acknowledged, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task Append_ProcessesRaceForEveryVersion_ExactlyOneWinsEachAndAReaderMissesNone()
    {
        const int Versions = 200;
        string[] names = ["a", "b", "c"];
        OtherProcess[] others = [.. names.Select(name => OtherProcess.Start("race", Ledger, name, $"{Versions}"))];
        foreach (OtherProcess other in others)
        {
            (await other.ReadLineAsync(Cancel)).ShouldBe("ready");
        }

        await Task.WhenAll(others.Select(other => other.GoAsync()));
        await using SqliteLedgerStore store = SqliteLedgerStore.Open(Ledger);
        var ids = new List<string>();
        Cursor cursor = Cursor.Start;
        while (ids.Count < Versions)
        {
            await foreach (CommitAt at in store.ReadAllAsync(cursor, Cancel))
            {
                at.Commit.Version.ShouldBe(ids.Count);
                ids.Add(at.Commit.Id);
                cursor = at.Cursor;
            }
        }

        var won = new List<string>();
        foreach ((OtherProcess other, string name) in others.Zip(names))
        {
            won.AddRange((await other.RestAsync(Cancel)).Select(version => $"{name}-{version}"));
            await other.DisposeAsync();
        }

        won.Order(StringComparer.Ordinal).ShouldBe(ids.Order(StringComparer.Ordinal));
    }

    /// <summary>Opens the ledger as the next process would, and compares it with what was answered for.</summary>
    private async Task ShouldHoldAsync(Dictionary<string, long> acknowledged, string when)
    {
        await using SqliteLedgerStore store = SqliteLedgerStore.Open(Ledger);
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (CommitAt at in store.ReadAllAsync(Cursor.Start, Cancel))
        {
            string stream = at.Commit.Stream.Value;
            at.Commit.Version.ShouldBe(last.GetValueOrDefault(stream, -1) + 1, when);
            at.Commit.ToBytes().ShouldBe(TestCommits.Of(at.Commit.Stream, at.Commit.Version, entries: 3).ToBytes(), when);
            last[stream] = at.Commit.Version;
        }

        foreach ((string stream, long version) in acknowledged)
        {
            last.GetValueOrDefault(stream, -1).ShouldBeGreaterThanOrEqualTo(version, $"{when}, {stream}");
        }
    }
}

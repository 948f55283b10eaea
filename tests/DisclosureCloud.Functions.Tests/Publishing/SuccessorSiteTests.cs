using System.Text;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;
using DisclosureCloud.Verifier;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>The site when one log follows another: whoever looks finds one log, and the ends of those before it.</summary>
public sealed class SuccessorSiteTests
{
    private const string Second = "log.example/second";
    private const string Third = "log.example/third";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_AfterTwoLogs_ShowsTheThirdAndTheEndsOfBoth()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.Freezer().FreezeAsync(FreezeReason.KeyCompromised, Second, Cancel);
        SortedDictionary<string, byte[]> first = await world.FilesAsync();
        IReadOnlyList<VerifierKey> firstKeys = world.Succeed(Second, "log-2");
        await world.PublishAsync();
        SortedDictionary<string, byte[]> second = await world.FilesAsync();
        foreach (string name in new[] { "checkpoint", "frozen", "vkey" })
        {
            second[$"log/before/1/{name}"].ShouldBe(first[$"log/{name}"]);
        }

        second.Keys.ShouldNotContain(LogFreezer.PublicPath, StringComparer.Ordinal);
        Encoding.UTF8.GetString(second["log/vkey"]).ShouldContain(Second);
        Encoding.UTF8.GetString(second["log/vkey"]).ShouldNotContain(world.Deployment.Predecessor!.Origin, Case.Sensitive);
        Encoding.UTF8.GetString(second["status.json"]).ShouldContain($"\"origin\":\"{Second}\"");
        first.Keys.Where(path => path.StartsWith("log/tile/", StringComparison.Ordinal)).ShouldAllBe(path => second[path].SequenceEqual(first[path]));
        (await VerifyAsync(world)).Proven.Count(line => line.StartsWith("The log begins with the", StringComparison.Ordinal)).ShouldBe(1);

        await world.Desks.OpenFundAsync("f-second", 10);
        await world.Freezer().FreezeAsync(FreezeReason.Closed, Third, Cancel);
        (await VerifyAsync(world)).Proven.ShouldContain(line => line.Contains($"the log '{Third}' goes on", StringComparison.Ordinal));
        await world.Desks.OpenFundAsync("f-third", 10);
        world.Succeed(Third, "log-3", [.. firstKeys]);
        await world.PublishAsync();
        VerifyReport report = await VerifyAsync(world);
        report.Proven.Count(line => line.StartsWith("The log begins with the", StringComparison.Ordinal)).ShouldBe(2);
        report.Unproven.ShouldContain(line => line.Contains("may be in other hands", StringComparison.Ordinal));
        world.Raised.Lines.ShouldBeEmpty();
        (await world.PublishAsync()).Written.ShouldBe(0, "nothing is written twice");

        // What somebody altered below log/before/ is put back from the log's own place.
        byte[] right = (await world.Site.ReadAsync("log/before/1/frozen", Cancel))!;
        await world.MeddleAsync("log/before/1/frozen", [1]);
        await world.MeddleAsync("log/before/7/frozen", [1]);
        await world.PublishAsync();
        (await world.Site.ReadAsync("log/before/1/frozen", Cancel)).ShouldBe(right);
        (await world.Site.ReadAsync("log/before/7/frozen", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Publish_OfASuccessorWithNothingNew_ShowsTheFrozenTreeSignedByIt()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        TreeHead old = (await world.Freezer().FreezeAsync(FreezeReason.Closed, Second, Cancel)).Head;
        world.Succeed(Second, "log-2");
        await world.Sequencer.FollowAsync(Cancel);
        (await world.Row().ReadAsync(Cancel))!.Head.ShouldBe(old);
        await world.PublishAsync();
        Checkpoint shown = world.Signer.Open((await world.Site.ReadAsync(Sequencer.PublicPath, Cancel))!, "the test").Checkpoint;
        shown.Origin.ShouldBe(Second);
        shown.Head.Size.ShouldBeGreaterThanOrEqualTo(old.Size);
        await VerifyAsync(world);
    }

    /// <summary>Killed at any file of the first publication that the new log makes: the next one finishes it, and nobody is alarmed.</summary>
    [Fact]
    public async Task Publish_OfASuccessorKilledAtEachFileOfItsLog_IsFinishedByTheNext()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.Freezer().FreezeAsync(FreezeReason.Closed, Second, Cancel);
        SortedDictionary<string, byte[]> old = await world.FilesAsync();
        world.Succeed(Second, "log-2");
        string[] touched = ["log/before/1/checkpoint", "log/before/1/frozen", "log/before/1/vkey", "log/vkey", "log/checkpoint", "log/frozen", "status.json"];
        foreach (string path in touched)
        {
            world.Site.BeforeChange = changed =>
            {
                if (changed == path)
                {
                    throw new CrashException();
                }
            };
            await Should.ThrowAsync<CrashException>(() => world.PublishAsync(), path);
            world.Site.BeforeChange = null;
            world.Start();
            await world.PublishAsync();
            await VerifyAsync(world);
            world.Raised.Lines.ShouldBeEmpty(path);

            // Back to the old site, for the next death.
            foreach (string gone in (await world.FilesAsync()).Keys.Except(old.Keys, StringComparer.Ordinal))
            {
                await world.MeddleAsync(gone, null);
            }

            foreach ((string file, byte[] bytes) in old)
            {
                await world.MeddleAsync(file, bytes);
            }

            world.Start();
        }
    }

    /// <summary>A proof that somebody keeps from the old log is given again, byte for byte; and the new checkpoint has the leaf in the same place.</summary>
    [Fact]
    public async Task Proofs_OfTheOldLog_AreThoseOfTheNewOne()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        TreeHead old = (await world.Freezer().FreezeAsync(FreezeReason.Closed, Second, Cancel)).Head;
        var log = new PublishedLog(world.Site);
        PublishedCheckpoint before = (await log.CheckpointAsync(Cancel))!;
        IReadOnlyList<ReadOnlyMemory<byte>> leaves = await log.LeavesAsync(0, old.Size, new ReadCount(), Cancel);
        var kept = new List<InclusionProof>();
        for (int i = 0; i < old.Size; i++)
        {
            kept.Add((await new LogProofs(log).InclusionAsync(new FoundLeaf(i, leaves[i]), old.Size, before, Cancel)).Proof);
        }

        world.Succeed(Second, "log-2");
        await world.Desks.OpenFundAsync("f-late", 10);
        await world.PublishAsync();
        PublishedCheckpoint now = (await log.CheckpointAsync(Cancel))!;
        now.Head.Size.ShouldBeGreaterThan(old.Size);
        for (int i = 0; i < old.Size; i++)
        {
            var leaf = new FoundLeaf(i, leaves[i]);
            (InclusionProof proof, TreeHead head) = await new LogProofs(log).InclusionAsync(leaf, old.Size, now, Cancel);
            head.ShouldBe(old);
            proof.Hashes.ShouldBe(kept[i].Hashes);
            (await new LogProofs(log).InclusionAsync(leaf, now.Head.Size, now, Cancel)).Head.ShouldBe(now.Head);
        }

        (await new LogProofs(log).ConsistencyAsync(old.Size, now.Head.Size, now, Cancel)).Older.ShouldBe(old);
    }

    [Fact]
    public async Task Rebuild_WithASuccessor_MakesTheLedgerFromItsPlace()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.Freezer().FreezeAsync(FreezeReason.Closed, Second, Cancel);
        world.Succeed(Second, "log-2");
        DisclosureCloud.Functions.Hosting.Rebuilding.Rebuilder rebuilder = world.RebuilderOf(world.Desks.Ledger, world.Desks.Values, world.Archive);
        var look = new DisclosureCloud.Functions.Hosting.Rebuilding.RebuildRequest(IsDryRun: true, []);
        (await Should.ThrowAsync<LogRefusedException>(() => rebuilder.RebuildAsync(look, _ => { }, Cancel))).Message.ShouldContain("'disclosurecloud publish' takes them over");
        await world.Desks.OpenFundAsync("f-late", 10);
        await world.PublishAsync();
        var ledger = new DisclosureCloud.Testing.MemoryLedgerStore();
        await world.RebuilderOf(ledger, world.Desks.Values, world.Archive).RebuildAsync(look with { IsDryRun = false }, _ => { }, Cancel);
        (Publisher publisher, Sequencer sequencer) = world.Beside(ledger, world.Desks.Values, world.Site);
        using Sequencer _ = sequencer;
        (await publisher.PublishAsync(null, Cancel)).Written.ShouldBe(0);
    }

    private static async Task<VerifyReport> VerifyAsync(PublishWorld world)
    {
        VerifyReport report = await world.VerifyAsync();
        report.IsWell.ShouldBeTrue(string.Join('\n', report.Findings));
        return report;
    }
}

using System.Runtime.CompilerServices;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Following;

/// <summary>What one follower has done does not come again, whatever the store gives again.</summary>
public sealed class LedgerReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StoreThatGivesItsLastCommitsAgain_IsReadOnce()
    {
        var store = new MemoryLedgerStore();
        var cells = new MemoryCells();
        var reader = new LedgerReader(new Forgetful(store), cells, "test");
        for (int i = 0; i < 5; i++)
        {
            await store.AppendAsync(new Commit(Id.Parse<StreamName>("fund/f-one"), i, $"c-{i}", new DateTimeOffset(2026, 3, 2, 12, 0, i, TimeSpan.Zero), [], []), Cancel);
            List<CommitAt> read = await ReadAsync(reader);
            read.ShouldHaveSingleItem().Commit.Version.ShouldBe(i);
            await reader.DoneAsync(read, Cancel);
        }

        (await ReadAsync(reader)).ShouldBeEmpty();
        (await ReadAsync(new LedgerReader(store, cells, "test"))).ShouldBeEmpty("its place was kept");
        (await ReadAsync(new LedgerReader(store, cells, "other"))).Count.ShouldBe(5, "each follower has a place of its own");
    }

    [Fact]
    public async Task WhatAnotherProcessHasDone_DoesNotComeAgain()
    {
        var store = new MemoryLedgerStore();
        var cells = new MemoryCells();
        LedgerReader[] processes = [new(store, cells, "test"), new(store, cells.Open(), "test")];
        for (int i = 0; i < 6; i++)
        {
            await store.AppendAsync(new Commit(Id.Parse<StreamName>("fund/f-one"), i, $"c-{i}", new DateTimeOffset(2026, 3, 2, 12, 0, i, TimeSpan.Zero), [], []), Cancel);
            List<CommitAt> read = await ReadAsync(processes[i % 2]);
            read.ShouldHaveSingleItem().Commit.Version.ShouldBe(i);
            await processes[i % 2].DoneAsync(read, Cancel);
        }
    }

    [Fact]
    public async Task WhatWasReadAndNotDone_ComesAgain()
    {
        var store = new MemoryLedgerStore();
        var reader = new LedgerReader(store, new MemoryCells(), "test");
        await store.AppendAsync(new Commit(Id.Parse<StreamName>("fund/f-one"), 0, "c", new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), [], []), Cancel);
        (await ReadAsync(reader)).ShouldHaveSingleItem();
        (await ReadAsync(reader)).ShouldHaveSingleItem();
    }

    private static async Task<List<CommitAt>> ReadAsync(LedgerReader reader)
    {
        var read = new List<CommitAt>();
        await foreach (CommitAt commit in reader.ReadAsync(Cancel))
        {
            read.Add(commit);
        }

        return read;
    }

    /// <summary>Begins from the start whatever the cursor is, as the contract allows.</summary>
    private sealed class Forgetful(ILedgerStore store) : ILedgerStore
    {
        public async IAsyncEnumerable<CommitAt> ReadAllAsync(Cursor after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (CommitAt read in store.ReadAllAsync(Cursor.Start, cancellationToken))
            {
                yield return read;
            }
        }

        public Task<AppendOutcome> AppendAsync(Commit commit, CancellationToken cancellationToken) => store.AppendAsync(commit, cancellationToken);

        public Task<Commit?> ReadAsync(StreamName stream, long version, CancellationToken cancellationToken) => store.ReadAsync(stream, version, cancellationToken);

        public Task<Commit?> ReadLastAsync(StreamName stream, CancellationToken cancellationToken) => store.ReadLastAsync(stream, cancellationToken);

        public Task<Commit?> FindAsync(StreamName stream, string commitId, CancellationToken cancellationToken) => store.FindAsync(stream, commitId, cancellationToken);

        public IAsyncEnumerable<Commit> ReadStreamAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken) => store.ReadStreamAsync(stream, fromVersion, cancellationToken);
    }
}

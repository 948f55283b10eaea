using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

/// <summary>Group commit, and both outcomes of a COMMIT that fails.</summary>
public sealed class SqliteWriterTests : IAsyncDisposable
{
    private static readonly StreamName Stream = TestCommits.Fund();

    private readonly TemporaryFolder folder = new();
    private readonly SqliteLedgerStore store;

    public SqliteWriterTests() => store = SqliteLedgerStore.Open(folder.File("ledger.db"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Append_ManyWhileOneTransactionRuns_ShareTheNext()
    {
        using var held = new SemaphoreSlim(0);
        using var begun = new SemaphoreSlim(0);
        Task<AppendOutcome> first = HoldFirst(begun, held);
        await begun.WaitAsync(Cancel);
        Task<AppendOutcome>[] rest = [.. Enumerable.Range(1, 100).Select(Append)];
        held.Release();

        (await Task.WhenAll([first, .. rest])).ShouldAllBe(outcome => outcome == AppendOutcome.Appended);
        store.Writer.Transactions.ShouldBe(2);
    }

    [Fact]
    public async Task Append_MoreThanWaitAtOnce_AreAllAppended()
    {
        AppendOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 3_000).Select(number => store.AppendAsync(TestCommits.Of(TestCommits.Fund($"s{number}"), 0), Cancel)));
        outcomes.ShouldAllBe(outcome => outcome == AppendOutcome.Appended);
        store.Writer.Transactions.ShouldBeLessThan(1_000);
    }

    [Fact]
    public async Task Append_OneInABatchConflicts_TheOthersAreAppended()
    {
        using var held = new SemaphoreSlim(0);
        using var begun = new SemaphoreSlim(0);
        Task<AppendOutcome> first = HoldFirst(begun, held);
        await begun.WaitAsync(Cancel);
        Task<AppendOutcome>[] rest =
        [
            store.AppendAsync(TestCommits.Of(Stream, 1, "a"), Cancel),
            store.AppendAsync(TestCommits.Of(Stream, 1, "b"), Cancel),
            store.AppendAsync(TestCommits.Of(Stream, 1, "a"), Cancel),
            store.AppendAsync(TestCommits.Of(Stream, 2, "c"), Cancel),
        ];
        held.Release();

        (await Task.WhenAll([first, .. rest])).ShouldBe(
        [
            AppendOutcome.Appended, AppendOutcome.Appended, AppendOutcome.Conflict, AppendOutcome.AlreadyThere, AppendOutcome.Appended,
        ]);
    }

    [Fact]
    public async Task Append_CommitFailsNotDone_ThrowsToAllAndTheNextSucceeds()
    {
        store.Writer.BeforeCommit = () => throw new IOException("The disk is full.");
        foreach (Task<AppendOutcome> append in (Task<AppendOutcome>[])[Append(0), Append(0)])
        {
            (await Should.ThrowAsync<IOException>(append)).Message.ShouldBe("The disk is full.");
        }

        store.Writer.BeforeCommit = null;
        (await store.ReadLastAsync(Stream, Cancel)).ShouldBeNull();
        (await Append(0)).ShouldBe(AppendOutcome.Appended);
    }

    [Fact]
    public async Task Append_CommitDoneButReportedAsFailed_ThrowsAndTheRepeatIsAlreadyThere()
    {
        store.Writer.AfterCommit = () => throw new IOException("The answer was lost.");
        await Should.ThrowAsync<IOException>(Append(0));
        store.Writer.AfterCommit = null;

        (await Append(0)).ShouldBe(AppendOutcome.AlreadyThere);
        (await Append(1)).ShouldBe(AppendOutcome.Appended);
    }

    [Fact]
    public async Task Append_CancelledWhileWaiting_WasNotDone()
    {
        using var held = new SemaphoreSlim(0);
        using var begun = new SemaphoreSlim(0);
        using var giveUp = new CancellationTokenSource();
        Task<AppendOutcome> first = HoldFirst(begun, held);
        await begun.WaitAsync(Cancel);
        Task<AppendOutcome> waiting = store.AppendAsync(TestCommits.Of(Stream, 1), giveUp.Token);
        await giveUp.CancelAsync();
        held.Release();

        await first;
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        (await store.ReadAsync(Stream, 1, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Append_CancelledWhileItsTransactionRuns_SaysThatItWasDone()
    {
        using var giveUp = new CancellationTokenSource();
        store.Writer.BeforeCommit = giveUp.Cancel;
        (await store.AppendAsync(TestCommits.Of(Stream, 0), giveUp.Token)).ShouldBe(AppendOutcome.Appended);
        (await store.ReadAsync(Stream, 0, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Dispose_AppendsWaiting_FinishesThemAndRefusesMore()
    {
        Task<AppendOutcome>[] waiting = [.. Enumerable.Range(0, 200).Select(Append)];
        await store.DisposeAsync();

        (await Task.WhenAll(waiting)).ShouldAllBe(outcome => outcome == AppendOutcome.Appended);
        await Should.ThrowAsync<ObjectDisposedException>(Append(200));
    }

    private Task<AppendOutcome> Append(int version) => store.AppendAsync(TestCommits.Of(Stream, version), Cancel);

    /// <summary>Appends version 0 and holds its transaction open, so that what follows waits and is gathered.</summary>
    private Task<AppendOutcome> HoldFirst(SemaphoreSlim begun, SemaphoreSlim held)
    {
        store.Writer.BeforeCommit = () =>
        {
            store.Writer.BeforeCommit = null;
            begun.Release();
            held.Wait(Cancel);
        };
        return Append(0);
    }
}

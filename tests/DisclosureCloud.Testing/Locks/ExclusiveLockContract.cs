using DisclosureCloud.Ledger;
using Shouldly;
using Xunit;

namespace DisclosureCloud.Testing;

/// <summary>The contract of <see cref="IExclusiveLock"/>, point by point, for every implementation.</summary>
/// <remarks>How a dead holder's lock comes free, and how a lease is lost, is tested with each implementation.</remarks>
public abstract class ExclusiveLockContract : IAsyncDisposable
{
    /// <summary>Never waited for: a test that needs it has failed.</summary>
    protected static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(5);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens this test's lock; a second call opens the same one again, as another process would.</summary>
    protected abstract IExclusiveLock OpenLock();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Point1_HeldByAnother_TimesOut()
    {
        await using IHeldLock held = await AcquireAsync(TimeSpan.Zero);
        await Should.ThrowAsync<TimeoutException>(() => AcquireAsync(TimeSpan.Zero));
        await Should.ThrowAsync<TimeoutException>(() => AcquireAsync(TimeSpan.FromMilliseconds(400)));
        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Point1_LetGoWhileAnotherWaits_TheOtherGetsIt()
    {
        Task<IHeldLock> waiting;
        await using (await AcquireAsync(TimeSpan.Zero))
        {
            waiting = AcquireAsync(LongEnough);
            waiting.IsCompleted.ShouldBeFalse();
        }

        await using IHeldLock next = await waiting;
        next.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Point1_ManyAtOnce_OneAtATime()
    {
        int inside = 0;
        int turns = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                await using IHeldLock held = await AcquireAsync(LongEnough);
                Interlocked.Increment(ref inside).ShouldBe(1);
                await Task.Yield();
                Interlocked.Increment(ref turns);
                Interlocked.Decrement(ref inside).ShouldBe(0);
            },
            Cancel)));
        turns.ShouldBe(8);
    }

    [Fact]
    public async Task Point1_ManyAtOnceWhoDoNotWait_OneHasIt()
    {
        Task<IHeldLock>[] tries = [.. Enumerable.Range(0, 16).Select(_ => Task.Run(() => AcquireAsync(TimeSpan.Zero), Cancel))];
        await Task.WhenAll(tries.Select(one => one.ContinueWith(_ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default)));
        tries.Where(one => one.IsFaulted).ShouldAllBe(one => one.Exception!.InnerException is TimeoutException);
        await tries.Single(one => one.IsCompletedSuccessfully).Result.DisposeAsync();
    }

    [Fact]
    public async Task Point2_LetGo_IsFreeAtOnce()
    {
        for (int turn = 0; turn < 3; turn++)
        {
            await (await AcquireAsync(TimeSpan.Zero)).DisposeAsync();
        }
    }

    [Fact]
    public async Task Point2_LetGoTwice_LeavesTheNextHolderAlone()
    {
        IHeldLock first = await AcquireAsync(TimeSpan.Zero);
        await first.DisposeAsync();
        await using IHeldLock second = await AcquireAsync(TimeSpan.Zero);
        await first.DisposeAsync();
        await Should.ThrowAsync<TimeoutException>(() => AcquireAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Acquire_TokenCancelledBefore_LeavesTheLockFree()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => OpenLock().AcquireAsync(LongEnough, new CancellationToken(canceled: true)));
        await (await AcquireAsync(TimeSpan.Zero)).DisposeAsync();
    }

    [Fact]
    public async Task Acquire_TokenCancelledWhileWaiting_GivesUp()
    {
        using var giveUp = new CancellationTokenSource();
        await using (await AcquireAsync(TimeSpan.Zero))
        {
            Task<IHeldLock> waiting = OpenLock().AcquireAsync(LongEnough, giveUp.Token);
            await giveUp.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(waiting);
        }

        await (await AcquireAsync(TimeSpan.Zero)).DisposeAsync();
    }

    protected Task<IHeldLock> AcquireAsync(TimeSpan wait) => OpenLock().AcquireAsync(wait, Cancel);
}

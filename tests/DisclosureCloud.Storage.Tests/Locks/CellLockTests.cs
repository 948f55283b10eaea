using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

/// <summary>A lease over time: taken over from the dead, kept by the living, lost by whoever is cut off.</summary>
public sealed class CellLockTests
{
    private static readonly CellKey Key = CellKey.Parse("publish");
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SteppedClock clock = new();
    private readonly MemoryCells cells = new();
    private readonly DateTimeOffset start;

    public CellLockTests() => start = clock.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TimeSpan Passed => clock.GetUtcNow() - start;

    [Fact]
    public async Task DeadHolder_IsTakenOverWhenItsTagHasStoodStillForTwentySeconds()
    {
        await cells.CreateAsync(Key, "dead 7"u8.ToArray(), Cancel);
        Task<IHeldLock> waiting = AcquireAsync(cells, Minute);
        await UntilAsync(() => waiting.IsCompleted);
        await using IHeldLock held = await waiting;
        Passed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(20));
        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task DeadHolder_ShorterWait_TimesOut()
    {
        await cells.CreateAsync(Key, "dead 7"u8.ToArray(), Cancel);
        Task<IHeldLock> waiting = AcquireAsync(cells, TimeSpan.FromSeconds(19));
        await UntilAsync(() => waiting.IsCompleted);
        await Should.ThrowAsync<TimeoutException>(waiting);
        (await ReadAsync()).ShouldBe("dead 7");
    }

    [Fact]
    public async Task DeadHolder_TwoWait_OneTakesOver()
    {
        await cells.CreateAsync(Key, "dead 7"u8.ToArray(), Cancel);
        Task<IHeldLock>[] waiting = [AcquireAsync(cells.Open(), Minute), AcquireAsync(cells.Open(), Minute)];
        await UntilAsync(() => waiting.All(one => one.IsCompleted));
        waiting.Count(one => one.IsFaulted).ShouldBe(1);
        IHeldLock held = await waiting.Single(one => one.IsCompletedSuccessfully);
        held.Lost.IsCancellationRequested.ShouldBeFalse();
        await held.DisposeAsync();
    }

    [Fact]
    public async Task LivingHolder_IsNotTakenOver()
    {
        await using IHeldLock held = await AcquireAsync(cells, TimeSpan.Zero);
        Task<IHeldLock> waiting = AcquireAsync(cells.Open(), 5 * Minute);
        await UntilAsync(() => waiting.IsCompleted);
        await Should.ThrowAsync<TimeoutException>(waiting);
        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task FrozenHolder_LearnsOfItWhenItWakesAndLeavesTheOtherAlone()
    {
        var frozen = new SteppedClock();
        IHeldLock old = await new CellLock(cells.Open(), Key, frozen).AcquireAsync(TimeSpan.Zero, Cancel);
        Task<IHeldLock> waiting = AcquireAsync(cells, Minute);
        await UntilAsync(() => waiting.IsCompleted);
        await using IHeldLock next = await waiting;
        old.Lost.IsCancellationRequested.ShouldBeFalse(); // It cannot know yet.

        frozen.Advance(TimeSpan.FromSeconds(20));
        await frozen.AdvanceUntilAsync(() => old.Lost.IsCancellationRequested, TimeSpan.Zero, Cancel);
        await old.DisposeAsync();
        await Should.ThrowAsync<TimeoutException>(() => AcquireAsync(cells.Open(), TimeSpan.Zero));
        next.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Renewal_Refused_FiresLostAtOnce(bool replaced)
    {
        await using IHeldLock held = await AcquireAsync(cells, TimeSpan.Zero);
        Cell cell = (await cells.GetAsync(Key, Cancel)).ShouldNotBeNull();
        (await cells.DeleteAsync(Key, cell.Tag, Cancel)).ShouldBeTrue();
        if (replaced)
        {
            await cells.CreateAsync(Key, "another 0"u8.ToArray(), Cancel);
        }

        await UntilAsync(() => held.Lost.IsCancellationRequested);
        Passed.ShouldBeLessThan(HeldCell.SilenceMax); // It was the refusal and not the silence.
        await held.DisposeAsync();
        (await ReadAsync()).ShouldBe(replaced ? "another 0" : null);
    }

    [Theory]
    [InlineData("refuses")]
    [InlineData("hangs")]
    [InlineData("hangs and cannot be cut off")]
    public async Task Store_SilentForFifteenSeconds_FiresLostBeforeAnotherMayTakeOver(string how)
    {
        var silent = new MemoryCells();
        var wake = new TaskCompletionSource();
        IHeldLock held = await AcquireAsync(silent, TimeSpan.Zero);
        silent.Before = (_, token) => how switch
        {
            "refuses" => throw Busy(),
            "hangs" => Task.Delay(Timeout.Infinite, token),
            _ => wake.Task,
        };
        await UntilAsync(() => held.Lost.IsCancellationRequested);
        Passed.ShouldBeInRange(HeldCell.SilenceMax, CellLock.TakeoverAfter - TimeSpan.FromSeconds(1));
        silent.Before = null;
        wake.SetResult();
        await held.DisposeAsync();
        held.Lost.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Store_SilentForLess_TheLeaseIsKept()
    {
        IHeldLock held = await AcquireAsync(cells, TimeSpan.Zero);
        cells.Before = (_, _) => Passed < TimeSpan.FromSeconds(13) ? throw Busy() : Task.CompletedTask;
        await UntilAsync(() => Passed > Minute);
        held.Lost.IsCancellationRequested.ShouldBeFalse();
        await held.DisposeAsync();
        (await ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Acquire_AnswerLost_KnowsItsOwnLock()
    {
        LoseOnce(CellRequest.Create);
        await using IHeldLock held = await AcquireAsync(cells, TimeSpan.Zero);
        await UntilAsync(() => Passed > Minute);
        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task TakeOver_AnswerLost_KnowsItsOwnLock()
    {
        await cells.CreateAsync(Key, "dead 7"u8.ToArray(), Cancel);
        LoseOnce(CellRequest.Replace);
        Task<IHeldLock> waiting = AcquireAsync(cells, TimeSpan.FromSeconds(21));
        await UntilAsync(() => waiting.IsCompleted);
        await using IHeldLock held = await waiting;
        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Acquire_StoreBusy_IsToldWhenTheWaitIsOver()
    {
        cells.Before = (_, _) => Passed < TimeSpan.FromSeconds(5) ? throw Busy() : Task.CompletedTask;
        await Should.ThrowAsync<StoreBusyException>(() => AcquireAsync(cells, TimeSpan.Zero));
        Task<IHeldLock> waiting = AcquireAsync(cells, Minute);
        await UntilAsync(() => waiting.IsCompleted);
        await (await waiting).DisposeAsync();
    }

    [Fact]
    public async Task Acquire_WriteNotDone_LeavesNothing()
    {
        cells.Before = (request, _) => request == CellRequest.Create ? throw Busy() : Task.CompletedTask;
        await Should.ThrowAsync<StoreBusyException>(() => AcquireAsync(cells, TimeSpan.Zero));
        (await ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Acquire_TokenCancelledDuringTheWrite_LeavesNothing()
    {
        using var giveUp = new CancellationTokenSource();
        cells.Before = (request, _) => request == CellRequest.Create ? giveUp.CancelAsync() : Task.CompletedTask;
        await Should.ThrowAsync<OperationCanceledException>(() => new CellLock(cells, Key, clock).AcquireAsync(Minute, giveUp.Token));
        (await ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Renewal_AnswerLost_TheLeaseIsKept()
    {
        await using IHeldLock held = await AcquireAsync(cells, TimeSpan.Zero);
        LoseOnce(CellRequest.Replace);
        await UntilAsync(() => Passed > Minute);
        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Renewal_ThatArrivesLate_TheLeaseIsKept()
    {
        // The first renewal hangs on its way. The holder gives it up, reads the cell, and then it arrives: the second is refused by the first.
        IHeldLock held = await AcquireAsync(cells, TimeSpan.Zero);
        Cell mine = (await cells.GetAsync(Key, Cancel)).ShouldNotBeNull();
        MemoryCells late = cells.Open();
        int replaces = 0;
        cells.Before = async (request, token) =>
        {
            switch (request)
            {
                case CellRequest.Replace when ++replaces == 1:
                    await Task.Delay(Timeout.Infinite, token);
                    break;
                case CellRequest.Replace when replaces == 2:
                    (await late.ReplaceAsync(Key, mine.Value, mine.Tag, token)).ShouldNotBeNull();
                    break;
            }
        };
        await UntilAsync(() => Passed > Minute);
        replaces.ShouldBeGreaterThan(5);
        held.Lost.IsCancellationRequested.ShouldBeFalse();
        await held.DisposeAsync();
    }

    [Fact]
    public async Task Release_AnswerLost_IsFree()
    {
        IHeldLock held = await AcquireAsync(cells, TimeSpan.Zero);
        LoseOnce(CellRequest.Delete);
        await held.DisposeAsync();
        (await ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Release_AnswerLostAndAnotherCame_LeavesItAlone()
    {
        IHeldLock held = await AcquireAsync(cells, TimeSpan.Zero);
        MemoryCells others = cells.Open();
        cells.After = async (request, token) =>
        {
            if (request == CellRequest.Delete)
            {
                await others.CreateAsync(Key, "another 0"u8.ToArray(), token);
                throw Busy();
            }
        };
        await held.DisposeAsync();
        (await ReadAsync()).ShouldBe("another 0");
    }

    [Fact]
    public async Task Release_StoreIsGone_DoesNotThrowAndTheLeaseEndsByItself()
    {
        IHeldLock held = await AcquireAsync(cells, TimeSpan.Zero);
        MemoryCells others = cells.Open();
        cells.Before = (_, _) => throw new IOException("gone");
        await held.DisposeAsync();
        Task<IHeldLock> waiting = AcquireAsync(others, Minute);
        await UntilAsync(() => waiting.IsCompleted);
        await (await waiting).DisposeAsync();
    }

    private Task<IHeldLock> AcquireAsync(MemoryCells store, TimeSpan wait) => new CellLock(store, Key, clock).AcquireAsync(wait, Cancel);

    private Task UntilAsync(Func<bool> done) => clock.AdvanceUntilAsync(done, Step, Cancel);

    private async Task<string?> ReadAsync() => await cells.Open().GetAsync(Key, Cancel) is { } cell ? Encoding.UTF8.GetString(cell.Value.Span) : null;

    /// <summary>The next request of the kind is done, and its answer lost.</summary>
    private void LoseOnce(CellRequest lost)
    {
        int seen = 0;
        cells.After = (request, _) => request == lost && ++seen == 1 ? throw Busy() : Task.CompletedTask;
    }

    private static StoreBusyException Busy() => new("cells", TimeSpan.FromSeconds(2));
}

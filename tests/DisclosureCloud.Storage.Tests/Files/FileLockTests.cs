using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

public sealed class FileLockTests : IDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(5); // Never waited for: a test that needs it has failed.

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Publish => folder.File("new/publish.lock");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Acquire_HeldByAnother_TimesOutNamingTheLock()
    {
        using FileLock held = await AcquireAsync(TimeSpan.Zero);
        string message = (await Should.ThrowAsync<TimeoutException>(() => AcquireAsync(TimeSpan.Zero))).Message;
        message.ShouldContain(Publish);
        message.ShouldContain("wanted at most 00:00:00");
    }

    [Fact]
    public async Task Acquire_LetGoWhileWaiting_GetsIt()
    {
        Task<FileLock> waiting;
        using (await AcquireAsync(TimeSpan.Zero))
        {
            waiting = AcquireAsync(LongEnough);
            waiting.IsCompleted.ShouldBeFalse();
        }

        (await waiting).Dispose();
    }

    [Fact]
    public async Task Acquire_TokenCancelledWhileWaiting_GivesUp()
    {
        using FileLock held = await AcquireAsync(TimeSpan.Zero);
        using var giveUp = new CancellationTokenSource();
        Task<FileLock> waiting = FileLock.AcquireAsync(Publish, LongEnough, TimeProvider.System, giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public async Task Acquire_ManyAtOnce_OneAtATime()
    {
        int inside = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using FileLock held = await AcquireAsync(LongEnough);
            Interlocked.Increment(ref inside).ShouldBe(1);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }));
    }

    [Fact]
    public async Task Acquire_HeldByAProcessThatIsKilled_GetsIt()
    {
        await using OtherProcess other = OtherProcess.Start("lock", Publish);
        (await other.ReadLineAsync(Cancel)).ShouldBe("held");
        await Should.ThrowAsync<TimeoutException>(() => AcquireAsync(TimeSpan.Zero));

        await other.KillAsync(Cancel);
        (await AcquireAsync(LongEnough)).Dispose();
    }

    [Fact]
    public async Task Acquire_PathThatIsAFolder_IsNotTakenForAHeldLock()
    {
        Directory.CreateDirectory(Publish);
        await Should.ThrowAsync<UnauthorizedAccessException>(() => AcquireAsync(LongEnough));
    }

    private Task<FileLock> AcquireAsync(TimeSpan wait) => FileLock.AcquireAsync(Publish, wait, TimeProvider.System, Cancel);
}

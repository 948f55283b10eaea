using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

public sealed class FileLockTests : ExclusiveLockContract
{
    private readonly TemporaryFolder folder = new();

    private string Publish => folder.File("new/publish.lock");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    protected override IExclusiveLock OpenLock() => new FileLock(Publish, TimeProvider.System);

    [Fact]
    public async Task Acquire_HeldByAnother_NamesTheLock()
    {
        await using IHeldLock held = await AcquireAsync(TimeSpan.Zero);
        string message = (await Should.ThrowAsync<TimeoutException>(() => AcquireAsync(TimeSpan.Zero))).Message;
        message.ShouldContain(Publish);
        message.ShouldContain("wanted at most 00:00:00");
    }

    [Fact]
    public async Task Acquire_HeldByAProcessThatIsKilled_GetsIt()
    {
        await using OtherProcess other = OtherProcess.Start("lock", Publish);
        (await other.ReadLineAsync(Cancel)).ShouldBe("held");
        await Should.ThrowAsync<TimeoutException>(() => AcquireAsync(TimeSpan.Zero));

        await other.KillAsync(Cancel);
        await (await AcquireAsync(LongEnough)).DisposeAsync();
    }

    [Fact]
    public async Task Acquire_PathThatIsAFolder_IsNotTakenForAHeldLock()
    {
        Directory.CreateDirectory(Publish);
        await Should.ThrowAsync<UnauthorizedAccessException>(() => AcquireAsync(LongEnough));
    }
}

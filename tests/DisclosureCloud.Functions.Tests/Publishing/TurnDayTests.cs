using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Complaints;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>The day's work is done in parts: one that fails keeps no other from it, and what was done is not done twice a day.</summary>
public sealed class TurnDayTests : IAsyncLifetime
{
    private PublishWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await PublishWorld.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Day_WithNothingInItsWay_IsDoneOnceAndAnewOnTheNext()
    {
        (await TurnAsync()).ShouldBe((true, 0));
        (await TurnAsync()).ShouldBe((false, 0));
        _world.Desks.Clock.Advance(TimeSpan.FromDays(1));
        (await TurnAsync()).ShouldBe((true, 0));
    }

    [Fact]
    public async Task Sweep_ThatFails_IsTriedAgainByItself()
    {
        await TakeOldComplaintAsync();
        _world.Desks.EvidenceKeys.BeforeForget = () => throw new CrashException();
        (await TurnAsync()).ShouldBe((true, 1));
        _world.Desks.ComplaintFiles.Files.ShouldNotBeEmpty();

        (await TurnAsync()).ShouldBe((false, 1), "the ledger is not counted again");
        _world.Desks.EvidenceKeys.BeforeForget = null;
        (await TurnAsync()).ShouldBe((false, 0));
        _world.Desks.ComplaintFiles.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Count_ThatFails_KeepsNoSweepFromItsWork()
    {
        await TakeOldComplaintAsync();
        _world.Desks.Ledger.BeforeRead = () =>
        {
            _world.Desks.Ledger.BeforeRead = null;
            throw new CrashException();
        };
        (await TurnAsync()).ShouldBe((false, 1));
        _world.Desks.ComplaintFiles.Files.ShouldBeEmpty();
        (await TurnAsync()).ShouldBe((true, 0));
    }

    [Fact]
    public async Task EvidenceFiles_WhileTheLogIsNotAsTheLedgerSays_AreNotRemoved()
    {
        await _world.PublishAsync();
        var poster = EvidenceSamples.Poster;
        await _world.Desks.Vault.PutAsync(EvidenceFileId.Of(poster.Department, "unnamed"), poster, EvidenceSamples.Pdf, EvidenceSamples.File("a receipt"), Cancel);
        _world.Desks.Clock.Advance(EvidenceSweep.WaitMax + TimeSpan.FromDays(2));
        KeyValuePair<string, byte[]>[] log = [.. _world.Log];
        _world.Log.Clear();
        (await TurnAsync()).Failed.ShouldBeGreaterThan(0);
        _world.Desks.EvidenceFiles.Files.ShouldNotBeEmpty();

        foreach ((string path, byte[] file) in log)
        {
            _world.Log[path] = file;
        }

        (await TurnAsync()).Failed.ShouldBe(0);
        _world.Desks.EvidenceFiles.Files.ShouldBeEmpty();
    }

    private async Task<(bool Counted, int Failed)> TurnAsync()
    {
        DayTurned turned = await _world.KeepUp.TurnDayAsync(Cancel);
        return (turned.Position is not null, turned.Failed);
    }

    private async Task TakeOldComplaintAsync()
    {
        await _world.Desks.Complaints.PutAsync(
            ComplaintId.Of(ComplaintCode.New(new SeededSalts(7))), _world.Desks.Clock.GetUtcNow(), ComplaintSamples.Said(), Cancel);
        _world.Desks.Clock.Advance(ComplaintSweep.OpenMax + TimeSpan.FromDays(1));
    }
}

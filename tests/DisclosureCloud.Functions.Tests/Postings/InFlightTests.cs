using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Postings;

/// <summary>What becomes of a posting that is sent again while the first request is still being stored.</summary>
public sealed class InFlightTests : IDisposable
{
    private const string Key = "the-posting";

    private readonly DeskWorld _world = new();
    private readonly ManualResetEventSlim _held = new();
    private readonly ManualResetEventSlim _goOn = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _held.Dispose();
        _goOn.Dispose();
    }

    [Fact]
    public async Task Submit_32CopiesWhileTheFirstIsHeld_AreOneRecordAndOneAnswer()
    {
        HoldFirst();
        Task<Submission> first = Submit();
        _held.Wait(Cancel);
        int values = _world.Values.Count;
        Task<Submission>[] copies = [.. Enumerable.Range(0, 31).Select(_ => Submit())];
        await WaitingAsync(31);
        copies.ShouldAllBe(copy => !copy.IsCompleted);
        _world.Values.Count.ShouldBe(values, "nobody but the first stores values");

        _goOn.Set();

        var stored = (Submission.Accepted)await first;
        stored.IsNew.ShouldBeTrue();
        foreach (Submission copy in await Task.WhenAll(copies))
        {
            var same = (Submission.Accepted)copy;
            same.IsNew.ShouldBeFalse();
            (same.Record.Id, same.Record.ReceivedAt).ShouldBe((stored.Record.Id, stored.Record.ReceivedAt));
        }

        (await _world.CommitsAsync()).ShouldHaveSingleItem();
        ShouldBeForgotten();
    }

    [Fact]
    public async Task Submit_OtherBodyWhileTheFirstIsHeld_WaitsAndIsKeyReused()
    {
        HoldFirst();
        Task<Submission> first = Submit();
        _held.Wait(Cancel);
        Task<Submission> other = Submit("f-other");
        await WaitingAsync(1);
        other.IsCompleted.ShouldBeFalse();

        _goOn.Set();

        (await other).ShouldBeOfType<Submission.KeyReused>();
        ((Submission.Accepted)await first).Record.Fund?.Value.ShouldBe("f-flight");
        ShouldBeForgotten();
    }

    [Fact]
    public async Task Submit_WhenTheFirstTakesTooLong_IsInFlightAndLaterTheSameAnswer()
    {
        HoldFirst();
        Task<Submission> first = Submit();
        _held.Wait(Cancel);
        Task<Submission> second = Submit();
        await WaitingAsync(1);

        _world.Timers.Advance(InFlight.WaitMax - TimeSpan.FromMilliseconds(1));
        second.IsCompleted.ShouldBeFalse();
        _world.Timers.Advance(TimeSpan.FromMilliseconds(1));
        (await second).ShouldBeOfType<Submission.InFlight>();
        _world.InFlight.Count.ShouldBe(1, "the first is still at it");

        _goOn.Set();
        ((Submission.Accepted)await first).IsNew.ShouldBeTrue();
        ((Submission.Accepted)await Submit()).IsNew.ShouldBeFalse();
        ShouldBeForgotten();
    }

    [Fact]
    public async Task Submit_WhenTheFirstHangsAfterItsAppend_IsToldWhatWasStored()
    {
        _world.Ledger.AfterAppend = Hold;
        Task<Submission> first = Submit();
        _held.Wait(Cancel);
        Task<Submission> second = Submit();
        await WaitingAsync(1);
        _world.Timers.Advance(InFlight.WaitMax);

        ((Submission.Accepted)await second).IsNew.ShouldBeFalse();

        _goOn.Set();
        await first;
        ShouldBeForgotten();
    }

    [Fact]
    public async Task Submit_WhenTheFirstFails_TheNextOneStoresIt()
    {
        _world.Ledger.BeforeAppend = commit =>
        {
            _world.Ledger.BeforeAppend = null;
            Hold(commit);
            throw new CrashException();
        };
        Task<Submission> first = Submit();
        _held.Wait(Cancel);
        Task<Submission>[] copies = [.. Enumerable.Range(0, 8).Select(_ => Submit())];
        await WaitingAsync(8);

        _goOn.Set();

        await Should.ThrowAsync<CrashException>(() => first);
        Submission[] answers = await Task.WhenAll(copies);
        answers.Count(answer => ((Submission.Accepted)answer).IsNew).ShouldBe(1);
        (await _world.CommitsAsync()).ShouldHaveSingleItem();
        ShouldBeForgotten();
    }

    [Fact]
    public async Task Submit_CancelledWhileItWaits_LeavesTheFirstAlone()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        HoldFirst();
        Task<Submission> first = Submit();
        _held.Wait(Cancel);
        Task<Submission> second = Submit(cancellationToken: gone.Token);
        await WaitingAsync(1);

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        first.IsCompleted.ShouldBeFalse();

        _goOn.Set();
        ((Submission.Accepted)await first).IsNew.ShouldBeTrue();
        ShouldBeForgotten();
    }

    [Fact]
    public async Task Submit_OfAnotherKeyOrDepartment_DoesNotWait()
    {
        HoldFirst();
        Task<Submission> first = Submit();
        _held.Wait(Cancel);

        (await Submit(key: "another")).ShouldBeOfType<Submission.Accepted>();
        Sender transport = DeskWorld.Poster with { Department = Id.Parse<DepartmentId>("transport") };
        (await _world.Desk.SubmitAsync(DeskWorld.DraftOf(Office.Fund("f-flight")), transport, Key, Cancel)).ShouldBeOfType<Submission.Accepted>();
        first.IsCompleted.ShouldBeFalse();

        _goOn.Set();
        await first;
        ShouldBeForgotten();
    }

    // On a thread of its own: the store's hook holds the thread that appends.
    private Task<Submission> Submit(string fund = "f-flight", string key = Key, CancellationToken? cancellationToken = null) => Task.Run(
        () => _world.Desk.SubmitAsync(DeskWorld.DraftOf(Office.Fund(fund)), DeskWorld.Poster, key, cancellationToken ?? Cancel), Cancel);

    private void HoldFirst() => _world.Ledger.BeforeAppend = commit =>
    {
        _world.Ledger.BeforeAppend = null;
        Hold(commit);
    };

    private void Hold(Commit commit)
    {
        _held.Set();
        _goOn.Wait(Cancel);
    }

    // Whoever waits has set a timer.
    private Task WaitingAsync(int count) => Eventually.TrueAsync($"{count} wait", () => Task.FromResult(_world.Timers.Waiting == count));

    private void ShouldBeForgotten()
    {
        _world.InFlight.Count.ShouldBe(0);
        _world.Timers.Waiting.ShouldBe(0);
    }
}

using System.Collections.Concurrent;
using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.AspNetCore.Http;

[assembly: AssemblyFixture(typeof(AzuriteServer))]

namespace DisclosureCloud.Storage.Tests;

public sealed class BlobArchiveContractTests(AzuriteServer server) : ArchiveFilesContract, IAsyncLifetime
{
    private readonly string container = server.NewName();

    public async ValueTask InitializeAsync() => await new BlobArchive(server.Open(), container).CreateAsync(Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Few names a page, so that a listing of sixty takes several.
    protected override IPassingFiles Open() => new BlobArchive(server.Open(), container, pageSize: 7);
}

/// <summary>Evidence files, encrypted, in a container of their own.</summary>
public sealed class PrivateBlobsContractTests(AzuriteServer server) : ArchiveFilesContract, IAsyncLifetime
{
    private readonly string container = server.NewName();

    public async ValueTask InitializeAsync() => await BlobArchive.OfPrivate(server.Open(), container).CreateAsync(Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Put_OfAFile_IsToLieInNoCache()
    {
        await Open().PutAsync("a", "one"u8.ToArray(), Cancel);
        var blob = server.Open().Blobs.GetBlobContainerClient(container).GetBlobClient("a");
        (await blob.GetPropertiesAsync(cancellationToken: Cancel)).Value.CacheControl.ShouldBe("no-store");
    }

    protected override IPassingFiles Open() => BlobArchive.OfPrivate(server.Open(), container);
}

/// <summary>What an archive in blobs does when the service refuses or loses an answer, and what it asks of it.</summary>
[Collection(AzuriteFaults.Name)]
public sealed class BlobArchiveFaultTests(AzuriteFaults faults) : IAsyncLifetime
{
    private readonly AzuriteServer server = faults.Server;
    private readonly string container = faults.Server.NewName();
    private BlobArchive archive = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        archive = new BlobArchive(server.Open(), container);
        await archive.CreateAsync(Cancel);
    }

    public ValueTask DisposeAsync() => faults.ResetAsync();

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(Fault.Broken)]
    public async Task Put_RefusedTwice_IsDoneAtTheThird(int status)
    {
        int refusals = 2;
        server.Faults = request => IsPut(request) && Interlocked.Decrement(ref refusals) >= 0 ? new Fault.Refuse(status) : null;
        (await archive.PutAsync("a", "one"u8.ToArray(), Cancel)).ShouldBe(PutOutcome.Put);
        refusals.ShouldBe(-1);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(Fault.Broken)]
    public async Task Put_AnswerLost_IsFoundOutByComparing(int status)
    {
        int lost = 0;
        server.Faults = request => IsPut(request) && Interlocked.Increment(ref lost) == 1 ? new Fault.LoseAnswer(status) : null;
        (await archive.PutAsync("a", "one"u8.ToArray(), Cancel)).ShouldBe(PutOutcome.AlreadyThere);
        lost.ShouldBe(2);
        (await archive.ReadAsync("a", Cancel)).ShouldBe("one"u8.ToArray());
    }

    [Fact]
    public async Task Put_AnswerLostAndOtherBytesThereBefore_IsAConflict()
    {
        await archive.PutAsync("a", "one"u8.ToArray(), Cancel);
        int lost = 0;
        server.Faults = request => IsPut(request) && Interlocked.Increment(ref lost) == 1 ? new Fault.LoseAnswer(503) : null;
        (await archive.PutAsync("a", "two"u8.ToArray(), Cancel)).ShouldBe(PutOutcome.Conflict);
        (await archive.ReadAsync("a", Cancel)).ShouldBe("one"u8.ToArray());
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(Fault.Broken)]
    public async Task RefusedAgainAndAgain_IsToldWithinABound(int status)
    {
        await archive.PutAsync("a", "one"u8.ToArray(), Cancel);
        var impatient = new BlobArchive(server.Open(callMax: TimeSpan.FromSeconds(1)), container);
        server.Faults = _ => new Fault.Refuse(status);
        await Should.ThrowAsync<StoreBusyException>(() => impatient.PutAsync("b", "one"u8.ToArray(), Cancel));
        await Should.ThrowAsync<StoreBusyException>(() => impatient.ReadAsync("a", Cancel));
        await Should.ThrowAsync<StoreBusyException>(() => impatient.ReadRangeAsync("a", 0, 1, Cancel));
        await Should.ThrowAsync<StoreBusyException>(async () => await impatient.ListAsync("", Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync());

        server.Faults = null;
        (await archive.ReadAsync("b", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task RefusedAgainAndAgain_WithoutAnOuterBound_TheRetriesEndByThemselves()
    {
        server.Faults = _ => new Fault.Refuse(503, TimeSpan.FromMilliseconds(1));
        var patient = new BlobArchive(server.Open(callMax: TimeSpan.FromMinutes(5)), container);
        StoreBusyException busy = await Should.ThrowAsync<StoreBusyException>(() => patient.ReadAsync("a", Cancel));
        busy.RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
        busy.Message.ShouldContain($"blobs/{container}");
    }

    [Fact(Timeout = 60_000)]
    public async Task RefusedWithAWaitBeyondTheBound_IsNotWaitedFor()
    {
        var impatient = new BlobArchive(server.Open(callMax: TimeSpan.FromSeconds(1)), container);
        server.Faults = _ => new Fault.Refuse(503, TimeSpan.FromHours(1));
        StoreBusyException busy = await Should.ThrowAsync<StoreBusyException>(() => impatient.ReadAsync("a", Cancel));
        busy.InnerException.ShouldBeAssignableTo<OperationCanceledException>();
    }

    [Fact]
    public async Task Refused_WithALongWait_TheCallerIsToldThatWait()
    {
        var call = new StorageCall("blobs/test", TimeSpan.FromSeconds(30));
        var answer = new RefusedResponse(503, ("Retry-After", "7"));
        StoreBusyException busy = await Should.ThrowAsync<StoreBusyException>(
            () => call.SendAsync<int>(_ => throw new Azure.RequestFailedException(answer), Cancel));
        busy.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task NotAllowed_IsNoBusyStore()
    {
        server.Faults = _ => new Fault.Refuse(403);
        (await Should.ThrowAsync<Azure.RequestFailedException>(() => archive.ReadAsync("a", Cancel))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Cancelled_IsCancelledAndNotBusy() =>
        await Should.ThrowAsync<OperationCanceledException>(() => archive.ReadAsync("a", new CancellationToken(canceled: true)));

    [Fact]
    public async Task Put_Asks_ForCreationAloneWithTypeAndCaching()
    {
        var asked = new ConcurrentQueue<string>();
        server.Faults = request =>
        {
            if (IsPut(request))
            {
                asked.Enqueue($"{request.Headers.IfNoneMatch} | {request.Headers["x-ms-blob-content-type"]} | {request.Headers["x-ms-blob-cache-control"]} | {request.Headers["x-ms-blob-content-encoding"]}");
            }

            return null;
        };
        await archive.PutAsync("segments/0.ndjson", "{}"u8.ToArray(), Cancel);
        await archive.PutAsync("tile/0/000", "x"u8.ToArray(), Cancel);
        asked.ShouldBe([
            "* | application/x-ndjson; charset=utf-8 | public, max-age=31536000, immutable | ",
            "* | application/octet-stream | public, max-age=31536000, immutable | ",
        ]);
    }

    private static bool IsPut(HttpRequest request) => HttpMethods.IsPut(request.Method) && !request.QueryString.Value!.Contains("restype", StringComparison.Ordinal);
}

using System.Text;
using Azure.Storage.Blobs;
using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Storage.Tests;

/// <summary>A publisher that is frozen at any request, and wakes when another has published, changes nothing of the newer site.</summary>
[Collection(AzuriteFaults.Name)]
public sealed class BlobSiteOvertakenTests(AzuriteFaults faults) : IAsyncLifetime
{
    private static readonly string[] First = ["data/a.csv", "gone/page.html", "gone/too.html", "index.html", "same.html", "status.json"];
    private static readonly string[] Second = ["data/a.csv", "en/new.html", "index.html", "same.html", "status.json"];
    private static readonly string[] SecondRemovals = ["gone/page.html", "gone/too.html"];

    // It brings back one page that the second took away, does not touch the other, and leaves same.html as it finds it.
    private static readonly string[] Third = ["data/a.csv", "gone/page.html", "index.html", "status.json"];

    private readonly AzuriteServer server = faults.Server;
    private string site = "";
    private string aside = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => faults.ResetAsync();

    [Fact]
    public async Task Apply_FrozenAtEachRequest_LeavesTheNewerSite()
    {
        int requests = await CountAsync(ApplySecondAsync, await StagedAsync());
        requests.ShouldBeGreaterThanOrEqualTo(20);
        for (int frozenAt = 0; frozenAt < requests; frozenAt++)
        {
            await FreezeAsync(await StagedAsync(), ApplySecondAsync, frozenAt);
        }
    }

    [Fact]
    public async Task Recover_FrozenAtEachRequest_LeavesTheNewerSite()
    {
        int requests = await CountAsync(RecoverAsync, await CutOffAsync());
        requests.ShouldBeGreaterThanOrEqualTo(18);
        for (int frozenAt = 0; frozenAt < requests; frozenAt++)
        {
            await FreezeAsync(await CutOffAsync(), RecoverAsync, frozenAt);
        }
    }

    [Fact]
    public async Task Staging_FrozenAndOvertaken_BeginsNothing()
    {
        BlobSite slow = await StagedAsync();
        BlobSite next = Open();
        await next.RecoverAsync(Cancel);
        await slow.StageAsync("late.html", "2"u8.ToArray(), Cancel);
        await Should.ThrowAsync<PublisherOvertakenException>(() => slow.ApplyAsync(["late.html"], ["index.html"], Cancel));
        (await ReadSiteAsync()).ShouldBe(First.Select(path => $"{path}: 1"));
        await PublishThirdAsync(next);
    }

    [Fact]
    public async Task Apply_BesideARecoveryOfItsOwnJournal_BothMayFinishIt()
    {
        // Whoever rolls the same journal forward writes the same bytes: only the one that empties the journal goes on.
        BlobSite slow = await StagedAsync();
        (Task apply, TaskCompletionSource wake) = await FrozenAsync(() => ApplySecondAsync(slow), request => IsPut(request, "index.html"));
        await Open().RecoverAsync(Cancel);
        string[] second = await ReadSiteAsync();
        wake.SetResult();
        await Should.ThrowAsync<PublisherOvertakenException>(apply);
        (await ReadSiteAsync()).ShouldBe(second);
        second.ShouldBe(Second.Select(path => $"{path}: 2"));
    }

    [Fact]
    public async Task Discard_WhileTheNextStages_LeavesWhatTheNextStaged()
    {
        // The slow one is through but for what it had staged; the next stages files of the same names.
        BlobSite slow = await StagedAsync();
        (Task apply, TaskCompletionSource wake) = await FrozenAsync(
            () => ApplySecondAsync(slow), request => HttpMethods.IsDelete(request.Method) && request.Path.Value!.Contains("/staged/index.html", StringComparison.Ordinal));
        BlobSite next = Open();
        await next.RecoverAsync(Cancel);
        await StageAsync(next, "3", Third);
        wake.SetResult();
        await apply;
        await next.ApplyAsync(Third, [], Cancel);
        (await ReadSiteAsync()).Contains("index.html: 3", StringComparer.Ordinal).ShouldBeTrue();
    }

    [Fact]
    public async Task Recover_FilesChangedByHandMeanwhile_ArePutRight()
    {
        // No publisher has changed them, since the journal is there: the publish must neither stop for ever nor leave them so.
        BlobSite next = await CutOffAsync();
        BlobContainerClient container = server.Open().Blobs.GetBlobContainerClient(site);
        foreach (string path in new[] { "index.html", "en/new.html", "gone/page.html", "status.json" })
        {
            await container.GetBlobClient(path).UploadAsync(BinaryData.FromString("by hand"), overwrite: true, Cancel);
        }

        await container.GetBlobClient("same.html").DeleteAsync(cancellationToken: Cancel);
        await container.GetBlobClient("gone/too.html").DeleteAsync(cancellationToken: Cancel);
        await next.RecoverAsync(Cancel);
        (await ReadSiteAsync()).ShouldBe(Second.Select(path => $"{path}: 2"));
    }

    private async Task FreezeAsync(BlobSite slow, Func<BlobSite, Task> act, int frozenAt)
    {
        int asked = 0;
        (Task frozen, TaskCompletionSource wake) = await FrozenAsync(() => act(slow), _ => Interlocked.Increment(ref asked) == frozenAt + 1);
        BlobSite next = Open();
        await next.RecoverAsync(Cancel);
        await PublishThirdAsync(next);
        string[] newer = await ReadSiteAsync();

        wake.SetResult();
        try
        {
            await frozen;
        }
        catch (Exception overtaken) when (overtaken is PublisherOvertakenException or InvalidOperationException)
        {
            // It was told; where it had nothing left to change it need not be.
        }

        (await ReadSiteAsync()).ShouldBe(newer, $"frozen at request {frozenAt}");
        newer.ShouldBe(newer.Where(line => Third.Any(path => line == $"{path}: 3") || !Third.Any(path => line.StartsWith(path + ':', StringComparison.Ordinal))));

        // Nothing stands in the way of whoever comes next, also without a recovery of its own.
        BlobSite last = Open();
        await StageAsync(last, "4", First);
        await last.ApplyAsync(First, [], Cancel);
        (await ReadSiteAsync()).Contains("index.html: 4", StringComparer.Ordinal).ShouldBeTrue();
    }

    /// <summary>Begins something and comes back when the request that is meant waits; it goes on when the source is set.</summary>
    private async Task<(Task Act, TaskCompletionSource Wake)> FrozenAsync(Func<Task> begin, Func<HttpRequest, bool> which)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Faults = request =>
        {
            if (reached.Task.IsCompleted || !which(request))
            {
                return null;
            }

            reached.SetResult();
            return new Fault.Delay(wake.Task);
        };
        Task act = begin();
        await Task.WhenAny(reached.Task, act);
        reached.Task.IsCompleted.ShouldBeTrue("the request was made");
        server.Faults = null;
        return (act, wake);
    }

    private async Task<int> CountAsync(Func<BlobSite, Task> act, BlobSite publisher)
    {
        int requests = 0;
        server.Faults = _ =>
        {
            Interlocked.Increment(ref requests);
            return null;
        };
        await act(publisher);
        server.Faults = null;
        return requests;
    }

    /// <summary>A site whose second edition is staged.</summary>
    private async Task<BlobSite> StagedAsync()
    {
        (site, aside) = (server.NewName(), server.NewName());
        BlobSite publisher = Open();
        await publisher.CreateAsync(Cancel);
        await publisher.RecoverAsync(Cancel);
        await StageAsync(publisher, "1", First);
        await publisher.ApplyAsync(First, [], Cancel);
        await StageAsync(publisher, "2", Second);
        return publisher;
    }

    /// <summary>A publisher before a site whose second edition was cut off right after its journal.</summary>
    private async Task<BlobSite> CutOffAsync()
    {
        BlobSite publisher = await StagedAsync();
        server.Faults = request => IsPut(request, "data/a.csv") ? new Fault.Refuse(403) : null;
        await Should.ThrowAsync<Azure.RequestFailedException>(() => ApplySecondAsync(publisher));
        server.Faults = null;
        return Open();
    }

    private BlobSite Open() => new(server.Open(), site, aside);

    private static Task ApplySecondAsync(BlobSite publisher) => publisher.ApplyAsync(Second, SecondRemovals, Cancel);

    private static Task RecoverAsync(BlobSite publisher) => publisher.RecoverAsync(Cancel);

    private static async Task PublishThirdAsync(BlobSite publisher)
    {
        await StageAsync(publisher, "3", Third);
        await publisher.ApplyAsync(Third, [], Cancel);
    }

    private static async Task StageAsync(BlobSite publisher, string text, string[] paths)
    {
        foreach (string path in paths)
        {
            await publisher.StageAsync(path, Encoding.UTF8.GetBytes(text), Cancel);
        }
    }

    private async Task<string[]> ReadSiteAsync()
    {
        BlobSite reader = Open();
        var lines = new List<string>();
        foreach (string path in await reader.ListAsync(Cancel))
        {
            lines.Add($"{path}: {Encoding.UTF8.GetString((await reader.ReadAsync(path, Cancel))!)}");
        }

        return [.. lines];
    }

    private bool IsPut(HttpRequest request, string path) =>
        HttpMethods.IsPut(request.Method) && request.Path.Value!.EndsWith($"/{site}/{path}", StringComparison.Ordinal);
}

using System.Collections.Concurrent;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Storage.Tests;

public sealed class BlobSiteContractTests(AzuriteServer server) : SiteFilesContract, IAsyncLifetime
{
    private readonly string site = server.NewName();
    private readonly string aside = server.NewName();

    public async ValueTask InitializeAsync() => await NewSite().CreateAsync(Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override ISiteFiles Open() => NewSite();

    [Theory]
    [InlineData("funds/f1/index.html", "text/html; charset=utf-8")]
    [InlineData("assets/site.css", "text/css; charset=utf-8")]
    [InlineData("data/funds.csv", "text/csv; charset=utf-8; header=present")]
    [InlineData("status.json", "application/json")]
    [InlineData("log/tile/0/000", "application/octet-stream")]
    public async Task Published_HasItsTypeAndIsAskedForEachTime(string path, string type)
    {
        await PublishAsync(Open(), (path, "1"));
        BlobProperties properties = (await server.Open().Blobs.GetBlobContainerClient(site).GetBlobClient(path).GetPropertiesAsync(cancellationToken: Cancel)).Value;
        properties.ContentType.ShouldBe(type);
        properties.CacheControl.ShouldBe("no-cache");
        properties.ContentEncoding.ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task Published_LeavesNothingAside()
    {
        await PublishAsync(Open(), ("a.txt", "1"), ("b.txt", "1"));
        await foreach (BlobItem left in server.Open().Blobs.GetBlobContainerClient(aside).GetBlobsAsync(cancellationToken: Cancel))
        {
            left.Name.ShouldBe(BlobSite.JournalName); // It is empty.
        }
    }

    [Fact]
    public async Task Recover_StagedFileRemovedByHand_IsToldAndTheJournalStays()
    {
        BlobContainerClient container = server.Open().Blobs.GetBlobContainerClient(aside);
        await container.GetBlobClient(BlobSite.JournalName).UploadAsync(BinaryData.FromString("""{"format":1,"puts":["a.txt"],"removals":[]}"""), Cancel);
        (await Should.ThrowAsync<InvalidDataException>(() => Open().RecoverAsync(Cancel))).Message.ShouldContain("a.txt");
        (await container.GetBlobClient(BlobSite.JournalName).ExistsAsync(Cancel)).Value.ShouldBeTrue();
    }

    [Fact]
    public async Task Recover_JournalOfANewerProgram_IsRefusedAndKept()
    {
        BlobClient journal = server.Open().Blobs.GetBlobContainerClient(aside).GetBlobClient(BlobSite.JournalName);
        await journal.UploadAsync(BinaryData.FromString("""{"format":2}"""), Cancel);
        await Should.ThrowAsync<InvalidDataException>(() => Open().RecoverAsync(Cancel));
        (await journal.ExistsAsync(Cancel)).Value.ShouldBeTrue();
    }

    private BlobSite NewSite() => new(server.Open(), site, aside);
}

/// <summary>A publish that is cut off at any request leaves the old site, or recovery makes the new one; never a mixture.</summary>
[Collection(AzuriteFaults.Name)]
public sealed class BlobSiteCrashTests(AzuriteFaults faults) : IAsyncLifetime
{
    private static readonly string[] Old = ["data/a.csv: 1", "gone/deep/page.html: 1", "index.html: 1", "status.json: 1"];
    private static readonly string[] New = ["data/a.csv: 2", "en/new/page.html: 2", "index.html: 2", "status.json: 2"];
    private static readonly string[] Puts = ["data/a.csv", "en/new/page.html", "index.html", "status.json"];

    // An answer at which nobody tries again: from here on the process is dead.
    private const int Dead = 403;

    private readonly AzuriteServer server = faults.Server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => faults.ResetAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Apply_CutOffAtEachRequest_RecoversToTheOldSiteOrToTheNewOne(bool done)
    {
        (Place whole, BlobSite publisher) = await StagedAsync();
        List<string> requests = await RequestsAsync(() => ApplyAsync(publisher), cutAt: null, done);
        (await ReadSiteAsync(whole.Open())).ShouldBe(New);
        int journal = requests.FindIndex(request => request == $"PUT {whole.Aside}/journal.json");
        int status = requests.FindIndex(request => request == $"PUT {whole.Site}/status.json");
        journal.ShouldBePositive();
        status.ShouldBeGreaterThan(journal);
        requests.Count.ShouldBeGreaterThanOrEqualTo(16);

        for (int cut = 0; cut < requests.Count; cut++)
        {
            string at = $"{cut}: {requests[cut]}, done {done}";
            (Place place, publisher) = await StagedAsync();
            List<string> reached = await RequestsAsync(() => Should.ThrowAsync<Azure.RequestFailedException>(() => ApplyAsync(publisher)), cut, done);
            reached.Count.ShouldBeGreaterThanOrEqualTo(cut + 1, at);

            bool durable = done ? cut >= journal : cut > journal;
            bool committed = done ? cut >= status : cut > status;
            BlobSite next = place.Open();
            (await ReadSiteAsync(next)).Contains("status.json: 2", StringComparer.Ordinal).ShouldBe(committed, at); // The commit point is put last.
            if (committed)
            {
                (await ReadSiteAsync(next)).ShouldBe(New, at);
            }

            await next.RecoverAsync(Cancel);
            (await ReadSiteAsync(next)).ShouldBe(durable ? New : Old, at);
            await ShouldBeReadyAsync(place, next);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recover_ItselfCutOffAtEachRequest_IsFinishedByTheNext(bool done)
    {
        Place whole = await CutOffAsync();
        List<string> requests = await RequestsAsync(() => whole.Open().RecoverAsync(Cancel), cutAt: null, done);
        requests.Count.ShouldBeGreaterThanOrEqualTo(14);
        for (int cut = 0; cut < requests.Count; cut++)
        {
            Place place = await CutOffAsync();
            await RequestsAsync(() => Should.ThrowAsync<Azure.RequestFailedException>(() => place.Open().RecoverAsync(Cancel)), cut, done);
            BlobSite next = place.Open();
            await next.RecoverAsync(Cancel);
            (await ReadSiteAsync(next)).ShouldBe(New, $"{cut}: {requests[cut]}");
            await ShouldBeReadyAsync(place, next);
        }
    }

    [Fact]
    public async Task Apply_CutOff_StagingAndApplyingWaitForRecovery()
    {
        (Place place, BlobSite publisher) = await StagedAsync();
        server.Faults = request => HttpMethods.IsPut(request.Method) && request.Path.Value!.EndsWith("/index.html", StringComparison.Ordinal) ? new Fault.Refuse(Dead) : null;
        await Should.ThrowAsync<Azure.RequestFailedException>(() => ApplyAsync(publisher));
        server.Faults = null;

        // The one that was cut off, and one that has just started.
        foreach (BlobSite site in new[] { publisher, place.Open() })
        {
            await Should.ThrowAsync<InvalidOperationException>(() => site.StageAsync("data/a.csv", "3"u8.ToArray(), Cancel));
            await Should.ThrowAsync<InvalidOperationException>(() => site.ApplyAsync([], ["index.html"], Cancel));
            await Should.ThrowAsync<InvalidOperationException>(() => site.ApplyAsync([], [], Cancel));
        }

        await publisher.RecoverAsync(Cancel);
        (await ReadSiteAsync(publisher)).ShouldBe(New);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(Fault.Broken)]
    public async Task EveryAnswerLostOnce_ThePublishIsDoneAllTheSame(int status)
    {
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        Place place = await PublishedAsync();
        BlobSite publisher = place.Open();
        server.Faults = request => seen.TryAdd(Name(request), 0) ? new Fault.LoseAnswer(status) : null;
        await StageAsync(publisher, "2", Puts);
        await ApplyAsync(publisher);
        server.Faults = null;
        (await ReadSiteAsync(place.Open())).ShouldBe(New);
        await ShouldBeReadyAsync(place, place.Open());
    }

    [Fact]
    public async Task Apply_ServiceBusyInTheMiddle_IsToldAndRecoveredLater()
    {
        Place place = await PublishedAsync();
        var impatient = new BlobSite(server.Open(callMax: TimeSpan.FromSeconds(1)), place.Site, place.Aside);
        await StageAsync(impatient, "2", Puts);
        server.Faults = request => HttpMethods.IsPut(request.Method) && request.Path.Value!.EndsWith("/index.html", StringComparison.Ordinal) ? new Fault.Refuse(503) : null;
        await Should.ThrowAsync<StoreBusyException>(() => ApplyAsync(impatient));
        server.Faults = null;
        await impatient.RecoverAsync(Cancel);
        (await ReadSiteAsync(impatient)).ShouldBe(New);
    }

    [Fact]
    public async Task Apply_PutsInTheOrderGivenAndTheLastAfterTheRemovals()
    {
        (Place place, BlobSite publisher) = await StagedAsync();
        List<string> requests = await RequestsAsync(() => ApplyAsync(publisher), cutAt: null, done: false);
        requests.Where(request => request.Contains($" {place.Site}/", StringComparison.Ordinal)).ShouldBe([
            $"PUT {place.Site}/data/a.csv",
            $"PUT {place.Site}/en/new/page.html",
            $"PUT {place.Site}/index.html",
            $"DELETE {place.Site}/gone/deep/page.html",
            $"PUT {place.Site}/status.json",
        ]);
    }

    /// <summary>A site has tens of thousands of files, few of which change: what was not written since is not read again.</summary>
    [Fact]
    public async Task Look_Again_ReadsWhatWasWrittenSinceAndNothingElse()
    {
        Place place = await PublishedAsync();
        BlobSite site = place.Open();
        string[] paths = [.. (await site.LookAsync(Cancel)).Paths];
        (await ReadsAsync()).ShouldBe(paths.Select(path => $"GET {place.Site}/{path}"), ignoreOrder: true);
        (await ReadsAsync()).ShouldBeEmpty();

        // Whoever writes, and be it the same bytes: what it has become is for the reader to see.
        BlobContainerClient container = server.Open().Blobs.GetBlobContainerClient(place.Site);
        await container.GetBlobClient("index.html").UploadAsync(BinaryData.FromString("altered"), overwrite: true, Cancel);
        await container.GetBlobClient("status.json").UploadAsync(BinaryData.FromString("status.json: 1"), overwrite: true, Cancel);
        (await ReadsAsync()).ShouldBe([$"GET {place.Site}/index.html", $"GET {place.Site}/status.json"], ignoreOrder: true);
        (await (await site.LookAsync(Cancel)).HashAsync("index.html", Cancel)).ShouldBe(Sha256Hex.Of("altered"u8));
        (await ReadsAsync()).ShouldBeEmpty();

        async Task<IReadOnlyList<string>> ReadsAsync()
        {
            List<string> requests = await RequestsAsync(
                async () =>
                {
                    ISiteLook look = await site.LookAsync(Cancel);
                    foreach (string path in look.Paths)
                    {
                        (await look.HashAsync(path, Cancel)).ShouldNotBeNull();
                    }
                },
                cutAt: null,
                done: false);
            requests[0].ShouldBe($"GET {place.Site}");
            return requests[1..];
        }
    }

    /// <summary>Does something, and cuts it off at a request: that one is refused, or done without an answer; what follows is refused.</summary>
    /// <returns>The requests that were made, such as <c>PUT test1/index.html</c>.</returns>
    private async Task<List<string>> RequestsAsync(Func<Task> act, int? cutAt, bool done)
    {
        var gate = new Lock();
        var requests = new List<string>();
        server.Faults = request =>
        {
            lock (gate)
            {
                requests.Add(Name(request));
                return requests.Count - 1 < cutAt || cutAt is null ? null
                    : done && requests.Count - 1 == cutAt ? new Fault.LoseAnswer(Dead)
                    : new Fault.Refuse(Dead);
            }
        };
        await act();
        server.Faults = null;
        return requests;
    }

    private async Task<Place> PublishedAsync()
    {
        var place = new Place(server, server.NewName(), server.NewName());
        BlobSite first = place.Open();
        await first.CreateAsync(Cancel);
        string[] old = ["data/a.csv", "gone/deep/page.html", "index.html", "status.json"];
        await StageAsync(first, "1", old);
        await first.ApplyAsync(old, [], Cancel);
        (await ReadSiteAsync(first)).ShouldBe(Old);
        return place;
    }

    private async Task<(Place Place, BlobSite Publisher)> StagedAsync()
    {
        Place place = await PublishedAsync();
        BlobSite publisher = place.Open();
        await StageAsync(publisher, "2", Puts);
        return (place, publisher);
    }

    /// <summary>A publish that was cut off right after its journal.</summary>
    private async Task<Place> CutOffAsync()
    {
        (Place place, BlobSite publisher) = await StagedAsync();
        bool journal = false;
        server.Faults = request =>
        {
            bool was = journal;
            journal |= HttpMethods.IsPut(request.Method) && request.Path.Value!.EndsWith("/journal.json", StringComparison.Ordinal);
            return was ? new Fault.Refuse(Dead) : null;
        };
        await Should.ThrowAsync<Azure.RequestFailedException>(() => ApplyAsync(publisher));
        server.Faults = null;
        (await ReadSiteAsync(place.Open())).ShouldBe(Old);
        return place;
    }

    private static Task ApplyAsync(BlobSite site) => site.ApplyAsync(Puts, ["gone/deep/page.html"], Cancel);

    private static async Task StageAsync(BlobSite site, string text, string[] paths)
    {
        foreach (string path in paths)
        {
            await site.StageAsync(path, Encoding.UTF8.GetBytes(text), Cancel);
        }
    }

    /// <summary>Nothing is left aside, and the next publish works.</summary>
    private async Task ShouldBeReadyAsync(Place place, BlobSite site)
    {
        await foreach (BlobItem left in server.Open().Blobs.GetBlobContainerClient(place.Aside).GetBlobsAsync(cancellationToken: Cancel))
        {
            left.Name.ShouldBe(BlobSite.JournalName); // It is empty.
        }

        await StageAsync(site, "3", ["data/a.csv", "status.json"]);
        await site.ApplyAsync(["data/a.csv", "status.json"], [], Cancel);
        (await ReadSiteAsync(site)).Where(line => line.EndsWith('3')).ShouldBe(["data/a.csv: 3", "status.json: 3"]);
    }

    private static async Task<IReadOnlyList<string>> ReadSiteAsync(BlobSite site)
    {
        var lines = new List<string>();
        foreach (string path in await site.ListAsync(Cancel))
        {
            lines.Add($"{path}: {Encoding.UTF8.GetString((await site.ReadAsync(path, Cancel))!)}");
        }

        return lines;
    }

    // Method, container and name; a listing is a GET of its container.
    private static string Name(HttpRequest request) => $"{request.Method} {request.Path.Value!["/devstoreaccount1/".Length..]}";

    private sealed record Place(AzuriteServer Server, string Site, string Aside)
    {
        public BlobSite Open() => new(Server.Open(), Site, Aside);
    }
}

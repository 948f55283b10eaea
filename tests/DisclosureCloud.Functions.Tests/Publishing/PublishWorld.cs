using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>A desk, a site in memory and a publisher between them. Two small notices are in the ledger.</summary>
internal sealed class PublishWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private PublishWorld()
    {
    }

    public DeskWorld Desks { get; } = new();

    public MemorySiteFiles Site { get; } = new();

    public Deployment Deployment => RunningApp.DeploymentOf(_folder.Path);

    public Publisher Publisher => new(Deployment, Desks.Ledger, Desks.Values, Site, Desks.Clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PublishWorld> OpenAsync()
    {
        var world = new PublishWorld();
        await world.Desks.RecordAsync(Office.Notice("n-one", "notices/xinxiang-gaoxin-2018.json"), "one");
        await world.Desks.RecordAsync(Office.Notice("n-two", "notices/dehua-2020-batch2.json"), "two");
        return world;
    }

    public Task<Published> PublishAsync(long? at = null) => Publisher.PublishAsync(at, Cancel);

    public Task<PublicationRecord?> LastAsync() => PublicationRecord.LastAsync(Desks.Ledger, Cancel);

    public async Task<int> PublicationsAsync() => (await Desks.CommitsAsync()).Count(commit => commit.Stream == StreamName.Site);

    /// <summary>Every file of the site, by path.</summary>
    public async Task<SortedDictionary<string, byte[]>> FilesAsync()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string path in await Site.ListAsync(Cancel))
        {
            files[path] = (await Site.ReadAsync(path, Cancel))!;
        }

        return files;
    }

    /// <summary>Writes into the site behind the publisher's back; null removes.</summary>
    public async Task MeddleAsync(string path, byte[]? bytes)
    {
        if (bytes is null)
        {
            await Site.ApplyAsync([], [path], Cancel);
            return;
        }

        await Site.StageAsync(path, bytes, Cancel);
        await Site.ApplyAsync([path], [], Cancel);
    }

    /// <summary>One hash over every path and every byte.</summary>
    public async Task<string> HashAsync()
    {
        using var all = new MemoryStream();
        foreach ((string path, byte[] bytes) in await FilesAsync())
        {
            all.Write(System.Text.Encoding.UTF8.GetBytes($"{path} {Sha256Hex.Of(bytes)}\n"));
        }

        return Sha256Hex.Of(all.ToArray()).Value;
    }

    public void Dispose() => _folder.Dispose();
}

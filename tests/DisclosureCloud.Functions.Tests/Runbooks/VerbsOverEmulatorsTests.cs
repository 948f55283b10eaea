using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DisclosureCloud.Emulators;

namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>What the pages do in Azure with the verbs, over emulators of its stores: a ledger in a new account, messages, the end of the log.</summary>
public sealed class VerbsOverEmulatorsTests(CosmosServer cosmos) : IAsyncLifetime
{
    private readonly AzuriteServer _storage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _storage.InitializeAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Ledger_InANewAccount_IsMadeWholeAndItsLogEnds()
    {
        using var county = new County();
        Directory.CreateDirectory(county.Data);
        (string, string)[] first = await SettingsAsync();
        (string, string)[] restored = await SettingsAsync();
        IEnumerable<string> posting = Runbook.Open("first-deployment.md").Tried("On one machine")[2].Split('\n').Where(line => !line.StartsWith("until ", StringComparison.Ordinal));
        await county.RunAsync(
            $$"""
            {{County.Serve}}
            {{string.Join('\n', posting)}}
            until curl -sf "http://localhost:$PORT/api/health" | grep -q '"site":{"position":1,"behind":0}'; do sleep 0.2; done
            kill "$SERVE"
            wait "$SERVE" || true
            """,
            first);

        (int code, string behind) = await county.TryAsync("disclosurecloud publish --data \"$DATA\"\n", restored);
        code.ShouldBe(1);
        behind.ShouldContain("the ledger lacks");
        string output = await county.RunAsync(
            """
            disclosurecloud rebuild --data "$DATA"
            disclosurecloud publish --data "$DATA"
            disclosurecloud poison --data "$DATA"
            disclosurecloud freeze --data "$DATA" --origin localhost/disclosurecloud --reason closed
            """,
            restored);
        output.ShouldMatch("took [1-9][0-9]* commits");
        output.ShouldContain("were taken back from what the site has published");
        output.ShouldContain("published position 1 ");
        output.ShouldContain("0 messages are set aside");
        output.ShouldContain("has ended on ");

        await DownloadAsync(county.File("from-azure"));
        (await county.RunAsync("disclosurecloud verify --site from-azure\n")).ShouldContain("nothing is wrong in what was checked.");
    }

    // What `az storage blob download-batch` does.
    private async Task DownloadAsync(string folder)
    {
        BlobContainerClient site = _storage.Blobs.GetBlobContainerClient("$web");
        await foreach (BlobItem blob in site.GetBlobsAsync(cancellationToken: Cancel))
        {
            string file = Path.Combine(folder, blob.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await site.GetBlobClient(blob.Name).DownloadToAsync(file, Cancel);
        }
    }

    /// <summary>The same storage each time, and an account of Cosmos DB that is new.</summary>
    private async Task<(string, string)[]> SettingsAsync() =>
    [
        ("Disclosure__Ledger", "cosmos"),
        ("Disclosure__Cosmos__Endpoint", cosmos.Endpoint.AbsoluteUri),
        ("Disclosure__Cosmos__Database", await cosmos.NewDatabaseAsync(Cancel)),
        ("Disclosure__Storage", "azure"),
        ("Disclosure__Storage__Archive", _storage.Endpoints.Blobs.AbsoluteUri),
        ("Disclosure__Storage__Site", _storage.Endpoints.Blobs.AbsoluteUri),
        ("Disclosure__Storage__Queues", _storage.Endpoints.Queues.AbsoluteUri),
        ("Disclosure__Storage__Tables", _storage.Endpoints.Tables.AbsoluteUri),
    ];
}

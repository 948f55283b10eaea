using System.Collections.Concurrent;
using Azure.Core;
using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage.Tests;

/// <summary>Who may talk to an account, and with what.</summary>
public sealed class StorageAccountTests
{
    private static readonly Uri Here = new("http://127.0.0.1:10000/devstoreaccount1");
    private static readonly Uri There = new("https://county.blob.core.windows.net");

    [Fact]
    public void OpenLocal_OneEndpointElsewhere_IsRefused()
    {
        StorageAccount.OpenLocal(new StorageEndpoints(Here, Here, Here), TimeProvider.System).ShouldNotBeNull();
        Should.Throw<ArgumentException>(() => StorageAccount.OpenLocal(new StorageEndpoints(There, Here, Here), TimeProvider.System));
        Should.Throw<ArgumentException>(() => StorageAccount.OpenLocal(new StorageEndpoints(Here, There, Here), TimeProvider.System));
        Should.Throw<ArgumentException>(() => StorageAccount.OpenLocal(new StorageEndpoints(Here, Here, There), TimeProvider.System));
    }

    [Fact]
    public void Open_WithoutEncryption_IsRefused()
    {
        var clear = new Uri("http://county.table.core.windows.net");
        Should.Throw<ArgumentException>(() => StorageAccount.Open(new StorageEndpoints(There, There, clear), TimeProvider.System));
    }

    [Fact]
    public async Task Open_AsksForATokenOfTheOneAudience()
    {
        var credential = new RefusingCredential();
        var nowhere = new Uri("https://127.0.0.1:9");
        StorageAccount account = StorageAccount.Open(new StorageEndpoints(nowhere, nowhere, nowhere), credential, TimeProvider.System);
        CancellationToken cancel = TestContext.Current.CancellationToken;

        // No request leaves without a token: each fails with what the credential said.
        await Should.ThrowAsync<InvalidOperationException>(() => new BlobArchive(account, "archive").ReadAsync("a", cancel));
        await Should.ThrowAsync<InvalidOperationException>(() => new StorageQueue(account, "postings").SendAsync("a", cancel));
        await Should.ThrowAsync<InvalidOperationException>(() => new TableCells(account, "cells").GetAsync(CellKey.Parse("a"), cancel));
        credential.Asked.ShouldBe(["https://storage.azure.com/.default", "https://storage.azure.com/.default", "https://storage.azure.com/.default"]);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("log/checkpoint", "log=2Fcheckpoint")]
    [InlineData("A=b'c%d", "A=3Db=27c=25d")]
    public void TableKey_OfAKey_HasOnlyWhatATableTakes(string key, string wanted) => CellRules.TableKeyOf(CellKey.Parse(key)).ShouldBe(wanted);

    [Fact]
    public void CellKey_Form_IsVisibleAscii()
    {
        CellKey.Parse(new string('~', CellKey.LengthMax)).Value.Length.ShouldBe(CellKey.LengthMax);
        foreach (string bad in new[] { "", "a b", "a\n", "村", "a\u007f", new string('a', CellKey.LengthMax + 1) })
        {
            Should.Throw<FormatException>(() => CellKey.Parse(bad));
        }
    }

    private sealed class RefusingCredential : TokenCredential
    {
        public ConcurrentQueue<string> Asked { get; } = new();

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            foreach (string scope in requestContext.Scopes)
            {
                Asked.Enqueue(scope);
            }

            throw new InvalidOperationException("no token");
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}

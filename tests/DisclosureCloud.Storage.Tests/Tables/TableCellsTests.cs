using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Storage.Tests;

public sealed class TableCellsContractTests(AzuriteServer server) : CellStoreContract, IAsyncLifetime
{
    private readonly string table = server.NewName();

    public async ValueTask InitializeAsync()
    {
        await new TableCells(server.Open(), table).CreateAsync(Cancel);
        await new TableCells(server.Open(), table).CreateAsync(Cancel); // It may be there.
    }

    protected override ICellStore OpenStore() => new TableCells(server.Open(), table);
}

/// <summary>What cells in a table do when the service refuses or loses an answer.</summary>
[Collection(AzuriteFaults.Name)]
public sealed class TableCellsFaultTests(AzuriteFaults faults) : IAsyncLifetime
{
    private static readonly CellKey Key = CellKey.Parse("log/checkpoint");

    private readonly string table = faults.Server.NewName();
    private TableCells cells = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cells = new TableCells(faults.Server.Open(), table);
        await cells.CreateAsync(Cancel);
    }

    public ValueTask DisposeAsync() => faults.ResetAsync();

    [Theory]
    [InlineData(503)]
    [InlineData(Fault.Broken)]
    public async Task RefusedTwice_IsDoneAtTheThird(int status)
    {
        int refusals = 2;
        faults.Server.Faults = _ => Interlocked.Decrement(ref refusals) >= 0 ? new Fault.Refuse(status) : null;
        CellTag tag = (await cells.CreateAsync(Key, "one"u8.ToArray(), Cancel)).ShouldNotBeNull();
        refusals = 2;
        tag = (await cells.ReplaceAsync(Key, "two"u8.ToArray(), tag, Cancel)).ShouldNotBeNull();
        refusals = 2;
        (await cells.DeleteAsync(Key, tag, Cancel)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(Fault.Broken)]
    public async Task AnswerLost_TheWriterLearnsThatItWon(int status)
    {
        int asked = 0;
        faults.Server.Faults = request => !HttpMethods.IsGet(request.Method) && Interlocked.Increment(ref asked) == 1 ? new Fault.LoseAnswer(status) : null;
        CellTag tag = (await cells.CreateAsync(Key, "one"u8.ToArray(), Cancel)).ShouldNotBeNull();
        asked.ShouldBe(2);
        asked = 0;
        CellTag next = (await cells.ReplaceAsync(Key, "two"u8.ToArray(), tag, Cancel)).ShouldNotBeNull();
        asked.ShouldBe(2);
        next.ShouldNotBe(tag);
        (await cells.GetAsync(Key, Cancel)).ShouldNotBeNull().Tag.ShouldBe(next);
        asked = 0;
        (await cells.DeleteAsync(Key, next, Cancel)).ShouldBeTrue();
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task AnotherWroteTheSameBytes_TheWriterLearnsThatItLost()
    {
        CellTag tag = (await cells.CreateAsync(Key, "one"u8.ToArray(), Cancel)).ShouldNotBeNull();
        int asked = 0;
        faults.Server.Faults = request =>
        {
            // The first request never arrives, and before the second another writer comes.
            if (HttpMethods.IsPut(request.Method) && Interlocked.Increment(ref asked) == 1)
            {
                new TableCells(faults.Server.Open(), table).ReplaceAsync(Key, "two"u8.ToArray(), tag, Cancel).GetAwaiter().GetResult().ShouldNotBeNull();
                return new Fault.Refuse(503);
            }

            return null;
        };
        (await cells.ReplaceAsync(Key, "two"u8.ToArray(), tag, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task RefusedAgainAndAgain_IsToldWithinABound()
    {
        var impatient = new TableCells(faults.Server.Open(callMax: TimeSpan.FromSeconds(1)), table);
        faults.Server.Faults = _ => new Fault.Refuse(503);
        await Should.ThrowAsync<StoreBusyException>(() => impatient.GetAsync(Key, Cancel));
        await Should.ThrowAsync<StoreBusyException>(() => impatient.CreateAsync(Key, "one"u8.ToArray(), Cancel));
    }

    [Fact]
    public async Task TableMissing_IsNoEmptyCell()
    {
        var nowhere = new TableCells(faults.Server.Open(), faults.Server.NewName());
        (await Should.ThrowAsync<Azure.RequestFailedException>(() => nowhere.GetAsync(Key, Cancel))).Status.ShouldBe(404);
        (await Should.ThrowAsync<Azure.RequestFailedException>(() => nowhere.CreateAsync(Key, "one"u8.ToArray(), Cancel))).Status.ShouldBe(404);
    }
}

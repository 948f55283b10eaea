using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

public sealed class SqliteLedgerStoreContractTests : LedgerStoreContract
{
    private readonly TemporaryFolder folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    protected override ILedgerStore OpenStore() => SqliteLedgerStore.Open(folder.File("ledger.db"));
}

public sealed class SqliteValueStoreContractTests : ValueStoreContract
{
    private readonly TemporaryFolder folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    protected override IValueStore OpenStore() => SqliteValueStore.Open(folder.File("values.db"), Clock);
}

using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

public sealed class CellLockOverSqliteTests : ExclusiveLockContract
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteCells cells;

    public CellLockOverSqliteTests() => cells = SqliteCells.Open(folder.File("cells.db"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await cells.DisposeAsync();
        folder.Dispose();
    }

    protected override IExclusiveLock OpenLock() => new CellLock(cells, CellKey.Parse("publish"), TimeProvider.System);
}

public sealed class CellLockOverTablesTests(AzuriteServer server) : ExclusiveLockContract, IAsyncLifetime
{
    private readonly string table = server.NewName();

    public async ValueTask InitializeAsync() => await new TableCells(server.Open(), table).CreateAsync(Cancel);

    protected override IExclusiveLock OpenLock() => new CellLock(new TableCells(server.Open(), table), CellKey.Parse("publish"), TimeProvider.System);
}

using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>The stores of the embedded mode: two SQLite files and a folder.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly SqliteLedgerStore _ledger;
    private readonly SqliteValueStore _values;

    private Stores(SqliteLedgerStore ledger, SqliteValueStore values, SiteFolder site) => (_ledger, _values, Site) = (ledger, values, site);

    public ILedgerStore Ledger => _ledger;

    public IValueStore Values => _values;

    public ISiteFiles Site { get; }

    public static Stores Open(Deployment deployment, TimeProvider clock) => new(
        SqliteLedgerStore.Open(deployment.LedgerFile),
        SqliteValueStore.Open(deployment.ValuesFile, clock),
        new SiteFolder(deployment.SiteFolder));

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _values.DisposeAsync();
    }
}

using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

/// <summary>The fakes keep the contracts too: what is tested on them holds for the stores.</summary>
public sealed class MemoryLedgerStoreTests : LedgerStoreContract
{
    private readonly MemoryLedgerStore store = new();

    protected override ILedgerStore OpenStore() => store;
}

public sealed class MemoryValueStoreTests : ValueStoreContract
{
    private MemoryValueStore? store;

    protected override IValueStore OpenStore() => store ??= new MemoryValueStore(Clock);
}

public sealed class MemorySiteFilesTests : SiteFilesContract
{
    private readonly MemorySiteFiles site = new();

    protected override ISiteFiles Open() => site;

    [Theory]
    [InlineData("a.txt")]
    [InlineData("old.txt")]
    [InlineData("status.json")]
    public async Task Apply_BrokenAtAChange_IsFinishedByRecovery(string broken)
    {
        await PublishAsync(site, ("old.txt", "1"), ("status.json", "1"));
        await StageAsync(site, ("a.txt", "2"), ("status.json", "2"));
        site.BeforeChange = path =>
        {
            if (path == broken)
            {
                throw new IOException($"broken at {path}");
            }
        };
        await Should.ThrowAsync<IOException>(() => site.ApplyAsync(["a.txt", "status.json"], ["old.txt"], Cancel));
        site.BeforeChange = null;
        await Should.ThrowAsync<InvalidOperationException>(() => StageAsync(site, ("b.txt", "3")));

        await site.RecoverAsync(Cancel);
        (await ReadSiteAsync(site)).ShouldBe(["a.txt: 2", "status.json: 2"]);
    }
}

/// <summary>The cells that other tests lean on keep the contract too.</summary>
public sealed class MemoryCellsTests : CellStoreContract
{
    private readonly MemoryCells cells = new();

    protected override ICellStore OpenStore() => cells.Open();
}

public sealed class MemoryArchiveTests : ArchiveFilesContract
{
    private readonly MemoryArchive files = new();

    protected override IPassingFiles Open() => files.Open();
}

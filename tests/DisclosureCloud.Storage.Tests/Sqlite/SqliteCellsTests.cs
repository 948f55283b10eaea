using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

public sealed class SqliteCellsTests : CellStoreContract
{
    private readonly TemporaryFolder folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    protected override ICellStore OpenStore() => SqliteCells.Open(folder.File("cells.db"));

    [Fact]
    public async Task Replace_BrokenBeforeItsCommit_LeavesTheCell()
    {
        var cells = (SqliteCells)Open();
        CellKey key = CellKey.Parse("lock");
        CellTag tag = (await cells.CreateAsync(key, "one"u8.ToArray(), Cancel)).ShouldNotBeNull();
        cells.Writer.BeforeCommit = () => throw new IOException("broken");
        await Should.ThrowAsync<IOException>(() => cells.ReplaceAsync(key, "two"u8.ToArray(), tag, Cancel));
        cells.Writer.BeforeCommit = null;
        (await Open().GetAsync(key, Cancel)).ShouldNotBeNull().Tag.ShouldBe(tag);
        (await Open().ReplaceAsync(key, "two"u8.ToArray(), tag, Cancel)).ShouldNotBeNull();
    }
}

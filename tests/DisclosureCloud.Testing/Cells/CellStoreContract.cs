using System.Text;
using DisclosureCloud.Ledger;
using Shouldly;
using Xunit;

namespace DisclosureCloud.Testing;

/// <summary>The contract of <see cref="ICellStore"/>, point by point, for every implementation.</summary>
public abstract class CellStoreContract : IAsyncDisposable
{
    private static readonly CellKey Key = CellKey.Parse("log/checkpoint");

    private readonly List<ICellStore> opened = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens this test's cells; a second call opens the same ones again, as another process would.</summary>
    protected abstract ICellStore OpenStore();

    protected ICellStore Open()
    {
        ICellStore store = OpenStore();
        opened.Add(store);
        return store;
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable store in opened.OfType<IAsyncDisposable>())
        {
            await store.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ICellStore.SizeMax)]
    public async Task Point1_AnyBytes_AreKept(int length)
    {
        byte[] value = [.. Enumerable.Range(0, length).Select(number => (byte)number)];
        CellTag tag = (await Open().CreateAsync(Key, value, Cancel)).ShouldNotBeNull();
        Cell cell = (await Open().GetAsync(Key, Cancel)).ShouldNotBeNull();
        cell.Value.ToArray().ShouldBe(value);
        cell.Tag.ShouldBe(tag);
    }

    [Fact]
    public async Task Point1_OneByteTooMany_IsRefused()
    {
        ICellStore store = Open();
        CellTag tag = (await CreateAsync(store, "one")).ShouldNotBeNull();
        await Should.ThrowAsync<ArgumentException>(() => store.CreateAsync(CellKey.Parse("other"), new byte[ICellStore.SizeMax + 1], Cancel));
        await Should.ThrowAsync<ArgumentException>(() => store.ReplaceAsync(Key, new byte[ICellStore.SizeMax + 1], tag, Cancel));
        (await ReadAsync(store)).ShouldBe("one");
    }

    [Fact]
    public async Task Point1_KeysOfEveryCharacter_AreDifferentCells()
    {
        ICellStore store = Open();
        string[] keys =
        [
            .. Enumerable.Range('!', '~' - '!' + 1).Select(character => ((char)character).ToString()),
            "a/b", "a/B", "a=2Fb", "a%2Fb", "a%252Fb", "''", "'", "..", "a b".Replace(' ', '+'), new string('/', CellKey.LengthMax), new string('/', CellKey.LengthMax - 1),
        ];
        await Parallel.ForEachAsync(
            keys.Distinct(StringComparer.Ordinal), Cancel, async (key, token) => (await store.CreateAsync(CellKey.Parse(key), Encoding.UTF8.GetBytes(key), token)).ShouldNotBeNull(key));
        foreach (string key in keys)
        {
            Text((await store.GetAsync(CellKey.Parse(key), Cancel)).ShouldNotBeNull(key)).ShouldBe(key);
        }
    }

    [Fact]
    public async Task Point2_CellThere_IsNotCreatedAgain()
    {
        (await Open().GetAsync(Key, Cancel)).ShouldBeNull();
        CellTag tag = (await CreateAsync(Open(), "one")).ShouldNotBeNull();
        (await CreateAsync(Open(), "two")).ShouldBeNull();
        (await CreateAsync(Open(), "one")).ShouldBeNull();
        (await ReadAsync(Open())).ShouldBe("one");
        (await Open().GetAsync(Key, Cancel)).ShouldNotBeNull().Tag.ShouldBe(tag);
    }

    [Fact]
    public async Task Point3_Replace_WithTheLastTagAlone()
    {
        ICellStore store = Open();
        CellTag first = (await CreateAsync(store, "one")).ShouldNotBeNull();
        CellTag second = (await ReplaceAsync(Open(), "two", first)).ShouldNotBeNull();

        (await ReplaceAsync(store, "three", first)).ShouldBeNull();
        (await ReadAsync(store)).ShouldBe("two");
        (await ReplaceAsync(store, "three", second)).ShouldNotBeNull();
        (await ReadAsync(store)).ShouldBe("three");
    }

    [Fact]
    public async Task Point3_CellGoneOrNeverThere_IsNotReplaced()
    {
        ICellStore store = Open();
        CellTag tag = (await CreateAsync(store, "one")).ShouldNotBeNull();
        (await store.ReplaceAsync(CellKey.Parse("never"), "two"u8.ToArray(), tag, Cancel)).ShouldBeNull();
        (await store.GetAsync(CellKey.Parse("never"), Cancel)).ShouldBeNull();

        await store.DeleteAsync(Key, tag, Cancel);
        (await ReplaceAsync(store, "two", tag)).ShouldBeNull();
        (await store.GetAsync(Key, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Point4_Delete_WithTheLastTagAlone()
    {
        ICellStore store = Open();
        CellTag first = (await CreateAsync(store, "one")).ShouldNotBeNull();
        CellTag second = (await ReplaceAsync(store, "two", first)).ShouldNotBeNull();

        (await store.DeleteAsync(Key, first, Cancel)).ShouldBeFalse();
        (await ReadAsync(store)).ShouldBe("two");
        (await store.DeleteAsync(Key, second, Cancel)).ShouldBeTrue();
        (await store.GetAsync(Key, Cancel)).ShouldBeNull();
        (await store.DeleteAsync(Key, second, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Point5_SameBytesOrCreatedAnew_HasAnotherTag()
    {
        ICellStore store = Open();
        var seen = new HashSet<CellTag>();
        for (int round = 0; round < 3; round++)
        {
            CellTag created = (await CreateAsync(store, "same")).ShouldNotBeNull();
            CellTag replaced = (await ReplaceAsync(store, "same", created)).ShouldNotBeNull();
            seen.Add(created).ShouldBeTrue();
            seen.Add(replaced).ShouldBeTrue();
            (await store.DeleteAsync(Key, created, Cancel)).ShouldBeFalse();
            (await store.DeleteAsync(Key, replaced, Cancel)).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Point5_ManyWritersOfOneTag_ExactlyOneWins(bool sameValue)
    {
        ICellStore[] stores = [Open(), Open()];
        CellTag tag = (await CreateAsync(stores[0], "start")).ShouldNotBeNull();
        CellTag?[] tags = await Task.WhenAll(Enumerable.Range(0, 64).Select(number =>
            Task.Run(() => ReplaceAsync(stores[number % 2], sameValue ? "same" : $"writer {number}", tag), Cancel)));

        CellTag won = tags.OfType<CellTag>().ShouldHaveSingleItem();
        Cell cell = (await stores[0].GetAsync(Key, Cancel)).ShouldNotBeNull();
        cell.Tag.ShouldBe(won);
        Text(cell).ShouldBe(sameValue ? "same" : $"writer {Array.IndexOf(tags, won)}");
    }

    [Fact]
    public async Task Point5_ManyCreators_ExactlyOneWins()
    {
        ICellStore[] stores = [Open(), Open()];
        CellTag?[] tags = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(() => CreateAsync(stores[number % 2], "same"), Cancel)));
        tags.OfType<CellTag>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Tag_OfNoStore_IsRefused()
    {
        ICellStore store = Open();
        await CreateAsync(store, "one");
        foreach (CellTag tag in new CellTag[] { default, new(""), new("*") })
        {
            await Should.ThrowAsync<FormatException>(() => ReplaceAsync(store, "two", tag));
            await Should.ThrowAsync<FormatException>(() => store.DeleteAsync(Key, tag, Cancel));
        }

        (await ReadAsync(store)).ShouldBe("one");
    }

    private static Task<CellTag?> CreateAsync(ICellStore store, string text) => store.CreateAsync(Key, Encoding.UTF8.GetBytes(text), Cancel);

    private static Task<CellTag?> ReplaceAsync(ICellStore store, string text, CellTag tag) => store.ReplaceAsync(Key, Encoding.UTF8.GetBytes(text), tag, Cancel);

    private static async Task<string> ReadAsync(ICellStore store) => Text((await store.GetAsync(Key, Cancel)).ShouldNotBeNull());

    private static string Text(Cell cell) => Encoding.UTF8.GetString(cell.Value.Span);
}

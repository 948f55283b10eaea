using DisclosureCloud.Ledger;
using Shouldly;
using Xunit;

namespace DisclosureCloud.Testing;

/// <summary>The contract of <see cref="IValueStore"/>, point by point, for every implementation.</summary>
public abstract class ValueStoreContract : IAsyncDisposable
{
    private static readonly PostingId Posting = PostingId.Of(Id.Parse<DepartmentId>("test-department"), "values");

    private readonly List<IValueStore> opened = [];
    private readonly SeededSalts salts = new(seed: 1);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ManualClock Clock { get; } = new();

    /// <summary>More than the store takes with one request or statement: SQLite's limit is 32,766 parameters.</summary>
    protected virtual int ManyValues => 40_000;

    /// <summary>Opens this test's values; a second call opens the same ones again, as another process would.</summary>
    protected abstract IValueStore OpenStore();

    protected IValueStore Open()
    {
        IValueStore store = OpenStore();
        opened.Add(store);
        return store;
    }

    protected async Task CloseAllAsync()
    {
        foreach (IAsyncDisposable store in opened.OfType<IAsyncDisposable>())
        {
            await store.DisposeAsync();
        }

        opened.Clear();
    }

    protected Opening Make(string value)
    {
        byte[] salt = new byte[Commitment.SaltLength];
        salts.Fill(salt);
        return new Opening(Commitment.Of(salt, value), salt, value, Posting);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAllAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Point1_StoreOpenedAgain_HasWhatWasPut()
    {
        Opening opening = Make("县农业农村局 \"a\" 'b' \u0001");
        await Open().PutAsync([opening], Cancel);
        await CloseAllAsync();

        Opening found = (await Open().GetAsync([opening.Commitment], Cancel)).ShouldHaveSingleItem();
        found.Value.ShouldBe(opening.Value);
        found.Salt.ToArray().ShouldBe(opening.Salt.ToArray());
        found.Posting.ShouldBe(opening.Posting);
        found.IsTrue.ShouldBeTrue();
    }

    [Fact]
    public async Task Point1_EmptyValue_IsKept()
    {
        IValueStore store = Open();
        Opening opening = Make("");
        await store.PutAsync([opening], Cancel);
        (await store.GetAsync([opening.Commitment], Cancel)).ShouldHaveSingleItem().Value.ShouldBe("");
    }

    [Fact]
    public async Task Point2_PutAgain_ChangesNothing()
    {
        IValueStore store = Open();
        Opening opening = Make("twice");
        await store.PutAsync([opening, opening], Cancel);
        Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset between = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromHours(1));
        await store.PutAsync([opening], Cancel);

        (await store.GetAsync([opening.Commitment], Cancel)).Count.ShouldBe(1);
        (await ReadPutBeforeAsync(store, between)).ShouldBe(["twice"]); // It keeps the time at which it was first put.
    }

    [Fact]
    public async Task Point3_GetSome_GivesThoseThatAreThereEachOnce()
    {
        IValueStore store = Open();
        Opening[] put = [Make("a"), Make("b"), Make("c")];
        Opening never = Make("never put");
        await store.PutAsync(put, Cancel);

        IReadOnlyList<Opening> found = await store.GetAsync(
            [put[0].Commitment, never.Commitment, put[2].Commitment, put[0].Commitment], Cancel);

        found.Select(opening => opening.Value).Order(StringComparer.Ordinal).ShouldBe(["a", "c"]);
        (await store.GetAsync([], Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Point3_MoreThanAnyLimitOfParameters_AreAllFound()
    {
        IValueStore store = Open();
        Opening[] put = [.. Enumerable.Range(0, ManyValues).Select(number => Make($"value {number}"))];
        await store.PutAsync(put, Cancel);

        IReadOnlyList<Opening> found = await store.GetAsync([.. put.Select(opening => opening.Commitment)], Cancel);
        found.Select(opening => opening.Value).ToHashSet(StringComparer.Ordinal).Count.ShouldBe(put.Length);
        found.Count.ShouldBe(put.Length);

        await store.ForgetAsync([.. put.Skip(1).Select(opening => opening.Commitment)], Cancel);
        (await store.GetAsync([.. put.Select(opening => opening.Commitment)], Cancel)).ShouldHaveSingleItem().Value.ShouldBe("value 0");
    }

    [Fact]
    public async Task Point4_Forgotten_IsGoneAndTheOthersStay()
    {
        IValueStore store = Open();
        Opening[] put = [Make("forget me"), Make("keep me")];
        await store.PutAsync(put, Cancel);

        await store.ForgetAsync([put[0].Commitment], Cancel);
        await store.ForgetAsync([put[0].Commitment, Make("never put").Commitment], Cancel);
        await store.ForgetAsync([], Cancel);

        (await store.GetAsync([.. put.Select(opening => opening.Commitment)], Cancel)).ShouldHaveSingleItem().Value.ShouldBe("keep me");
        (await ReadPutBeforeAsync(store, Clock.GetUtcNow().AddDays(1))).ShouldBe(["keep me"]);
    }

    [Fact]
    public async Task Point5_PutBeforeAMoment_AreGivenOldestFirst()
    {
        IValueStore store = Open();
        DateTimeOffset start = Clock.GetUtcNow();
        for (int hour = 0; hour < 4; hour++)
        {
            await store.PutAsync([Make($"{hour} a")], Cancel);
            await store.PutAsync([Make($"{hour} b")], Cancel);
            Clock.Advance(TimeSpan.FromHours(1));
        }

        (await ReadPutBeforeAsync(store, start)).ShouldBeEmpty();
        await ShouldGiveHoursAsync(start.AddHours(2), "0 a", "0 b", "1 a", "1 b");
        await ShouldGiveHoursAsync(start.AddHours(2).AddMilliseconds(1), "0 a", "0 b", "1 a", "1 b", "2 a", "2 b");

        async Task ShouldGiveHoursAsync(DateTimeOffset before, params string[] wanted)
        {
            List<string> found = await ReadPutBeforeAsync(store, before);
            found.Select(value => value[0]).ShouldBe(wanted.Select(value => value[0])); // Those of one moment come in any order.
            found.Order(StringComparer.Ordinal).ShouldBe(wanted);
        }
    }

    [Fact]
    public async Task Point5_MoreThanAnyPagePutAtOnce_AreGivenEachOnce()
    {
        IValueStore store = Open();
        string[] values = [.. Enumerable.Range(0, 700).Select(number => $"value {number:000}")];
        await store.PutAsync([.. values.Select(Make)], Cancel);
        (await ReadPutBeforeAsync(store, Clock.GetUtcNow().AddSeconds(1))).Order(StringComparer.Ordinal).ShouldBe(values);
    }

    [Fact]
    public async Task Put_ManyAtOnceFromTwoStores_AreAllThere()
    {
        IValueStore[] stores = [Open(), Open()];
        Opening[] put = [.. Enumerable.Range(0, 64).Select(number => Make($"value {number}"))];
        await Task.WhenAll(put.Select((opening, number) => Task.Run(() => stores[number % 2].PutAsync([opening], Cancel), Cancel)));
        (await stores[0].GetAsync([.. put.Select(opening => opening.Commitment)], Cancel)).Count.ShouldBe(put.Length);
    }

    private static async Task<List<string>> ReadPutBeforeAsync(IValueStore store, DateTimeOffset moment)
    {
        var values = new List<string>();
        await foreach (Opening opening in store.ReadPutBeforeAsync(moment, Cancel))
        {
            values.Add(opening.Value);
        }

        return values;
    }
}

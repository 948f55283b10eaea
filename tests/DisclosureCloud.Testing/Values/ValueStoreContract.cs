using DisclosureCloud.Ledger;
using Shouldly;
using Xunit;

namespace DisclosureCloud.Testing;

/// <summary>The contract of <see cref="IValueStore"/>, point by point, for every implementation.</summary>
public abstract class ValueStoreContract : IAsyncDisposable
{
    private static readonly PostingId Posting = PostingOf("values");
    private static readonly PostingId Other = PostingOf("other values");

    private readonly List<IValueStore> opened = [];
    private readonly SeededSalts salts = new(seed: 1);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ManualClock Clock { get; } = new();

    /// <summary>More than any store takes with one request, document or statement: SQLite's limit is 32,766 parameters, Cosmos DB's 2 MB.</summary>
    protected const int ManyValues = 40_000;

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

    protected Opening Make(string value) => Make(value, Posting);

    protected Opening Make(string value, PostingId posting)
    {
        byte[] salt = new byte[Commitment.SaltLength];
        salts.Fill(salt);
        return new Opening(Commitment.Of(salt, value), salt, value, posting);
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

        Opening found = (await Open().GetAsync([Posting], Cancel)).ShouldHaveSingleItem();
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
        (await store.GetAsync([Posting], Cancel)).ShouldHaveSingleItem().Value.ShouldBe("");
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

        (await store.GetAsync([Posting], Cancel)).Count.ShouldBe(1);
        (await ReadPutBeforeAsync(store, between)).ShouldBe(["twice"]); // It keeps the time at which it was first put.
    }

    [Fact]
    public async Task Point2_PutAgainInAnotherOrder_ChangesNothing()
    {
        IValueStore store = Open();
        Opening[] put = [Make("a"), Make("b"), Make("c")];
        await store.PutAsync(put, Cancel);
        await store.PutAsync([put[2], put[0], put[1]], Cancel);
        (await ReadPutBeforeAsync(store, DateTimeOffset.MaxValue)).Order(StringComparer.Ordinal).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task Point2_PutAgainWhatWasForgotten_IsThereAgainAndTheRestKeepsItsTime()
    {
        IValueStore store = Open();
        Opening[] put = [Make("stays"), Make("comes back")];
        await store.PutAsync(put, Cancel);
        Clock.Advance(TimeSpan.FromHours(1));
        for (int round = 0; round < 3; round++)
        {
            await store.ForgetAsync([put[1].Key], Cancel);
            await store.PutAsync(put, Cancel);
            (await GetAsync(store, Posting)).ShouldBe(["comes back", "stays"], $"round {round}");
            (await ReadPutBeforeAsync(store, Clock.GetUtcNow())).ShouldBe(["stays"]);
        }

        await store.ForgetAsync([put[0].Key, put[1].Key], Cancel);
        (await GetAsync(store, Posting)).ShouldBeEmpty();
        await store.PutAsync(put, Cancel);
        (await GetAsync(store, Posting)).ShouldBe(["comes back", "stays"]);
    }

    [Fact]
    public async Task Point3_GetByPosting_GivesAllOfItsOwnEachOnce()
    {
        IValueStore store = Open();
        Opening twice = Make("twice");
        await store.PutAsync([Make("a"), twice, Make("of another", Other)], Cancel);
        await store.PutAsync([twice, Make("b")], Cancel);

        (await GetAsync(store, Posting)).ShouldBe(["a", "b", "twice"]);
        (await GetAsync(store, Posting, Posting)).ShouldBe(["a", "b", "twice"]);
        (await GetAsync(store, Other)).ShouldBe(["of another"]);
        (await GetAsync(store, Posting, PostingOf("never put"), Other)).ShouldBe(["a", "b", "of another", "twice"]);
        (await store.GetAsync([PostingOf("never put")], Cancel)).ShouldBeEmpty();
        (await store.GetAsync([], Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Point3_MoreThanAnyLimitOfParameters_AreAllFoundAndForgotten()
    {
        IValueStore store = Open();
        Opening[] put = [.. Enumerable.Range(0, ManyValues).Select(number => Make($"value {number}"))];
        await store.PutAsync(put, Cancel);

        IReadOnlyList<Opening> found = await store.GetAsync([Posting], Cancel);
        found.Select(opening => opening.Value).ToHashSet(StringComparer.Ordinal).Count.ShouldBe(put.Length);
        found.Count.ShouldBe(put.Length);

        await store.ForgetAsync([.. put.Skip(1).Select(opening => opening.Key)], Cancel);
        (await GetAsync(store, Posting)).ShouldBe(["value 0"]);
    }

    [Fact]
    public async Task Point3_ManyPostings_AreAllFoundAndForgotten()
    {
        IValueStore store = Open();
        Opening[] put = [.. Enumerable.Range(0, 1_100).Select(number => Make($"value {number:0000}", PostingOf($"posting {number}")))];
        await store.PutAsync(put, Cancel);

        PostingId[] postings = [.. put.Select(opening => opening.Posting)];
        (await GetAsync(store, postings)).ShouldBe(put.Select(opening => opening.Value));

        await store.ForgetAsync([.. put.Skip(1).Select(opening => opening.Key)], Cancel);
        (await GetAsync(store, postings)).ShouldBe(["value 0000"]);
    }

    [Fact]
    public async Task Point4_Forgotten_IsGoneAndTheOthersStay()
    {
        IValueStore store = Open();
        Opening[] put = [Make("forget me"), Make("keep me")];
        await store.PutAsync(put, Cancel);

        await store.ForgetAsync([put[0].Key], Cancel);
        await store.ForgetAsync([put[0].Key, put[0].Key, Make("never put").Key, Make("never put", Other).Key], Cancel);
        await store.ForgetAsync([], Cancel);

        (await GetAsync(store, Posting)).ShouldBe(["keep me"]);
        (await ReadPutBeforeAsync(store, Clock.GetUtcNow().AddDays(1))).ShouldBe(["keep me"]);
    }

    [Fact]
    public async Task Point4_ForgottenUnderAnotherPosting_Stays()
    {
        IValueStore store = Open();
        Opening put = Make("keep me");
        await store.PutAsync([put, Make("of another", Other)], Cancel);
        await store.ForgetAsync([new ValueKey(Other, put.Commitment)], Cancel);
        (await GetAsync(store, Posting, Other)).ShouldBe(["keep me", "of another"]);
    }

    [Fact]
    public async Task Point4_PutTwiceAmongOthers_IsForgottenInAll()
    {
        IValueStore store = Open();
        Opening twice = Make("twice");
        await store.PutAsync([twice, Make("a")], Cancel);
        await store.PutAsync([twice, Make("b")], Cancel);
        await store.PutAsync([twice], Cancel);

        await store.ForgetAsync([twice.Key], Cancel);
        (await GetAsync(store, Posting)).ShouldBe(["a", "b"]);
        (await ReadPutBeforeAsync(store, DateTimeOffset.MaxValue)).Order(StringComparer.Ordinal).ShouldBe(["a", "b"]);
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
    public async Task Point5_PutTwiceAmongOthers_IsGivenWithTheTimeOfTheFirst()
    {
        IValueStore store = Open();
        Opening twice = Make("twice");
        await store.PutAsync([twice, Make("a")], Cancel);
        Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset between = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromHours(1));
        await store.PutAsync([twice, Make("b")], Cancel);

        (await ReadPutBeforeAsync(store, between)).Order(StringComparer.Ordinal).ShouldBe(["a", "twice"]);
        (await ReadPutBeforeAsync(store, DateTimeOffset.MaxValue)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(["a", "b", "twice"]);
    }

    [Fact]
    public async Task Point6_ManyPutAtOnceFromTwoStores_AreAllThere()
    {
        IValueStore[] stores = [Open(), Open()];
        Opening[] put = [.. Enumerable.Range(0, 64).Select(number => Make($"value {number:00}"))];
        await Task.WhenAll(put.Select((opening, number) => Task.Run(() => stores[number % 2].PutAsync([opening], Cancel), Cancel)));
        (await GetAsync(stores[0], Posting)).ShouldBe(put.Select(opening => opening.Value));
    }

    [Fact]
    public async Task Point6_ManyForgottenAtOnceFromTwoStores_AreAllGoneAndNoOther()
    {
        IValueStore[] stores = [Open(), Open()];
        Opening[] put = [.. Enumerable.Range(0, 12).Select(number => Make($"value {number:00}"))];
        await stores[0].PutAsync(put, Cancel);
        await Task.WhenAll(put.Skip(4).Select((opening, number) => Task.Run(() => stores[number % 2].ForgetAsync([opening.Key], Cancel), Cancel)));
        (await GetAsync(stores[0], Posting)).ShouldBe(["value 00", "value 01", "value 02", "value 03"]);
    }

    private static PostingId PostingOf(string key) => PostingId.Of(Id.Parse<DepartmentId>("test-department"), key);

    private static async Task<string[]> GetAsync(IValueStore store, params PostingId[] postings) =>
        [.. (await store.GetAsync(postings, Cancel)).Select(opening => opening.Value).Order(StringComparer.Ordinal)];

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

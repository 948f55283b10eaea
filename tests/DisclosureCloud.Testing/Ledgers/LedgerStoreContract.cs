using DisclosureCloud.Ledger;
using Shouldly;
using Xunit;

namespace DisclosureCloud.Testing;

/// <summary>The contract of <see cref="ILedgerStore"/>, point by point, for every implementation.</summary>
public abstract class LedgerStoreContract : IAsyncDisposable
{
    private static readonly StreamName One = TestCommits.Fund("one");
    private static readonly StreamName Two = TestCommits.Fund("two");

    private readonly List<ILedgerStore> opened = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens this test's ledger; a second call opens the same one again, as another process would.</summary>
    protected abstract ILedgerStore OpenStore();

    protected ILedgerStore Open()
    {
        ILedgerStore store = OpenStore();
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

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAllAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Point1_NextVersion_IsAppendedWhole()
    {
        ILedgerStore store = Open();
        Commit first = TestCommits.Of(One, 0, entries: 0);
        Commit second = TestCommits.Of(One, 1, entries: 3, text: "名称 \"quoted\" 'and' \u0001 <b>");

        (await store.AppendAsync(first, Cancel)).ShouldBe(AppendOutcome.Appended);
        (await store.AppendAsync(second, Cancel)).ShouldBe(AppendOutcome.Appended);

        ShouldBeSame(await store.ReadAsync(One, 0, Cancel), first);
        ShouldBeSame(await store.ReadAsync(One, 1, Cancel), second);
    }

    [Fact]
    public async Task Point1_StreamsWhoseNamesBeginAlike_DoNotMix()
    {
        ILedgerStore store = Open();
        StreamName longer = TestCommits.Fund("one-more");
        await store.AppendAsync(TestCommits.Of(One, 0), Cancel);

        (await store.AppendAsync(TestCommits.Of(longer, 1), Cancel)).ShouldBe(AppendOutcome.Conflict);
        (await store.AppendAsync(TestCommits.Of(longer, 0), Cancel)).ShouldBe(AppendOutcome.Appended);
        (await ReadStreamAsync(store, One, 0)).ShouldBe([0]);
    }

    [Fact]
    public async Task Point2_SameIdAndVersion_IsAlreadyThere()
    {
        ILedgerStore store = Open();
        Commit commit = TestCommits.Of(One, 0, "same");
        await store.AppendAsync(commit, Cancel);
        await store.AppendAsync(TestCommits.Of(One, 1), Cancel);

        (await store.AppendAsync(commit, Cancel)).ShouldBe(AppendOutcome.AlreadyThere);
        (await ReadAllAsync(store, Cursor.Start)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Point2_SameIdAndVersionDecidedAnew_IsAlreadyThereAndTheFirstStays()
    {
        // A repeated append is decided again, at another time: its bytes differ, and it is the same commit all the same.
        ILedgerStore store = Open();
        Commit first = TestCommits.Of(One, 0, "same", text: "first");
        await store.AppendAsync(first, Cancel);

        (await store.AppendAsync(TestCommits.Of(One, 0, "same", text: "second"), Cancel)).ShouldBe(AppendOutcome.AlreadyThere);
        ShouldBeSame(await store.ReadAsync(One, 0, Cancel), first);
    }

    [Theory]
    [InlineData(0, "version taken")]
    [InlineData(1, "version taken, the last")]
    [InlineData(3, "one too high")]
    [InlineData(9_007_199_254_740_990, "as high as can be")]
    public async Task Point3_AnyOtherVersion_IsConflict(long version, string why)
    {
        ILedgerStore store = Open();
        await store.AppendAsync(TestCommits.Of(One, 0), Cancel);
        await store.AppendAsync(TestCommits.Of(One, 1), Cancel);

        (await store.AppendAsync(TestCommits.Of(One, version, "other"), Cancel)).ShouldBe(AppendOutcome.Conflict, why);
        (await ReadStreamAsync(store, One, 0)).ShouldBe([0, 1]);
        (await store.FindAsync(One, "other", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Point3_FirstVersionAboveNought_IsConflict()
    {
        ILedgerStore store = Open();
        (await store.AppendAsync(TestCommits.Of(One, 1), Cancel)).ShouldBe(AppendOutcome.Conflict);
        (await store.ReadLastAsync(One, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Point3_SameIdUnderTheNextVersion_IsConflict()
    {
        ILedgerStore store = Open();
        await store.AppendAsync(TestCommits.Of(One, 0, "same"), Cancel);
        (await store.AppendAsync(TestCommits.Of(One, 1, "same"), Cancel)).ShouldBe(AppendOutcome.Conflict);
        (await ReadStreamAsync(store, One, 0)).ShouldBe([0]);
    }

    [Fact]
    public async Task Point3_SameIdInAnotherStream_IsAppended()
    {
        ILedgerStore store = Open();
        await store.AppendAsync(TestCommits.Of(One, 0, "same"), Cancel);
        (await store.AppendAsync(TestCommits.Of(Two, 0, "same"), Cancel)).ShouldBe(AppendOutcome.Appended);
    }

    [Fact]
    public async Task Point4_StoreOpenedAgain_HasWhatWasAppended()
    {
        Commit commit = TestCommits.Of(One, 0, entries: 2);
        await Open().AppendAsync(commit, Cancel);
        await CloseAllAsync();

        ShouldBeSame(await Open().ReadAsync(One, 0, Cancel), commit);
    }

    [Fact]
    public async Task Point5_ManyWritersOfOneVersion_ExactlyOneIsAppended()
    {
        ILedgerStore[] stores = [Open(), Open()];
        Commit[] commits = [.. Enumerable.Range(0, 64).Select(writer => TestCommits.Of(One, 0, $"writer-{writer}"))];

        AppendOutcome[] outcomes = await Task.WhenAll(commits.Select(
            (commit, writer) => Task.Run(() => stores[writer % 2].AppendAsync(commit, Cancel), Cancel)));

        outcomes.Count(outcome => outcome == AppendOutcome.Appended).ShouldBe(1);
        outcomes.Count(outcome => outcome == AppendOutcome.Conflict).ShouldBe(63);
        Commit winner = commits[Array.IndexOf(outcomes, AppendOutcome.Appended)];
        ShouldBeSame(await stores[0].ReadLastAsync(One, Cancel), winner);
    }

    [Fact]
    public async Task Point6_WhoAppended_ReadsItAtOnceInEveryWay()
    {
        ILedgerStore store = Open();
        for (int version = 0; version < 20; version++)
        {
            Commit commit = TestCommits.Of(One, version);
            await store.AppendAsync(commit, Cancel);
            ShouldBeSame(await store.ReadAsync(One, version, Cancel), commit);
            ShouldBeSame(await store.ReadLastAsync(One, Cancel), commit);
            ShouldBeSame(await store.FindAsync(One, commit.Id, Cancel), commit);
        }
    }

    [Fact]
    public async Task Point6_NothingThere_IsNullOrEmpty()
    {
        ILedgerStore store = Open();
        (await store.ReadAsync(One, 0, Cancel)).ShouldBeNull();
        (await store.ReadLastAsync(One, Cancel)).ShouldBeNull();
        (await store.FindAsync(One, "commit-0", Cancel)).ShouldBeNull();
        (await ReadStreamAsync(store, One, 0)).ShouldBeEmpty();
        (await ReadAllAsync(store, Cursor.Start)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadStream_FromAVersion_GivesTheRestByVersion()
    {
        // More than any implementation's page.
        ILedgerStore store = Open();
        for (int version = 0; version < 600; version++)
        {
            await store.AppendAsync(TestCommits.Of(One, version), Cancel);
        }

        (await ReadStreamAsync(store, One, 0)).ShouldBe(Enumerable.Range(0, 600).Select(version => (long)version));
        (await ReadStreamAsync(store, One, 598)).ShouldBe([598, 599]);
        (await ReadStreamAsync(store, One, 600)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Point7_ReaderFromAnyCursor_SeesEveryCommitAfterIt()
    {
        ILedgerStore store = Open();
        for (int version = 0; version < 5; version++)
        {
            await store.AppendAsync(TestCommits.Of(One, version), Cancel);
            await store.AppendAsync(TestCommits.Of(Two, version), Cancel);
        }

        IReadOnlyList<CommitAt> all = await ReadAllAsync(store, Cursor.Start);
        all.Count.ShouldBe(10);
        for (int seen = 0; seen < all.Count; seen++)
        {
            (StreamName, long)[] rest = [.. (await ReadAllAsync(store, all[seen].Cursor)).Select(Key)];

            // What stood before the cursor may come again; what stands after it comes, and each stream goes by version.
            rest.Except(all.Take(seen + 1).Select(Key)).ShouldBe(all.Skip(seen + 1).Select(Key));
            foreach (IGrouping<StreamName, long> stream in rest.GroupBy(key => key.Item1, key => key.Item2))
            {
                stream.ShouldBe(Enumerable.Range(0, stream.Count()).Select(step => stream.First() + step));
            }
        }

        static (StreamName Stream, long Version) Key(CommitAt at) => (at.Commit.Stream, at.Commit.Version);
    }

    [Fact]
    public async Task Point7_ReaderBesideWriters_MissesNothingAndSeesVersionsInOrder()
    {
        const int Streams = 4;
        const int Versions = 50;
        ILedgerStore[] stores = [Open(), Open()];
        Task writing = Task.WhenAll(Enumerable.Range(0, Streams).Select(stream => Task.Run(
            async () =>
            {
                for (int version = 0; version < Versions; version++)
                {
                    Commit commit = TestCommits.Of(TestCommits.Fund($"s{stream}"), version);
                    (await stores[stream % 2].AppendAsync(commit, Cancel)).ShouldBe(AppendOutcome.Appended);
                }
            },
            Cancel)));

        var seen = new Dictionary<StreamName, long>();
        Cursor cursor = Cursor.Start;
        bool last;
        do
        {
            last = writing.IsCompleted; // Looked at before reading: one more sweep follows the last append.
            await foreach (CommitAt at in stores[0].ReadAllAsync(cursor, Cancel))
            {
                long before = seen.GetValueOrDefault(at.Commit.Stream, -1);
                at.Commit.Version.ShouldBeLessThanOrEqualTo(before + 1);
                seen[at.Commit.Stream] = Math.Max(before, at.Commit.Version);
                cursor = at.Cursor;
            }
        }
        while (!last);

        await writing;
        seen.Values.ShouldBe(Enumerable.Repeat(Versions - 1L, Streams));
    }

    [Fact]
    public async Task Point9_TokenCancelledBefore_ThrowsAndNothingIsThere()
    {
        ILedgerStore store = Open();
        await Should.ThrowAsync<OperationCanceledException>(
            () => store.AppendAsync(TestCommits.Of(One, 0), new CancellationToken(canceled: true)));
        (await store.ReadLastAsync(One, Cancel)).ShouldBeNull();
    }

    protected static void ShouldBeSame(Commit? found, Commit wanted) =>
        found.ShouldNotBeNull().ToBytes().ShouldBe(wanted.ToBytes());

    protected static async Task<IReadOnlyList<CommitAt>> ReadAllAsync(ILedgerStore store, Cursor after)
    {
        var all = new List<CommitAt>();
        await foreach (CommitAt at in store.ReadAllAsync(after, Cancel))
        {
            all.Add(at);
        }

        return all;
    }

    private static async Task<List<long>> ReadStreamAsync(ILedgerStore store, StreamName stream, long from)
    {
        var versions = new List<long>();
        await foreach (Commit commit in store.ReadStreamAsync(stream, from, Cancel))
        {
            versions.Add(commit.Version);
        }

        return versions;
    }
}

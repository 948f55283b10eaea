using System.Globalization;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Postings;

/// <summary>The index of what each department has sent, over a ledger that a test can break.</summary>
public sealed class PostingIndexTests : IDisposable
{
    private readonly DeskWorld _world = new();
    private readonly PostingIndex _index;

    public PostingIndexTests() => _index = new PostingIndex(_world.Ledger);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _index.Dispose();

    [Fact]
    public async Task Read_OfAnEmptyLedger_IsAnEmptyLastPage()
    {
        PostingPage page = (await ReadAsync())!;
        page.Lines.ShouldBeEmpty();
        page.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Read_OfMoreThanAPage_GivesEachOnceTheNewestFirst()
    {
        // Three in each millisecond: the moment alone does not tell them apart.
        PostingId[] sent = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SubmitAsync(i, i / 3)))];
        var read = new List<PostingLine>();
        PostingId? after = null;
        do
        {
            PostingPage page = (await ReadAsync(after: after, limit: 7))!;
            page.Lines.Length.ShouldBe(page.Next is null ? 6 : 7);
            read.AddRange(page.Lines);
            after = page.Next;
        }
        while (after is not null);

        read.Select(line => line.Id).ShouldBe(sent, ignoreOrder: true);
        read.Select(line => line.ReceivedAt).ShouldBeInOrder(SortDirection.Descending);
        ((await ReadAsync(limit: 20))!.Next, (await ReadAsync(limit: 20))!.Lines.Length).ShouldBe((null, 20));
        (await ReadAsync(limit: 19))!.Next.ShouldBe(read[18].Id);
    }

    [Fact]
    public async Task Read_OfTheNextPageWhilePostingsArrive_MissesNoneAndRepeatsNone()
    {
        PostingId[] sent = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SubmitAsync(i, i)))];
        PostingPage first = (await ReadAsync(limit: 2))!;
        await SubmitAsync(10, 10);

        // Received before what the first page has shown, and appended after it.
        await SubmitAsync(11, 2);
        await SubmitAsync(12, -1);
        PostingPage second = (await ReadAsync(after: first.Next, limit: 10))!;

        PostingId[] read = [.. first.Lines.Concat(second.Lines).Select(line => line.Id)];
        read.ShouldBeUnique();
        sent.ShouldAllBe(id => read.Contains(id));
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Read_ByState_FollowsWhatBecameOfEach()
    {
        await _world.OpenFundAsync("f-index", 100);
        PostingId waiting = await SubmitAsync(1, 1);
        (await ReadAsync(PostingState.Effective))!.Lines.Length.ShouldBe(3);
        (await ReadAsync(PostingState.Proposed))!.Lines.ShouldHaveSingleItem().Id.ShouldBe(waiting);

        await _world.Desk.DecideAsync(waiting, DeskWorld.Approver, approve: false, FreeText.Of("no"), Cancel);
        (await ReadAsync(PostingState.Proposed))!.Lines.ShouldBeEmpty();
        PostingLine rejected = (await ReadAsync(PostingState.Rejected))!.Lines.ShouldHaveSingleItem();
        (rejected.Id, rejected.Kind, rejected.Fund, rejected.Poster, rejected.NeedsApproval)
            .ShouldBe((waiting, "fund", "f-1", DeskWorld.Poster.Person, true));

        // What no longer is in the state may still be where a page begins.
        (await ReadAsync(PostingState.Effective, after: waiting))!.Lines.Length.ShouldBe(3);
    }

    [Fact]
    public async Task Read_AfterWhatTheDepartmentHasNot_IsNull()
    {
        PostingId own = await SubmitAsync(1, 1);
        (await ReadAsync(after: PostingId.Of(DeskWorld.Poster.Department, "never sent"))).ShouldBeNull();
        (await _index.ReadAsync(DeskWorld.Poster with { Department = Id.Parse<DepartmentId>("transport") }, null, own, 10, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Read_AfterTheLedgerFailed_IsWhole()
    {
        await SubmitAsync(1, 1);
        _world.Ledger.BeforeRead = () => throw new CrashException();
        await Should.ThrowAsync<CrashException>(() => ReadAsync());
        _world.Ledger.BeforeRead = null;
        (await ReadAsync())!.Lines.ShouldHaveSingleItem();
        await SubmitAsync(2, 2);
        (await ReadAsync())!.Lines.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Read_OfALedgerThatGivesCommitsTwice_IsTheSame()
    {
        await _world.OpenFundAsync("f-index", 100);
        PostingPage once = (await ReadAsync())!;
        using var stammering = new PostingIndex(new StammeringLedger(_world.Ledger));
        PostingPage twice = (await stammering.ReadAsync(DeskWorld.Poster, null, null, 200, Cancel))!;
        twice.Lines.ShouldBe(once.Lines);
    }

    private Task<PostingPage?> ReadAsync(PostingState? state = null, PostingId? after = null, int limit = 200) =>
        _index.ReadAsync(DeskWorld.Poster, state, after, limit, Cancel);

    private async Task<PostingId> SubmitAsync(int number, int millisecond)
    {
        var clock = new Testing.ManualClock();
        clock.Advance(TimeSpan.FromMilliseconds(millisecond));
        var desk = _world.DeskWith(new Testing.SeededSalts(1_000 + number), clock, Approval.Always);
        string name = number.ToString(CultureInfo.InvariantCulture);
        var accepted = (Submission.Accepted)await desk.SubmitAsync(DeskWorld.DraftOf(Office.Fund($"f-{name}")), DeskWorld.Poster, name, Cancel);
        return accepted.Record.Id;
    }

    /// <summary>A ledger that gives all it has twice over, as the contract allows.</summary>
    private sealed class StammeringLedger(ILedgerStore ledger) : ILedgerStore
    {
        public async IAsyncEnumerable<CommitAt> ReadAllAsync(
            Cursor after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (int time = 0; time < 2; time++)
            {
                await foreach (CommitAt read in ledger.ReadAllAsync(after, cancellationToken))
                {
                    yield return read;
                    yield return read;
                }
            }
        }

        public Task<AppendOutcome> AppendAsync(Commit commit, CancellationToken cancellationToken) => ledger.AppendAsync(commit, cancellationToken);

        public Task<Commit?> ReadAsync(StreamName stream, long version, CancellationToken cancellationToken) => ledger.ReadAsync(stream, version, cancellationToken);

        public Task<Commit?> ReadLastAsync(StreamName stream, CancellationToken cancellationToken) => ledger.ReadLastAsync(stream, cancellationToken);

        public Task<Commit?> FindAsync(StreamName stream, string commitId, CancellationToken cancellationToken) => ledger.FindAsync(stream, commitId, cancellationToken);

        public IAsyncEnumerable<Commit> ReadStreamAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken) =>
            ledger.ReadStreamAsync(stream, fromVersion, cancellationToken);
    }
}

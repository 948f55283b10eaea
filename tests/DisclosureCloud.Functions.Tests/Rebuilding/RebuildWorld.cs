using System.Globalization;
using System.Security.Cryptography;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Rebuilding;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Rebuilding;

/// <summary>A published ledger with money, corrections, and postings in every state; and ledgers that are made again from its archive and log.</summary>
internal sealed class RebuildWorld : IDisposable
{
    private readonly Random _random;
    private readonly List<(EntryId Entry, long Yuan)> _allocations = [];
    private int _keys;

    private RebuildWorld(int seed) => _random = new Random(seed);

    public PublishWorld World { get; } = PublishWorld.Empty();

    /// <summary>The archive as it was left, for a test to meddle with.</summary>
    public MemoryArchive Archive { get; } = new();

    public List<Commit> Original { get; private set; } = [];

    /// <summary>SHA-256 over the original's commits, by stream and version: reckoned here once more.</summary>
    public string StateHash => HashOf(Original);

    private DeskWorld Desks => World.Desks;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="doings">So many things are done at random; 0 for only what every world has.</param>
    public static async Task<RebuildWorld> OpenAsync(int seed = 1, int doings = 0)
    {
        var world = new RebuildWorld(seed);
        await world.Desks.OpenFundAsync("f-one", 1_000);
        await world.AllocateAsync(600);
        await world.World.PublishAsync();
        world.Desks.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.RefuseAsync();
        await world.CorrectAsync();
        for (int i = 0; i < doings; i++)
        {
            await world.DoAsync();
        }

        await world.LeaveUndecidedAsync();
        await world.World.PublishAsync();
        await world.KeepAsync();
        return world;
    }

    public static string HashOf(IEnumerable<Commit> commits) => Convert.ToHexStringLower(SHA256.HashData(
        [.. commits.OrderBy(one => one.Stream.Value, StringComparer.Ordinal).ThenBy(one => one.Version).SelectMany(one => one.ToBytes())]));

    /// <summary>The original up to a commit, as an old copy has it.</summary>
    public async Task<MemoryLedgerStore> CopyAsync(int commits)
    {
        var ledger = new MemoryLedgerStore();
        foreach (Commit commit in Original.Take(commits))
        {
            (await ledger.AppendAsync(commit, Cancel)).ShouldBe(AppendOutcome.Appended);
        }

        return ledger;
    }

    public Task<RebuildReport> RebuildAsync(ILedgerStore ledger, bool dryRun = false, params string[] without) =>
        World.RebuilderOf(ledger, Desks.Values, Archive).RebuildAsync(new RebuildRequest(dryRun, without), _ => { }, Cancel);

    public Task<RebuildReport> RebuildAsync(ILedgerStore ledger, IValueStore values) =>
        World.RebuilderOf(ledger, values, Archive).RebuildAsync(new RebuildRequest(IsDryRun: false, []), _ => { }, Cancel);

    public static async Task<List<Commit>> CommitsOf(ILedgerStore ledger)
    {
        var all = new List<Commit>();
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, Cancel))
        {
            all.Add(read.Commit);
        }

        return all;
    }

    /// <summary>Takes ledger and archive as they are now for what is to be made again.</summary>
    public async Task KeepAsync()
    {
        Original = await Desks.CommitsAsync();
        await foreach (string path in World.Archive.ListAsync("", Cancel))
        {
            Archive.Files[path] = (await World.Archive.ReadAsync(path, Cancel))!;
        }
    }

    public void Dispose() => World.Dispose();

    /// <summary>Opens a fund, each posting a moment after the one before.</summary>
    public async Task OpenSlowlyAsync(string fund)
    {
        foreach ((string department, System.Text.Json.Nodes.JsonObject posting) in Office.Opening(fund, 100))
        {
            Desks.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Desks.RecordAsync(posting, Key(), department);
        }
    }

    private string Key() => string.Create(CultureInfo.InvariantCulture, $"key-{_keys++}");

    private async Task DoAsync()
    {
        Desks.Clock.Advance(TimeSpan.FromMilliseconds(_random.Next(3)));
        switch (_random.Next(6))
        {
            case 0:
                await AllocateAsync(_random.Next(1, 100));
                break;
            case 1:
                await CorrectAsync();
                break;
            case 2:
                await RefuseAsync();
                break;
            case 3 when _allocations.Count > 0:
                await TryRecordAsync(Office.Disbursement("f-one", _allocations[_random.Next(_allocations.Count)].Entry.Value, _random.Next(1, 20)));
                break;
            case 4:
                await World.PublishAsync();
                break;
            default:
                await ProposeAsync(Office.Progress("f-one"));
                break;
        }
    }

    private async Task AllocateAsync(long yuan)
    {
        if (await TryRecordAsync(Office.Allocation("f-one", yuan)) is { State: PostingState.Effective } record)
        {
            _allocations.Add((record.EntryIds.First(), yuan));
        }
    }

    private async Task CorrectAsync()
    {
        if (_allocations.Count == 0)
        {
            return;
        }

        (EntryId entry, long yuan) = _allocations[^1];
        _allocations.RemoveAt(_allocations.Count - 1);
        await TryRecordAsync(Office.Correction(entry.Value, Office.Allocation("f-one", Math.Max(1, yuan - 10))));
    }

    // What the rules refuse at once is not stored at all.
    private async Task<PostingRecord?> TryRecordAsync(System.Text.Json.Nodes.JsonObject posting)
    {
        if (await Desks.Desk.SubmitAsync(DeskWorld.DraftOf(posting), DeskWorld.Poster, Key(), Cancel) is not Submission.Accepted accepted)
        {
            return null;
        }

        await Desks.Desk.DecideAsync(accepted.Record.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel);
        return await Desks.Desk.FindAsync(accepted.Record.Id, Cancel) as PostingRecord;
    }

    // Both were good when they were sent; the second is not when it is approved. It leaves a commit without an entry in the fund's stream.
    private async Task RefuseAsync()
    {
        long free = (await Desks.BooksAsync("f-one")).Free.Fen / 100;
        if (free < 4)
        {
            return;
        }

        PostingId first = await ProposeAsync(Office.Allocation("f-one", (free / 2) + 1)), second = await ProposeAsync(Office.Allocation("f-one", (free / 2) + 1));
        await Desks.Desk.DecideAsync(first, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel);
        await Desks.Desk.DecideAsync(second, DeskWorld.Approver, approve: true, FreeText.Of("checked too"), Cancel);
        _allocations.Add((EntryId.Of(first, 1), (free / 2) + 1));
        (await Desks.Desk.FindAsync(second, Cancel)).ShouldBeOfType<PostingRecord>().State.ShouldBe(PostingState.Refused);
    }

    // One that waits, one that was rejected, a message that was turned away, and one whose effect a crash has left out.
    private async Task LeaveUndecidedAsync()
    {
        await ProposeAsync(Office.Progress("f-one"));
        await Desks.Desk.DecideAsync(await ProposeAsync(Office.Progress("f-one")), DeskWorld.Approver, approve: false, FreeText.Of("not there"), Cancel);
        await Desks.Desk.TurnAwayAsync(PostingId.Of(Id.Parse<DepartmentId>("finance"), Key()), DeskWorld.Poster, draft: null, [new Finding("/kind", "missing", "There is no kind.", null, null)], Cancel);
        PostingId left = await ProposeAsync(Office.Progress("f-one"));
        Desks.Ledger.BeforeAppend = commit => _ = commit.Stream.HoldsFacts ? throw new CrashException() : 0;
        await Should.ThrowAsync<CrashException>(() => Desks.Desk.DecideAsync(left, DeskWorld.Approver, approve: true, word: null, Cancel));
        Desks.Ledger.BeforeAppend = null;
    }

    private async Task<PostingId> ProposeAsync(System.Text.Json.Nodes.JsonObject posting) =>
        ((Submission.Accepted)await Desks.Desk.SubmitAsync(DeskWorld.DraftOf(posting), DeskWorld.Poster, Key(), Cancel)).Record.Id;
}

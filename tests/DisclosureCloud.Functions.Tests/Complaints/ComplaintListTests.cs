using System.Globalization;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Sealing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DisclosureCloud.Functions.Tests.Complaints;

/// <summary>The list has every complaint once, the newest first, and no page of it costs more than a page may.</summary>
public sealed class ComplaintListTests
{
    private const int Seed = 20261123;

    private readonly ManualClock _clock = new();
    private readonly MemoryArchive _files = new();
    private readonly SeededSalts _salts = new(Seed);
    private readonly ComplaintDesk _desk;

    public ComplaintListTests() => _desk = new ComplaintDesk(new ComplaintVault(_files, new SealKeys(new MemoryValueStore(_clock), _salts), _salts), _salts, _clock, NullLogger<ComplaintDesk>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Pages_OfAYear_HaveEachOnceAndTheNewestFirst(int limit)
    {
        // Some at the same moment, some within a folder, some far apart.
        var random = new Random(Seed);
        var taken = new List<(DateTimeOffset At, string Id)>();
        for (int i = 0; i < 120; i++)
        {
            (ComplaintCode code, DateTimeOffset at) = await _desk.TakeAsync(Said(i), Cancel);
            taken.Add((at, ComplaintId.Of(code).Value));
            _clock.Advance(TimeSpan.FromMilliseconds(random.Next(4) switch { 0 => 0, 1 => random.Next(10), 2 => random.Next(10_000_000), _ => random.NextInt64(500_000_000) }));
        }

        List<FoundComplaint> read = await ReadAllAsync(_ => true, state: null, limit);
        read.Select(one => one.Id.Value).ShouldBe(
            taken.OrderByDescending(one => one.At).ThenBy(one => one.Id, StringComparer.Ordinal).Select(one => one.Id), $"seed {Seed}");
    }

    [Fact]
    public async Task Page_WhileOthersAreTaken_StandsWhereItStood()
    {
        for (int i = 0; i < 5; i++)
        {
            await _desk.TakeAsync(Said(i), Cancel);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        ComplaintPage first = await _desk.ReadAsync(_ => true, state: null, after: null, limit: 2, Cancel);
        await _desk.TakeAsync(Said(5), Cancel);
        ComplaintPage second = await _desk.ReadAsync(_ => true, state: null, first.Next, limit: 10, Cancel);
        first.Complaints.Concat(second.Complaints).Select(Number).ShouldBe([4, 3, 2, 1, 0]);
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Page_OfFewAmongMany_LooksAtNoMoreThanItMayAndNamesNoneThatIsNotSeen()
    {
        // Three at each moment, so that the end of a look falls among some.
        for (int i = 0; i < 3 * ComplaintDesk.LookedMax; i++)
        {
            await _desk.TakeAsync(Said(i), Cancel);
            _clock.Advance(TimeSpan.FromMilliseconds(i % 3 == 2 ? 1 : 0));
        }

        int looked = 0;
        ComplaintPage page = await _desk.ReadAsync(
            one =>
            {
                looked++;
                return false;
            },
            state: null, after: null, limit: 10, Cancel);
        looked.ShouldBeInRange(ComplaintDesk.LookedMax, ComplaintDesk.LookedMax + 2);
        page.Complaints.ShouldBeEmpty();
        page.Next!.Text.Length.ShouldBe(ComplaintPlace.MomentLength, "a moment alone");

        int[] seen = [.. (await ReadAllAsync(one => Number(one) % 25 == 0, state: null, limit: 10)).Select(Number)];
        seen.Order().ShouldBe(Enumerable.Range(0, 12).Select(i => i * 25));
        seen.ShouldBeUnique();
    }

    [Fact]
    public async Task Pages_OfAState_HaveThoseInItAlone()
    {
        for (int i = 0; i < 6; i++)
        {
            (ComplaintCode code, _) = await _desk.TakeAsync(Said(i), Cancel);
            if (i % 2 == 0)
            {
                FoundComplaint found = (await _desk.FindAsync(ComplaintId.Of(code), Cancel))!;
                await _desk.ReplyAsync(found, new ComplaintReply(ComplaintState.InHand, Answer: null), Id.Parse<PersonId>("petitions-poster"), Cancel);
            }

            _clock.Advance(TimeSpan.FromHours(1));
        }

        (await ReadAllAsync(_ => true, ComplaintState.InHand, limit: 1)).Select(Number).ShouldBe([4, 2, 0]);
        (await ReadAllAsync(_ => true, ComplaintState.Received, limit: 10)).Select(Number).ShouldBe([5, 3, 1]);
    }

    [Theory]
    [InlineData(0, "8227557")]
    [InlineData(1, "9999999999999")]
    [InlineData(2, "0000000000000")]
    public void Prefixes_FromAMoment_CoverWhatComesAfterItOnceAndInOrder(int seed, string beginning)
    {
        var random = new Random(seed);
        string moment = beginning.PadRight(ComplaintPlace.MomentLength, '5');
        string[] prefixes = [.. ComplaintPlace.PrefixesFrom(moment)];
        prefixes.ShouldBe(prefixes.Order(StringComparer.Ordinal));
        for (int i = 0; i < 1_000; i++)
        {
            string other = random.NextInt64(9_999_999_999_999).ToString("D13", CultureInfo.InvariantCulture);
            int covering = prefixes.Count(prefix => other.StartsWith(prefix, StringComparison.Ordinal));
            bool comesBefore = string.CompareOrdinal(other[..ComplaintPlace.FolderLength], moment[..ComplaintPlace.FolderLength]) < 0;
            covering.ShouldBe(comesBefore ? 0 : 1, $"seed {seed}: {other} after {moment}");
        }
    }

    [Theory]
    [InlineData("8227557000000", true)]
    [InlineData("8227557000000-abcdefghijklmnopqrstuvwxyz", true)]
    [InlineData("822755700000", false)]
    [InlineData("82275570000００", false)]
    [InlineData("8227557000000-", false)]
    [InlineData("8227557000000-abcdefghijklmnopqrstuvwxy1", false)]
    [InlineData("8227557000000/abcdefghijklmnopqrstuvwxyz", false)]
    [InlineData("", false)]
    public void Cursor_OfAnotherForm_IsNone(string text, bool isOne) => (ComplaintCursor.TryParse(text) is not null).ShouldBe(isOne);

    private static Complaint Said(int number) => ComplaintSamples.Said(number.ToString(CultureInfo.InvariantCulture));

    private static int Number(FoundComplaint complaint) => int.Parse(complaint.Said.Text.Value!, CultureInfo.InvariantCulture);

    private async Task<List<FoundComplaint>> ReadAllAsync(Func<FoundComplaint, bool> isSeen, ComplaintState? state, int limit)
    {
        var read = new List<FoundComplaint>();
        ComplaintCursor? after = null;
        do
        {
            ComplaintPage page = await _desk.ReadAsync(isSeen, state, after, limit, Cancel);
            page.Complaints.Count.ShouldBeLessThanOrEqualTo(limit);
            read.AddRange(page.Complaints);
            after = page.Next is null ? null : ComplaintCursor.TryParse(page.Next.Text).ShouldNotBeNull("a cursor of ours is one");
        }
        while (after is not null);
        return read;
    }
}

using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

/// <summary>The order in which a reader of all commits gets them, whatever the clocks of the service did within the slack.</summary>
public sealed class CommitOrderTests
{
    [Fact]
    public void VersionsOfOneSecond_GoByVersion()
    {
        StampedCommit[] read = [Stamp("a", 2, 50), Stamp("a", 0, 50), Stamp("a", 1, 50)];
        Versions(Run(read), "a").ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void ClockThatStepsBackWithinTheSlack_VersionsStayInOrder()
    {
        // Version 1 was taken by a machine whose clock is nine seconds behind.
        StampedCommit[] read = [Stamp("a", 1, 91), Stamp("b", 0, 95), Stamp("a", 0, 100)];
        Versions(Run(read), "a").ShouldBe([0, 1]);
    }

    [Fact]
    public void Take_GivesWhatIsOlderThanTheSlackAndNoMore()
    {
        var order = new CommitOrder();
        order.Take(Stamp("a", 0, 100)).ShouldBeEmpty();
        order.Take(Stamp("b", 0, 110)).ShouldBeEmpty();
        order.Take(Stamp("c", 0, 111)).ShouldHaveSingleItem().Commit.Stream.ShouldBe(TestCommits.Fund("a"));
        order.End().Count.ShouldBe(2);
    }

    [Fact]
    public void Cursor_ResumesTheSlackBeforeWhatItWasGivenWith()
    {
        CommitAt last = Run([Stamp("a", 0, 100), Stamp("a", 1, 130)])[^1];
        CommitOrder.ResumeAt(last.Cursor).ShouldBe(120);
        CommitOrder.ResumeAt(Cursor.Start).ShouldBe(0);
        CommitOrder.ResumeAt(new Cursor("3")).ShouldBe(0);
        Should.Throw<FormatException>(() => CommitOrder.ResumeAt(new Cursor("row 3")));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomStreamsAndClocks_EachCommitOnceByVersionAndNothingMissedOnResuming(int seed)
    {
        var random = new Random(seed);
        StampedCommit[] written = [.. RandomWrites(random)];
        StampedCommit[] byClock = [.. written.OrderBy(commit => commit.Seconds)];

        List<CommitAt> all = Run(byClock);
        all.Count.ShouldBe(written.Length);
        foreach (IGrouping<StreamName, CommitAt> stream in all.GroupBy(at => at.Commit.Stream))
        {
            stream.Select(at => at.Commit.Version).ShouldBe(Enumerable.Range(0, stream.Count()).Select(version => (long)version));
        }

        // A reader that stopped anywhere and resumes gets all that it has not seen, without a gap.
        int stop = random.Next(all.Count);
        var seen = new Dictionary<StreamName, long>();
        foreach (CommitAt at in all.Take(stop + 1))
        {
            seen[at.Commit.Stream] = at.Commit.Version;
        }

        long from = CommitOrder.ResumeAt(all[stop].Cursor);
        foreach (CommitAt at in Run([.. byClock.Where(commit => commit.Seconds >= from)]))
        {
            long last = seen.GetValueOrDefault(at.Commit.Stream, -1);
            at.Commit.Version.ShouldBeLessThanOrEqualTo(last + 1);
            seen[at.Commit.Stream] = Math.Max(last, at.Commit.Version);
        }

        seen.Values.Sum(last => last + 1).ShouldBe(written.Length);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    // Writes one after the other, each stamped by a machine whose clock is off by less than half the slack either way.
    private static IEnumerable<StampedCommit> RandomWrites(Random random)
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        long now = 1_000;
        for (int write = 0; write < 60; write++)
        {
            now += random.Next(4);
            string stream = $"s{random.Next(5)}";
            long version = versions.GetValueOrDefault(stream);
            versions[stream] = version + 1;
            yield return Stamp(stream, version, now + random.Next(-4, 5));
        }
    }

    private static List<CommitAt> Run(IEnumerable<StampedCommit> read)
    {
        var order = new CommitOrder();
        List<CommitAt> all = [.. read.SelectMany(commit => order.Take(commit))];
        all.AddRange(order.End());
        return all;
    }

    private static IEnumerable<long> Versions(IEnumerable<CommitAt> all, string stream) =>
        all.Where(at => at.Commit.Stream == TestCommits.Fund(stream)).Select(at => at.Commit.Version);

    private static StampedCommit Stamp(string stream, long version, long seconds) => new(TestCommits.Of(TestCommits.Fund(stream), version), seconds);
}

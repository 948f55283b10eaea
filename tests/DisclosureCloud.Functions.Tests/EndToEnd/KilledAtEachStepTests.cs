namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The app is killed at each sort of step of a posting's way, and everything still arrives exactly once.</summary>
/// <remarks>Nearly all of the time a process is being started: the steps are divided among classes, which wait beside each other.</remarks>
public abstract class KilledAtEachStepTests
{
    /// <summary>Among so many classes the steps of a posting by HTTP are divided.</summary>
    private protected const int Parts = 3;

    /// <summary>Set in the environment, every step is tried in both ways.</summary>
    private const string SlowTier = "DISCLOSURE_SLOW_TESTS";

    private readonly AzureJourney _journey;
    private readonly AzureWorld _world;

    private protected KilledAtEachStepTests(AzureWorld world) => (_world, _journey) = (world, new AzureJourney(world));

    private protected virtual bool ByQueue => false;

    private protected static bool IsSlow => Environment.GetEnvironmentVariable(SlowTier) is { Length: > 0 };

    [Fact]
    public async Task KilledAtEachStep_NothingIsLostAndNothingDoubled()
    {
        await _journey.GoAsync(AzureJourney.NewFund(), ByQueue, steps: null); // What a first publish does is done.
        var steps = new WriteSteps(_world);
        try
        {
            steps.Begin(killAt: null, isDone: false);
            await _journey.GoAsync(AzureJourney.NewFund(), ByQueue, steps);
            string[] all = [.. steps.Seen.Distinct(StringComparer.Ordinal)];
            TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', all));
            foreach (string needed in new[] { "cosmos POST values", "cosmos POST ledger posting", "cosmos POST ledger fund", "cosmos POST ledger site", "queue POST ledger-changed",
                "blob PUT archive", "blob PUT staging", "blob PUT staging journal", "blob PUT site", "blob PUT site status.json", "blob DELETE staging", "table POST lock", "table PUT bookmark", "table DELETE lock", "topic POST" })
            {
                all.ShouldContain(step => step.StartsWith(needed, StringComparison.Ordinal), $"no step '{needed}' among {string.Join(", ", all)}");
            }

            foreach ((string step, bool isDone) in Chosen(all))
            {
                string fund = AzureJourney.NewFund();
                steps.Begin(step, isDone);
                await _journey.GoAsync(fund, ByQueue, steps);
                steps.Killed.ShouldBeTrue($"the journey has a step '{step}'");
                await _journey.ShouldHaveArrivedOnceAsync(fund);
            }
        }
        finally
        {
            (_world.Cosmos.Faults, _world.Storage.Faults, _world.Topic.Faults) = (null, null, null);
        }

        await _journey.ArchiveShouldBeTheLedgerAsync();
    }

    /// <summary>Where it is killed, and whether the server has done the request by then.</summary>
    private protected abstract IEnumerable<(string Step, bool IsDone)> Chosen(string[] all);

    private protected static IEnumerable<(string Step, bool IsDone)> BothWays(IEnumerable<string> steps) => steps.SelectMany(step => new[] { (step, false), (step, true) });
}

/// <summary>By HTTP, a part of the steps: those whose name adds up to its number. So each is in one part, in whatever order they come.</summary>
/// <remarks>Each sort of step, before it or after it in turn, and a commit point both ways; in the slow tier each step both ways.</remarks>
public abstract class KilledByHttpTests : KilledAtEachStepTests
{
    private readonly int _part;

    private protected KilledByHttpTests(AzureWorld world, int part)
        : base(world) => _part = part;

    private protected override IEnumerable<(string Step, bool IsDone)> Chosen(string[] all)
    {
        IEnumerable<string> own = all.Where(step => step.Sum(letter => letter) % Parts == _part);
        return IsSlow ? BothWays(own) : own.Where(IsOfASort).SelectMany((step, index) => IsCommitPoint(step) ? BothWays([step]) : [(step, index % 2 == 0)]);
    }

    private static bool IsOfASort(string step) =>
        step.EndsWith(" #1", StringComparison.Ordinal)
        || step.StartsWith("cosmos POST ledger", StringComparison.Ordinal)
        || step.StartsWith("blob PUT staging journal", StringComparison.Ordinal)
        || step.StartsWith("table PUT bookmark", StringComparison.Ordinal);

    // Where something becomes true by one request: in the ledger, on the site, for subscribers.
    private static bool IsCommitPoint(string step) =>
        step.StartsWith("cosmos POST ledger", StringComparison.Ordinal) || step is "blob PUT site status.json #1" or "topic POST #1";
}

public sealed class KilledByHttpFirstTests(AzureWorld world) : KilledByHttpTests(world, 0), IClassFixture<AzureWorld>;

public sealed class KilledByHttpSecondTests(AzureWorld world) : KilledByHttpTests(world, 1), IClassFixture<AzureWorld>;

public sealed class KilledByHttpThirdTests(AzureWorld world) : KilledByHttpTests(world, 2), IClassFixture<AzureWorld>;

/// <summary>By the queue, the steps up to the proposal alone: from then on they are the same.</summary>
public sealed class KilledByQueueTests(AzureWorld world) : KilledAtEachStepTests(world), IClassFixture<AzureWorld>
{
    private protected override bool ByQueue => true;

    private protected override IEnumerable<(string Step, bool IsDone)> Chosen(string[] all) =>
        BothWays(IsSlow ? all : all.Where(step => step is "cosmos POST values #1" or "cosmos POST ledger posting #1"));
}

using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Load;

/// <summary>How many in an hour, whatever hour one takes.</summary>
public sealed class HourlyCountTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Take_OneMoreThanTheHourHas_SaysWhenTheOldestIsOver()
    {
        var count = new HourlyCount(3, _clock);
        count.Take("finance").ShouldBeNull();
        _clock.Advance(TimeSpan.FromMinutes(10));
        count.Take("finance").ShouldBeNull();
        count.Take("finance").ShouldBeNull();
        _clock.Advance(TimeSpan.FromSeconds(90));
        TimeSpan wait = count.Take("finance").ShouldNotBeNull();
        wait.ShouldBe(TimeSpan.FromMinutes(60 - 10) - TimeSpan.FromSeconds(90));
        _clock.Advance(wait - TimeSpan.FromSeconds(1));
        count.Take("finance").ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromSeconds(1));
        count.Take("finance").ShouldBeNull("the one of the first minute is over");
        count.Take("finance").ShouldNotBeNull("and only that one");
    }

    [Fact]
    public void Take_OfOneDepartment_LeavesTheOthersTheirs()
    {
        var count = new HourlyCount(1, _clock);
        count.Take("finance").ShouldBeNull();
        count.Take("finance").ShouldNotBeNull();
        count.Take("transport").ShouldBeNull();
    }

    [Fact]
    public void Note_BeyondTheHour_IsCountedAndNeverRefused()
    {
        var count = new HourlyCount(2, _clock);
        count.Note("finance");
        count.Note("finance");
        count.Note("finance");
        count.Take("finance").ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromHours(1));
        count.Take("finance").ShouldBeNull();
    }

    [Fact]
    public void Take_ByManyAtOnce_GivesExactlyAsManyAsThereAre()
    {
        var count = new HourlyCount(500, _clock);
        int taken = 0;
        Parallel.For(0, 2_000, _ =>
        {
            if (count.Take("finance") is null)
            {
                Interlocked.Increment(ref taken);
            }
        });
        taken.ShouldBe(500);
    }
}

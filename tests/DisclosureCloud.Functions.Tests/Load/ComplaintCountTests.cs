using System.Globalization;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Load;

/// <summary>How many complaints in an hour, of one address and of all, and how little is remembered of whom.</summary>
public sealed class ComplaintCountTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Take_OneMoreThanTheHourHasForASource_SaysWhenItsOldestIsOver()
    {
        var count = new ComplaintCount(2, 100, 100, _clock);
        count.Take("192.0.2.1").ShouldBeNull();
        _clock.Advance(TimeSpan.FromMinutes(10));
        count.Take("192.0.2.1").ShouldBeNull();
        count.Take("192.0.2.2").ShouldBeNull();
        count.Take("192.0.2.1").ShouldBe(TimeSpan.FromMinutes(50));
        _clock.Advance(TimeSpan.FromMinutes(50) - TimeSpan.FromTicks(1));
        count.Take("192.0.2.1").ShouldBe(TimeSpan.FromTicks(1));
        _clock.Advance(TimeSpan.FromTicks(1));
        count.Take("192.0.2.1").ShouldBeNull("the one of the first minute is over");
        count.Take("192.0.2.1").ShouldBe(TimeSpan.FromMinutes(10), "and only that one");
    }

    [Fact]
    public void Take_OneMoreThanTheHourHasForAll_TurnsAwayWhoeverComes()
    {
        var count = new ComplaintCount(10, 100, 3, _clock);
        foreach (string source in new[] { "a", "b", "c" })
        {
            count.Take(source).ShouldBeNull();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        count.Take("d").ShouldBe(TimeSpan.FromMinutes(57));
        _clock.Advance(TimeSpan.FromMinutes(57));
        count.Take("d").ShouldBeNull();
        count.Take("e").ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Sources_OfAHundredThousandAddresses_AreNotRemembered()
    {
        var count = new ComplaintCount(10, 100, 500, _clock);
        int taken = 0;
        for (int i = 0; i < 100_000; i++)
        {
            taken += count.Take(i.ToString(CultureInfo.InvariantCulture)) is null ? 1 : 0;
            count.Sources.ShouldBeLessThanOrEqualTo(500);
            _clock.Advance(TimeSpan.FromMilliseconds(100)); // Nearly three hours.
        }

        taken.ShouldBe(1_500, "five hundred for each hour that began");
        _clock.Advance(TimeSpan.FromHours(1));
        count.Take("another").ShouldBeNull();
        count.Sources.ShouldBe(1, "hours that are over leave nothing");
    }

    [Fact]
    public void Take_ByManyAtOnce_GivesExactlyAsManyAsThereAre()
    {
        var count = new ComplaintCount(100, 100, 500, _clock);
        int taken = 0;
        Parallel.For(0, 4_000, i =>
        {
            if (count.Take((i % 10).ToString(CultureInfo.InvariantCulture)) is null)
            {
                Interlocked.Increment(ref taken);
            }
        });
        taken.ShouldBe(500);
    }

    [Fact]
    public void Look_HoweverOften_CountsNothingAndSaysWhatTakeWould()
    {
        var count = new ComplaintCount(1, 100, 100, _clock);
        for (int i = 0; i < 10; i++)
        {
            count.Look("192.0.2.1").ShouldBeNull();
        }

        count.Take("192.0.2.1").ShouldBeNull();
        _clock.Advance(TimeSpan.FromMinutes(10));
        count.Look("192.0.2.1").ShouldBe(TimeSpan.FromMinutes(50));
        count.Take("192.0.2.1").ShouldBe(TimeSpan.FromMinutes(50));
        count.Look("192.0.2.2").ShouldBeNull();
    }

    [Fact]
    public void Networks_OfOneSite_HaveTogetherWhatASiteMay()
    {
        var count = new ComplaintCount(2, 3, 100, _clock);
        count.Take("20010db800010001::/64").ShouldBeNull();
        _clock.Advance(TimeSpan.FromMinutes(10));
        count.Take("20010db800010002::/64").ShouldBeNull();
        count.Take("20010db800010003::/64").ShouldBeNull();
        count.Take("20010db800010004::/64").ShouldBe(TimeSpan.FromMinutes(50));
        count.Take("20010db800020001::/64").ShouldBeNull("it is of another site");
        _clock.Advance(TimeSpan.FromMinutes(50));
        count.Take("20010db800010004::/64").ShouldBeNull();
        count.Take("20010db800010004::/64").ShouldBe(TimeSpan.FromMinutes(10));
        _clock.Advance(TimeSpan.FromHours(2));
        count.Look("192.0.2.1").ShouldBeNull();
        count.Sources.ShouldBe(0, "sites that are over leave nothing");
    }

    [Fact]
    public void Take_WhereSourceAndAllAreFull_SaysWhenBothHaveRoom()
    {
        var count = new ComplaintCount(1, 100, 2, _clock);
        count.Take("a").ShouldBeNull();
        _clock.Advance(TimeSpan.FromMinutes(10));
        count.Take("b").ShouldBeNull();
        count.Take("b").ShouldBe(TimeSpan.FromHours(1), "its own is over later than the oldest of all");
    }

    [Fact]
    public void Attempts_OneMoreThanTheHourHas_SaysWhenTheNextBegins()
    {
        var attempts = new ComplaintAttempts(2, _clock);
        attempts.Take("a").ShouldBeNull();
        _clock.Advance(TimeSpan.FromMinutes(10));
        attempts.Take("a").ShouldBeNull();
        attempts.Take("a").ShouldBe(TimeSpan.FromMinutes(50));
        attempts.Take("b").ShouldBeNull();
        _clock.Advance(TimeSpan.FromMinutes(50));
        attempts.Take("a").ShouldBeNull();
        attempts.Sources.ShouldBe(2);
        _clock.Advance(TimeSpan.FromHours(1));
        attempts.Take("c").ShouldBeNull();
        attempts.Sources.ShouldBe(1, "hours that are over leave nothing");
    }

    [Fact]
    public void Attempts_OfMoreSourcesThanAreRemembered_ForgetTheOldestAndShutOutNobody()
    {
        var attempts = new ComplaintAttempts(1, _clock);
        for (int i = 0; i <= ComplaintAttempts.SourcesMax; i++)
        {
            attempts.Take(i.ToString(CultureInfo.InvariantCulture)).ShouldBeNull();
        }

        attempts.Sources.ShouldBe(ComplaintAttempts.SourcesMax);
        attempts.Take("1").ShouldNotBeNull();
        attempts.Take("0").ShouldBeNull("the oldest was forgotten");
        attempts.Sources.ShouldBe(ComplaintAttempts.SourcesMax);
    }
}

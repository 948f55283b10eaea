using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

public sealed class TwoYearsTests
{
    [Fact]
    public async Task TwoYearsOfACounty_ThroughHttpAlone_EndWithEveryBalanceEqualToAnIndependentSum()
    {
        var clock = new ManualClock(new DateTimeOffset(2020, 1, 1, 4, 0, 0, TimeSpan.Zero));
        await using var app = new RunningApp { Clock = clock };
        await app.InitializeAsync();
        var script = new CountyScript(app, clock);
        await script.RunAsync();
    }
}

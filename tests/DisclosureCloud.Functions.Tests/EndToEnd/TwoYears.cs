using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The county's two years, posted once, and the site that shows all of it.</summary>
/// <remarks><c>KEEP_DATA=FOLDER</c> keeps the data in an empty folder: <c>serve --data FOLDER</c> then shows the site.</remarks>
public sealed class TwoYears : IAsyncLifetime
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2020, 1, 1, 4, 0, 0, TimeSpan.Zero));

    public TwoYears()
    {
        string? keep = Environment.GetEnvironmentVariable("KEEP_DATA");
        if (Directory.Exists(keep) && Directory.EnumerateFileSystemEntries(keep).Any())
        {
            throw new InvalidOperationException($"KEEP_DATA: '{keep}' is not empty. Two counties do not fit into one ledger.");
        }

        App = new RunningApp { Clock = _clock, KeepIn = keep };
        Script = new CountyScript(App, _clock);
    }

    public RunningApp App { get; }

    internal CountyScript Script { get; }

    internal County County => Script.County;

    internal PlainBooks Books => Script.County.Books;

    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        await Script.RunAsync();
        await Eventually.TrueAsync("the site shows all of it", async () =>
        {
            App.Diagnostics.Split('\n').FirstOrDefault(line => line.StartsWith("Error", StringComparison.Ordinal)).ShouldBeNull();
            return (await App.GetAsync("/api/health")).Json.GetProperty("site").GetProperty("behind").GetInt64() == 0;
        });
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Rebuilding;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Rebuilding;

/// <summary>Values come back from what the site has published and from nowhere else, and only where they are true.</summary>
public sealed class RebuiltValuesTests : IAsyncLifetime
{
    private RebuildWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await RebuildWorld.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ValueStoreLost_TakesBackWhatIsPublishedAndNothingElse()
    {
        Opening[] all = await AllAsync(_world.World.Desks.Values);
        HashSet<Commitment> published = await PublishedAsync();
        var values = new MemoryValueStore(_world.World.Desks.Clock);
        RebuildReport report = await _world.RebuildAsync(new MemoryLedgerStore(), values);

        report.ValuesMissing.ShouldBe(all.Length);
        report.ValuesTaken.ShouldBe(published.Count);
        report.ValuesTaken.ShouldBeInRange(1, all.Length - 1);
        Opening[] back = await AllAsync(values);
        back.Select(one => (one.Key, one.Value)).OrderBy(one => one.Key.Commitment.Hex, StringComparer.Ordinal)
            .ShouldBe(all.Where(one => published.Contains(one.Commitment)).Select(one => (one.Key, one.Value)).OrderBy(one => one.Key.Commitment.Hex, StringComparer.Ordinal));

        // A second time there is nothing more to be had.
        (await _world.RebuildAsync(new MemoryLedgerStore(), values)).ValuesTaken.ShouldBe(0);
    }

    [Fact]
    public async Task ValueAlteredOnTheSite_OrOfNoCommitment_StaysAway()
    {
        string path = (await OpeningFilesAsync()).First();
        string text = Encoding.UTF8.GetString((await _world.World.Site.ReadAsync(path, Cancel))!);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonObject first = JsonNode.Parse(lines[0])!.AsObject();
        string altered = first["openings"]![0]!["commitment"]!.GetValue<string>();
        first["openings"]![0]!["value"] = "something else";
        byte[] salt = new byte[Commitment.SaltLength];
        string foreign = $$"""{"entry":"x","leafIndex":9,"openings":[{"commitment":"{{Commitment.Of(salt, "foreign")}}","salt":"{{Convert.ToHexStringLower(salt)}}","value":"foreign"}]}""";
        await _world.World.MeddleAsync(path, Encoding.UTF8.GetBytes(string.Join('\n', [first.ToJsonString(), "no json", foreign, .. lines[1..]])));

        HashSet<Commitment> published = await PublishedAsync();
        var values = new MemoryValueStore(_world.World.Desks.Clock);
        RebuildReport report = await _world.RebuildAsync(new MemoryLedgerStore(), values);
        Opening[] back = await AllAsync(values);
        back.Select(one => one.Commitment.Hex).ShouldNotContain(altered, StringComparer.Ordinal);
        back.ShouldAllBe(one => one.IsTrue && one.Value != "foreign");
        report.ValuesTaken.ShouldBe(published.Count - 2, "all but the altered one and the foreign one");
    }

    [Fact]
    public async Task DryRun_PutsNoValue()
    {
        var values = new MemoryValueStore(_world.World.Desks.Clock) { BeforePut = () => throw new InvalidOperationException("A dry run puts nothing.") };
        RebuildReport report = await _world.World.RebuilderOf(new MemoryLedgerStore(), values, _world.Archive)
            .RebuildAsync(new RebuildRequest(IsDryRun: true, []), _ => { }, Cancel);
        report.ValuesTaken.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task RedactedValues_AreNotTakenBack()
    {
        Opening[] all = await AllAsync(_world.World.Desks.Values);
        HashSet<Commitment> published = await PublishedAsync();
        Commitment[] redacted = [.. all.Select(one => one.Commitment).Where(published.Contains).Take(3)];
        var values = new MemoryValueStore(_world.World.Desks.Clock);
        var missing = new MissingValues(values);
        foreach (IGrouping<PostingId, Opening> of in all.GroupBy(one => one.Posting))
        {
            await missing.AddAsync(of.Key, of.Select(one => one.Commitment), Cancel);
        }

        missing.Redact(redacted);
        await missing.FlushAsync(Cancel);
        await missing.TakeBackAsync(_world.World.Site, isDryRun: false, Cancel);
        Opening[] back = await AllAsync(values);
        back.Length.ShouldBe(published.Count - redacted.Length);
        back.ShouldAllBe(one => !redacted.Contains(one.Commitment));
    }

    private static async Task<Opening[]> AllAsync(MemoryValueStore values)
    {
        var all = new List<Opening>();
        await foreach (Opening one in values.ReadPutBeforeAsync(DateTimeOffset.MaxValue, Cancel))
        {
            all.Add(one);
        }

        return [.. all];
    }

    private async Task<IEnumerable<string>> OpeningFilesAsync() =>
        (await _world.World.Site.ListAsync(Cancel)).Where(path => path.StartsWith("data/openings/", StringComparison.Ordinal));

    private async Task<HashSet<Commitment>> PublishedAsync()
    {
        HashSet<Commitment> published = [];
        foreach (string path in await OpeningFilesAsync())
        {
            foreach (string line in Encoding.UTF8.GetString((await _world.World.Site.ReadAsync(path, Cancel))!).Split('\n').Where(line => line.StartsWith('{')))
            {
                published.UnionWith(JsonNode.Parse(line)!["openings"]!.AsArray().Select(one => Commitment.Parse(one!["commitment"]!.GetValue<string>())));
            }
        }

        return published;
    }
}

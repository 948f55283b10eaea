using System.Globalization;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>What design section 7 promises of a publish.</summary>
public sealed class PublisherTests : IAsyncLifetime
{
    private PublishWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await PublishWorld.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Publish_SameLedgerInOtherFoldersAndCultures_IsTheSameToTheByte()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string? first = null;
        try
        {
            foreach (string culture in new[] { "", "tr-TR", "ar-SA", "zh-CN", "de-CH", "fa-IR" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture;
                using PublishWorld world = await PublishWorld.OpenAsync();
                await world.PublishAsync();
                string hash = await world.HashAsync();
                first ??= hash;
                hash.ShouldBe(first, $"in the culture '{culture}'");
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>The site's openings may be the last that there is of a value.</summary>
    [Fact]
    public async Task Publish_OverAValueStoreThatWasLost_StopsBeforeTheSiteForgetsToo()
    {
        await _world.PublishAsync();
        string before = await _world.HashAsync();
        var lost = new MemoryValueStore(_world.Desks.Clock);
        _world.Desks.Clock.Advance(TimeSpan.FromDays(1));

        PublishException stopped = await Should.ThrowAsync<PublishException>(() => _world.PublisherOf(lost).PublishAsync(at: null, Cancel));

        stopped.Message.ShouldContain("disclosurecloud rebuild");
        _world.Raised.Lines.ShouldHaveSingleItem().ShouldContain("values-lost");
        (await _world.HashAsync()).ShouldBe(before);

        // Where no site has them either, nobody brings them back: what is left is published.
        (Publisher anew, _) = _world.Beside(_world.Desks.Ledger, lost, new MemorySiteFiles());
        (await anew.PublishAsync(at: null, Cancel)).Written.ShouldBeGreaterThan(0);
    }

    /// <summary>Intake never saw what the operator set: what is published is screened whatever it came by.</summary>
    [Fact]
    public async Task Publish_OfWhatLooksLikeDataOfAPerson_StopsAndSaysWhereAndNotWhat()
    {
        const string Person = "张小明,男,45岁";
        Publisher publisher = _world.PublisherOf(_world.Desks.Values, _world.Deployment with { Site = _world.Deployment.Site with { Operator = Person } });

        PublishException stopped = await Should.ThrowAsync<PublishException>(() => publisher.PublishAsync(at: null, Cancel));

        stopped.Message.ShouldContain(".html would show what looks like data of a person (household-roster)");
        stopped.Message.ShouldNotContain("张小明");
        _world.Raised.Lines.ShouldAllBe(line => line.Contains("personal-data", StringComparison.Ordinal) && !line.Contains("张小明", StringComparison.Ordinal));
        _world.Raised.Lines.ShouldNotBeEmpty();
        (await _world.PublicationsAsync()).ShouldBe(0);
        (await _world.FilesAsync()).ShouldBeEmpty();
        await _world.PublishAsync();
    }

    /// <summary>What the last publication showed was screened by what made it. What other code or settings made is screened again, and what no publication vouches for.</summary>
    [Theory]
    [InlineData(true, true, true, false)]
    [InlineData(false, true, true, true)]
    [InlineData(true, false, true, true)]
    [InlineData(true, true, false, true)]
    public async Task Publish_OfWhatWasShownBefore_ScreensItUnlessThisCodeDidSo(bool bySameCode, bool bySameRelease, bool isVouchedFor, bool isScreened)
    {
        await _world.PublishAsync();
        PublicationRecord last = (await _world.Publisher.LastAsync(Cancel))!;
        Deployment deployment = _world.Deployment with { Site = _world.Deployment.Site with { Operator = "张小明,男,45岁" } };
        Publisher publisher = _world.PublisherOf(_world.Desks.Values, deployment);
        var reader = new SnapshotReader(_world.Desks.Ledger, _world.Desks.Values, _world.Sequencer.Known, deployment.Origin);
        (Snapshot snapshot, _, _) = await reader.ReadAsync(null, last.Fact.AsOf, deployment.Site, Cancel);
        byte[] manifest = Manifest.Of(SitePlan.Of(snapshot).Select(file => (file.Path, Bytes: file.Render())).Select(file => (file.Path, Sha256Hex.Of(file.Bytes), (long)file.Bytes.Length))).ToBytes();
        await _world.Site.StageAsync(Manifest.Path, manifest, Cancel);
        await _world.Site.ApplyAsync([Manifest.Path], [], Cancel);
        Publication said = last.Fact with
        {
            Previous = last.Id,
            ManifestSha256 = Sha256Hex.Of(isVouchedFor ? manifest : [.. manifest, 0]),
            ContentVersion = ContentVersion.Of(bySameCode ? deployment.Site : _world.Deployment.Site),
            Release = bySameRelease ? deployment.Release : Id.Parse<ReleaseVersion>("0.0.1"),
        };
        await PublicationRecord.AppendAsync(_world.Desks.Ledger, last, said, _world.Desks.Clock.GetUtcNow(), Cancel);

        Task<Published> publish = publisher.PublishAsync(at: null, Cancel);

        if (isScreened)
        {
            (await Should.ThrowAsync<PublishException>(() => publish)).Message.ShouldContain("data of a person");
        }
        else
        {
            (await publish).Written.ShouldBeGreaterThan(0, "what lies in the site says something else, whoever screened it");
        }
    }

    [Fact]
    public async Task Publish_Again_WritesNothingAndRecordsNothing()
    {
        Published first = await _world.PublishAsync();
        first.Written.ShouldBe(first.Files);
        int changes = _world.Site.Changes;
        int commits = (await _world.Desks.CommitsAsync()).Count;
        _world.Desks.Clock.Advance(TimeSpan.FromMinutes(5));

        Published again = await _world.PublishAsync();
        (again with { Shown = first.Shown }).ShouldBe(first with { Written = 0 });
        again.Shown.ShouldBe(first.Shown);
        _world.Site.Changes.ShouldBe(changes);
        (await _world.Desks.CommitsAsync()).Count.ShouldBe(commits);
    }

    /// <summary>The version in the status is that of the release which made the publication. Another one that makes the same pages publishes nothing.</summary>
    [Fact]
    public async Task Publish_ByAnotherReleaseThatMakesTheSamePages_WritesNothingAndRecordsNothing()
    {
        await _world.PublishAsync();
        SortedDictionary<string, byte[]> before = await _world.FilesAsync();
        Deployment next = _world.Deployment with { Release = Id.Parse<ReleaseVersion>("99.0.0") };

        (await _world.PublisherOf(_world.Desks.Values, next).PublishAsync(at: null, Cancel)).Written.ShouldBe(0);
        (await _world.PublicationsAsync()).ShouldBe(1);
        (await _world.FilesAsync())["status.json"].ShouldBe(before["status.json"]);

        await _world.Desks.OpenFundAsync("f-later", 100);
        await _world.PublisherOf(_world.Desks.Values, next).PublishAsync(at: null, Cancel);
        JsonElement.Parse((await _world.FilesAsync())["status.json"]).GetProperty("version").GetString().ShouldBe("99.0.0");
    }

    [Fact]
    public async Task Publish_OnTheNextCivilDay_RecordsOneMore()
    {
        // The clock stands at 20:00 in Shanghai; the zone of the machine says nothing.
        await _world.PublishAsync();
        (await _world.LastAsync())!.Fact.AsOf.ShouldBe(new DateOnly(2026, 3, 2));
        _world.Desks.Clock.Advance(TimeSpan.FromMinutes(239));
        await _world.PublishAsync();
        (await _world.PublicationsAsync()).ShouldBe(1);

        _world.Desks.Clock.Advance(TimeSpan.FromMinutes(2));
        await _world.PublishAsync();
        await _world.PublishAsync();
        (await _world.PublicationsAsync()).ShouldBe(2);
        (await _world.LastAsync())!.Fact.AsOf.ShouldBe(new DateOnly(2026, 3, 3));
    }

    [Fact]
    public async Task Publish_WithAClockSetBack_KeepsTheDate()
    {
        _world.Desks.Clock.Advance(new TimeSpan(4, 0, 20)); // Twenty seconds into the next day, in the deployment's zone.
        await _world.PublishAsync();
        _world.Desks.Clock.Advance(TimeSpan.FromSeconds(-50));
        (await _world.PublishAsync()).AsOf.ShouldBe(new DateOnly(2026, 3, 3));
        (await _world.PublicationsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_WithAClockSetBackByMoreThanClocksDiffer_IsRefused()
    {
        await _world.PublishAsync();
        _world.Desks.Clock.Advance(TimeSpan.FromDays(-3));
        await Should.ThrowAsync<LogRefusedException>(() => _world.PublishAsync());
        (await _world.PublicationsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_OfNewEntries_ShowsTheLogWithTheCheckpointThatCoversThePublication()
    {
        await _world.PublishAsync();
        await _world.Desks.OpenFundAsync("f-later", 100);
        await _world.PublishAsync();
        SortedDictionary<string, byte[]> files = await _world.FilesAsync();
        Checkpoint shown = _world.Signer.Open(files["log/checkpoint"], "the test").Checkpoint;
        PublicationRecord last = (await _world.LastAsync())!;
        JsonElement status = JsonElement.Parse(files["status.json"]);
        long leafIndex = status.GetProperty("leafIndex").GetInt64();
        (status.GetProperty("treeSize").GetInt64(), status.GetProperty("rootHash").GetString(), status.GetProperty("origin").GetString())
            .ShouldBe((shown.Head.Size, shown.Head.Root.ToBase64(), shown.Origin));
        last.Fact.TreeSize.ShouldNotBeNull().ShouldBeLessThan(shown.Head.Size);

        // What an outsider does: the publication is in the log, and it vouches for the manifest.
        var tree = new TiledTree(shown.Head.Size, tile => files[$"log/{tile.Path}"]);
        tree.Head().ShouldBe(shown.Head);
        tree.InclusionProof(leafIndex).Verify(Rfc6962.LeafHash(last.Leaf.Bytes.Span), shown.Head);
        last.Fact.ManifestSha256.ShouldBe(Sha256Hex.Of(files["data/manifest.json"]));
        files.Keys.Where(path => path.StartsWith("log/tile/", StringComparison.Ordinal)).Count().ShouldBe(4, "two partial widths of one tile and one bundle");
    }

    [Theory]
    [InlineData("log/checkpoint")]
    [InlineData("log/vkey")]
    [InlineData("log/tile/0/000.p/")]
    [InlineData("log/tile/entries/000.p/")]
    [InlineData("log/strange")]
    public async Task Publish_OverALogThatWasAlteredInTheSite_MendsIt(string path)
    {
        await _world.PublishAsync();
        string before = await _world.HashAsync();
        string altered = (await _world.FilesAsync()).Keys.FirstOrDefault(file => file.StartsWith(path, StringComparison.Ordinal)) ?? path;
        await _world.MeddleAsync(altered, [1, 2, 3]);
        _world.Start();
        await _world.PublishAsync();
        (await _world.HashAsync()).ShouldBe(before);
        _world.Raised.Lines.Count.ShouldBe(path == "log/checkpoint" ? 1 : 0);
    }

    [Fact]
    public async Task Publish_OfNewEntries_NamesThePublicationBefore()
    {
        await _world.PublishAsync();
        PublicationRecord first = (await _world.LastAsync())!;
        int entries = await _world.Desks.OpenFundAsync("f-later", 100);
        Published published = await _world.PublishAsync();
        PublicationRecord second = (await _world.LastAsync())!;
        second.Fact.Previous.ShouldBe(first.Id);
        second.Fact.Position.ShouldBe(first.Fact.Position + entries);
        published.Position.ShouldBe(second.Fact.Position, "publications are not counted");
    }

    [Fact]
    public async Task Publish_AtThePlaceInsideACommit_NamesTheNearest()
    {
        long first = (await _world.Desks.CommitsAsync()).First(commit => commit.Entries.Length > 0).Entries.Length;
        PositionException inside = await Should.ThrowAsync<PositionException>(() => _world.PublishAsync(first + 1));
        inside.Message.ShouldContain($"position {first + 1}");
        inside.Message.ShouldContain($"nearest below is {first};");
        await Should.ThrowAsync<PositionException>(() => _world.PublishAsync(1_000));
        (await _world.PublicationsAsync()).ShouldBe(0);
        (await _world.Site.ListAsync(Cancel)).ShouldBeEmpty();

        (await _world.PublishAsync(first)).Position.ShouldBe(first);
        (await _world.PublishAsync()).Position.ShouldBeGreaterThan(first);
    }

    [Fact]
    public async Task Publish_ThatWouldLoseAPage_RefusesAndTheSiteStays()
    {
        long first = (await _world.Desks.CommitsAsync()).First(commit => commit.Entries.Length > 0).Entries.Length;
        await _world.PublishAsync();
        string hash = await _world.HashAsync();
        await Should.ThrowAsync<PublishException>(() => _world.PublishAsync(first));
        await _world.MeddleAsync("funds/f-gone/index.html", "<h1>gone</h1>"u8.ToArray());
        PublishException gone = await Should.ThrowAsync<PublishException>(() => _world.PublishAsync());
        gone.Message.ShouldContain("funds/f-gone/index.html");
        await _world.MeddleAsync("funds/f-gone/index.html", null);
        (await _world.HashAsync()).ShouldBe(hash);
        (await _world.PublicationsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_AtAnEarlierPosition_RefusesEvenWhereNoPageGoes()
    {
        // The id of the last allocation is public in the tables: it must not vanish.
        await _world.Desks.OpenFundAsync("f-back", 100);
        long before = (await _world.PublishAsync()).Position;
        (await _world.Desks.RecordAsync(Office.Allocation("f-back", 10), "back")).State.ShouldBe(PostingState.Effective);
        await _world.PublishAsync();
        string hash = await _world.HashAsync();
        await Should.ThrowAsync<PublishException>(() => _world.PublishAsync(before));
        (await _world.HashAsync()).ShouldBe(hash);
        (await _world.PublicationsAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Publish_AtAnEarlierPositionIntoAnEmptyFolder_ShowsIt()
    {
        long first = (await _world.Desks.CommitsAsync()).First(commit => commit.Entries.Length > 0).Entries.Length;
        await _world.PublishAsync();
        foreach (string path in await _world.Site.ListAsync(Cancel))
        {
            await _world.MeddleAsync(path, null);
        }

        (await _world.PublishAsync(first)).Position.ShouldBe(first);
    }

    [Fact]
    public async Task Publish_AfterMeddling_MendsAndRemoves()
    {
        await _world.PublishAsync();
        string hash = await _world.HashAsync();
        await _world.MeddleAsync("index.html", "altered"u8.ToArray());
        await _world.MeddleAsync("data/funds.csv", null);
        await _world.MeddleAsync("stray.html", "stray"u8.ToArray());
        await _world.MeddleAsync("funds/.DS_Store", "stray"u8.ToArray());
        await _world.MeddleAsync("en/old/page.html", "stray"u8.ToArray());

        Published mended = await _world.PublishAsync();

        mended.Written.ShouldBe(2);
        mended.Removed.ShouldBe(3);
        (await _world.HashAsync()).ShouldBe(hash);
        (await _world.PublicationsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_BesideALog_LeavesTheLogAlone()
    {
        await _world.PublishAsync();
        await _world.MeddleAsync("log/checkpoint", "a checkpoint"u8.ToArray());
        (await _world.PublishAsync()).Removed.ShouldBe(0);
        (await _world.FilesAsync()).ShouldContainKey("log/checkpoint");
    }

    [Fact]
    public async Task Manifest_AfterPublish_ListsEveryFileButItselfTheLogAndTheStatus()
    {
        await _world.PublishAsync();
        SortedDictionary<string, byte[]> files = await _world.FilesAsync();
        JsonElement manifest = JsonElement.Parse(files["data/manifest.json"]);
        var listed = new SortedDictionary<string, (string Hash, long Length)>(StringComparer.Ordinal);
        foreach (JsonElement file in manifest.GetProperty("files").EnumerateArray())
        {
            listed.Add(file.GetProperty("path").GetString()!, (file.GetProperty("sha256").GetString()!, file.GetProperty("bytes").GetInt64()));
        }

        files.Remove("data/manifest.json");
        files.Remove("status.json");
        string[] log = [.. files.Keys.Where(path => path.StartsWith("log/", StringComparison.Ordinal))];
        log.Length.ShouldBe(4);
        Array.ForEach(log, path => files.Remove(path));
        listed.Keys.ShouldBe(files.Keys);
        foreach ((string path, byte[] bytes) in files)
        {
            listed[path].ShouldBe((Sha256Hex.Of(bytes).Value, bytes.LongLength), path);
        }
    }

    [Fact]
    public async Task Status_AfterPublish_SaysWhatThePublicationSays()
    {
        await _world.PublishAsync();
        SortedDictionary<string, byte[]> files = await _world.FilesAsync();
        PublicationRecord last = (await _world.LastAsync())!;
        JsonElement status = JsonElement.Parse(files["status.json"]);
        status.GetProperty("position").GetInt64().ShouldBe(last.Fact.Position);
        status.GetProperty("asOf").GetString().ShouldBe("2026-03-02");
        status.GetProperty("manifestSha256").GetString().ShouldBe(Sha256Hex.Of(files["data/manifest.json"]).Value);
        status.GetProperty("contentVersion").GetString().ShouldBe(last.Fact.ContentVersion.Value);
        status.GetProperty("version").GetString().ShouldBe(AppVersion.Current.Value);
        status.GetProperty("publication").GetString().ShouldBe(last.Id.Value);
        status.GetProperty("publishedAt").GetString().ShouldBe(Instant.Text(last.RecordedAt));
    }

    [Fact]
    public async Task Publish_WithAnAlteredValue_RefusesAndSaysWhich()
    {
        await _world.PublishAsync();
        string hash = await _world.HashAsync();
        var altered = new AlteredValues(_world.Desks.Values);
        Publisher publisher = _world.PublisherOf(altered);
        InvalidDataException fault = await Should.ThrowAsync<InvalidDataException>(() => publisher.PublishAsync(null, Cancel));
        fault.Message.ShouldContain("altered in its store");
        fault.Message.ShouldNotContain(AlteredValues.Value);
        (await _world.HashAsync()).ShouldBe(hash);
        (await _world.PublicationsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_BrokenAtEveryStep_IsWholeAfterTheNext()
    {
        using PublishWorld whole = await PublishWorld.OpenAsync();
        await whole.PublishAsync();
        string wanted = await whole.HashAsync();
        foreach (string step in new[] { "stage", "last stage", "record", "recorded", "journal", "first file", "middle file", "status", "applied" })
        {
            using PublishWorld world = await PublishWorld.OpenAsync();
            Break(world, step);
            await Should.ThrowAsync<CrashException>(() => world.PublishAsync(), step);
            if (step is "stage" or "last stage" or "record" or "recorded" or "journal")
            {
                (await world.Site.ListAsync(Cancel)).ShouldBeEmpty(step);
            }

            (await world.FilesAsync()).ContainsKey("status.json").ShouldBe(step == "applied", step);

            (world.Site.BeforeStage, world.Site.BeforeJournal, world.Site.BeforeChange, world.Site.AfterApply) = (null, null, null, null);
            (world.Desks.Ledger.BeforeAppend, world.Desks.Ledger.AfterAppend) = (null, null);
            await world.PublishAsync();
            (await world.HashAsync()).ShouldBe(wanted, step);
            (await world.PublicationsAsync()).ShouldBe(1, step);
        }
    }

    [Fact]
    public async Task Publish_BrokenWhileTheSiteChanges_StatusIsTheOldOneUntilAllElseIsNew()
    {
        await _world.PublishAsync();
        byte[] old = (await _world.FilesAsync())["status.json"];
        await _world.Desks.OpenFundAsync("f-later", 100);
        var order = new List<string>();
        _world.Site.BeforeChange = order.Add;
        await _world.PublishAsync();
        order[^1].ShouldBe("status.json");
        order[^2].ShouldBe("log/checkpoint");
        order.FindIndex(path => path.StartsWith("log/", StringComparison.Ordinal)).ShouldBe(order.IndexOf("data/manifest.json") + 1);
        int home = order.IndexOf("index.html");
        home.ShouldBeGreaterThan(order.IndexOf("funds/f-later/index.html"), "a page that is linked to is there before the link");
        home.ShouldBeGreaterThan(order.IndexOf("data/entries.csv"));
        (await _world.FilesAsync())["status.json"].ShouldNotBe(old);
    }

    private static void Break(PublishWorld world, string step)
    {
        void OnFile(string path, string wanted)
        {
            if (path == wanted)
            {
                throw new CrashException();
            }
        }

        switch (step)
        {
            case "stage":
                world.Site.BeforeStage = path => OnFile(path, "index.html");
                break;
            case "last stage":
                world.Site.BeforeStage = path => OnFile(path, "status.json");
                break;
            case "record":
                world.Desks.Ledger.BeforeAppend = _ => throw new CrashException();
                break;
            case "recorded":
                world.Desks.Ledger.AfterAppend = _ => throw new CrashException();
                break;
            case "journal":
                world.Site.BeforeJournal = () => throw new CrashException();
                break;
            case "first file":
                world.Site.BeforeChange = _ => throw new CrashException();
                break;
            case "middle file":
                world.Site.BeforeChange = path => OnFile(path, "index.html");
                break;
            case "status":
                world.Site.BeforeChange = path => OnFile(path, "status.json");
                break;
            default:
                world.Site.AfterApply = () => throw new CrashException();
                break;
        }
    }

    /// <summary>A value store in which somebody changed every text, and left the salts.</summary>
    private sealed class AlteredValues(IValueStore inner) : IValueStore
    {
        public const string Value = "altered-value-4711";

        public Task<IReadOnlyList<Opening>> GetAsync(IReadOnlyCollection<PostingId> postings, CancellationToken cancellationToken) => inner.GetAsync(postings, cancellationToken);

        public Task PutAsync(IReadOnlyCollection<Opening> openings, CancellationToken cancellationToken) => inner.PutAsync(openings, cancellationToken);

        public Task ForgetAsync(IReadOnlyCollection<ValueKey> values, CancellationToken cancellationToken) => inner.ForgetAsync(values, cancellationToken);

        public IAsyncEnumerable<Opening> ReadPutBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
            inner.ReadPutBeforeAsync(moment, cancellationToken).Select(opening => opening with { Value = Value });
    }
}

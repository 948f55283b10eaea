using System.Text;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using DisclosureCloud.Verifier;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>What was published by mistake is gone with the next publish, for good, and everything else stays proven.</summary>
public sealed class RedactionTests : IDisposable
{
    private const string Secret = "赵钱孙李那一户的院坝";

    private readonly PublishWorld _world = PublishWorld.Empty();
    private List<Opening> _copies = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DeskWorld Desks => _world.Desks;

    [Fact]
    public async Task RedactedValue_AtTheNextPublish_IsNowhereAndEveryProofHolds()
    {
        EntryId entry = await PublishSecretAsync();
        (await WhereAsync(Secret)).ShouldContain(path => path.StartsWith("data/openings/", StringComparison.Ordinal));
        (await WhereAsync(Secret)).ShouldContain(path => path.EndsWith(".html", StringComparison.Ordinal));
        (await _world.VerifyAsync()).Findings.ShouldBeEmpty();

        PostingRecord redaction = await RedactAsync(entry);

        (await AllValuesAsync()).ShouldNotContain(opening => opening.Value == Secret, "it is gone from the store at once");
        await _world.PublishAsync();
        (await WhereAsync(Secret)).ShouldBeEmpty();
        VerifyReport report = await _world.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        report.Proven.ShouldContain(line => line.Contains($"1 redactions name ({redaction.EntryIds.Single()})", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RedactedEntry_OnTheSite_SaysWhoApprovedItAndLosesNothingElse()
    {
        EntryId entry = await PublishSecretAsync();
        string before = Text(await _world.Site.ReadAsync("data/progress.ndjson", Cancel));
        PostingRecord redaction = await RedactAsync(entry);
        await _world.PublishAsync();

        using var row = JsonDocument.Parse(Text(await _world.Site.ReadAsync("data/redaction.ndjson", Cancel)).Split('\n')[0]);
        row.RootElement.GetProperty("cites").GetString().ShouldBe(entry.Value);
        row.RootElement.GetProperty("approvedBy").GetString().ShouldBe("finance-approver");
        row.RootElement.GetProperty("values")[0].GetString().ShouldBe("/done");
        Text(await _world.Site.ReadAsync("data/progress.ndjson", Cancel)).ShouldBe(before.Replace($"\"{Secret}\"", "null", StringComparison.Ordinal), StringCompareShould.IgnoreLineEndings);
        string page = Text(await _world.Site.ReadAsync("corrections/index.html", Cancel));
        page.ShouldContain("finance-approver", Case.Sensitive);
        page.ShouldContain($"id=\"{redaction.EntryIds.Single()}\"", Case.Sensitive);
        page.ShouldContain("<code>/done</code>", Case.Sensitive);
        Text(await _world.Site.ReadAsync("en/corrections/index.html", Cancel)).ShouldContain("Approved by finance-approver", Case.Sensitive);
    }

    [Fact]
    public async Task EarlierPosition_PublishedElsewhere_DoesNotShowWhatWasForgottenSince()
    {
        EntryId entry = await PublishSecretAsync();
        long position = (await _world.LastAsync())!.Fact.Position;
        await RedactAsync(entry);
        await _world.PublishAsync();

        // The values come back, as with a restored store: the redaction in the log closes them all the same.
        await PutBackAsync();
        var site = new MemorySiteFiles();
        (Publisher publisher, Sequencer sequencer) = _world.Beside(Desks.Ledger, Desks.Values, site);
        using (sequencer)
        {
            (await publisher.PublishAsync(position, Cancel)).Position.ShouldBe(position);
        }

        (await site.ReadAsync("data/progress.csv", Cancel)).ShouldNotBeNull();
        (await WhereAsync(Secret, site)).ShouldBeEmpty();
        (await AllValuesAsync()).ShouldContain(opening => opening.Value == Secret, "nobody but the daily work looks for it there");
    }

    [Fact]
    public async Task ValueThatCameBack_OnTheNextDay_IsForgottenAgain()
    {
        EntryId entry = await PublishSecretAsync();
        await RedactAsync(entry);
        await PutBackAsync();
        int before = Desks.Values.Count;

        await _world.KeepUp.TurnDayAsync(Cancel);

        (await AllValuesAsync()).ShouldNotContain(opening => opening.Value == Secret);
        Desks.Values.Count.ShouldBe(before - 2, "the value, and the fingerprint of what was posted with it");
    }

    /// <summary>The ledger has the redaction, and the log that a publish reads by has not: that is no lost value store.</summary>
    [Fact]
    public async Task ValueForgotten_WhileAPublishReads_IsNotTakenForLost()
    {
        EntryId entry = await PublishSecretAsync();
        await RedactAsync(entry);
        (await MissingAsync(Desks.Values)).ShouldBeEmpty();
        (await MissingAsync(new MemoryValueStore(Desks.Clock))).ShouldNotBeEmpty();

        async Task<IReadOnlySet<Commitment>> MissingAsync(IValueStore values)
        {
            var reader = new SnapshotReader(Desks.Ledger, values, _world.Sequencer.Known, _world.Deployment.Origin);
            await reader.ReadAsync(at: null, DeskWorld.Today, _world.Deployment.Site, Cancel);
            return reader.Missing;
        }
    }

    [Fact]
    public async Task PostingWhoseValueIsForgotten_SentAgain_IsNeitherTakenNorShownToBeTheSame()
    {
        EntryId entry = await PublishSecretAsync();
        await RedactAsync(entry);
        Submission again = await Desks.Desk.SubmitAsync(DeskWorld.DraftOf(Progress()), DeskWorld.Poster, "secret", Cancel);
        again.ShouldBeOfType<Submission.KeyReused>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forgetting_BrokenAndRepeated_ForgetsAndSettlesOnce(bool done)
    {
        EntryId entry = await PublishSecretAsync();
        DeskWorld.BreakNextForget(Desks.Values, done);

        await Should.ThrowAsync<CrashException>(() => RedactAsync(entry));
        (int finished, int stuck) = await _world.KeepUp.FinishAsync(Cancel);

        (finished, stuck).ShouldBe((1, 0));
        (await AllValuesAsync()).ShouldNotContain(opening => opening.Value == Secret);
        (await Desks.CommitsAsync()).SelectMany(commit => commit.Entries).Count(leaf => SealedFact.Of(leaf.Json).Kind == Redaction.KindName).ShouldBe(1);
        await _world.PublishAsync();
        (await WhereAsync(Secret)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RejectedRedaction_ForgetsNothing()
    {
        EntryId entry = await PublishSecretAsync();
        var posted = (Submission.Accepted)await Desks.Desk.SubmitAsync(DeskWorld.DraftOf(Office.Redaction(entry.Value, "/done")), DeskWorld.Poster, "no", Cancel);
        await Desks.Desk.DecideAsync(posted.Record.Id, DeskWorld.Approver, approve: false, FreeText.Of("checked"), Cancel);
        await _world.PublishAsync();
        (await AllValuesAsync()).ShouldContain(opening => opening.Value == Secret);
        (await WhereAsync(Secret)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Rebuild_OverASiteFromBeforeTheRedaction_DoesNotTakeTheValueBack()
    {
        EntryId entry = await PublishSecretAsync();
        await RedactAsync(entry);
        await _world.Archiver.FollowAsync(Cancel);
        (await WhereAsync(Secret)).ShouldNotBeEmpty("nobody has published since");
        var (ledger, values) = (new MemoryLedgerStore(), new MemoryValueStore(Desks.Clock));

        await _world.RebuilderOf(ledger, values, _world.Archive).RebuildAsync(new(IsDryRun: false, []), _ => { }, Cancel);

        var back = new List<Opening>();
        await foreach (Opening one in values.ReadPutBeforeAsync(DateTimeOffset.MaxValue, Cancel))
        {
            back.Add(one);
        }

        back.ShouldNotBeEmpty();
        back.ShouldNotContain(opening => opening.Value == Secret);
    }

    public void Dispose() => _world.Dispose();

    private static System.Text.Json.Nodes.JsonObject Progress()
    {
        System.Text.Json.Nodes.JsonObject progress = Office.Progress("f-secret");
        progress["done"] = Secret;
        return progress;
    }

    private static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes!);

    private async Task<EntryId> PublishSecretAsync()
    {
        await Desks.OpenFundAsync("f-secret", 100);
        EntryId entry = (await Desks.RecordAsync(Progress(), "secret")).EntryIds.Single();
        await _world.PublishAsync();
        _copies = await AllValuesAsync();
        return entry;
    }

    private Task<PostingRecord> RedactAsync(EntryId entry) => Desks.RecordAsync(Office.Redaction(entry.Value, "/done"), "redaction");

    // Every value that was ever put, as an old copy of the store has it.
    private async Task PutBackAsync()
    {
        PostingId posting = (await Desks.CommitsAsync()).SelectMany(commit => commit.Entries)
            .Single(leaf => SealedFact.Of(leaf.Json).Kind == "progress").Id.Posting;
        await Desks.Values.PutAsync([.. _copies.Where(opening => opening.Posting == posting)], Cancel);
    }

    private async Task<List<Opening>> AllValuesAsync()
    {
        var all = new List<Opening>();
        await foreach (Opening one in Desks.Values.ReadPutBeforeAsync(DateTimeOffset.MaxValue, Cancel))
        {
            all.Add(one);
        }

        return all;
    }

    // In any file, as text or escaped as JSON may have it.
    private async Task<string[]> WhereAsync(string value, ISiteFiles? site = null)
    {
        byte[][] forms = [Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value)[1..^1])];
        return [.. (await PublishWorld.FilesOf(site ?? _world.Site)).Where(file => forms.Any(form => file.Value.AsSpan().IndexOf(form) >= 0)).Select(file => file.Key)];
    }
}

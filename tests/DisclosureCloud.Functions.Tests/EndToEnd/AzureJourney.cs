using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The way of a posting through all that there is in Azure, and what must have come of it.</summary>
internal sealed class AzureJourney(AzureWorld world)
{
    private const int AttemptsMax = 8;

    private static int funds;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string NewFund() => string.Create(CultureInfo.InvariantCulture, $"f-azure-{Interlocked.Increment(ref funds)}");

    public static PostingId IdOf(string key) => PostingId.Of(Id.Parse<DepartmentId>("finance"), key);

    /// <summary>A department posts, another person approves, the ledger is followed. Whoever gets no answer asks again, as its program would.</summary>
    public async Task GoAsync(string fund, bool byQueue, WriteSteps? steps)
    {
        PostingId id = IdOf(fund);
        if (byQueue)
        {
            await world.SendAsync(world.Message(Office.Fund(fund), fund));
        }

        await InsistAsync(async () =>
        {
            if (byQueue)
            {
                return await DrainAsync();
            }

            (int status, JsonElement body) = await world.CallAsync(HttpMethod.Post, "/api/postings", Office.Fund(fund).ToJsonString(), Role.Poster, fund);
            return status == 201 && body.GetProperty("id").GetString() == id.Value;
        });
        await InsistAsync(async () =>
        {
            (int status, _) = await world.CallAsync(HttpMethod.Post, $"/api/postings/{id}/approval", Office.Checked, Role.Approver);
            return status is 200 or 409;
        });
        await InsistAsync(async () => (await world.Host.FireTimerAsync("Reconcile", Cancel)).Count == 1);

        // The message is on its way beside the requests. Where it is lost, the timer finds what is new.
        if (steps is null || steps.KillAt?.StartsWith("queue", StringComparison.Ordinal) != true)
        {
            await Eventually.TrueAsync("the ledger's change is told", async () =>
                (await world.Storage.Queues.GetQueueClient("ledger-changed").PeekMessagesAsync(1, Cancel)).Value.Length > 0 || steps?.Killed == true);
        }

        await InsistAsync(DrainAsync);
        await InsistAsync(async () => (await world.Host.FireTimerAsync("PublishSite", Cancel)).Count == 1);
    }

    // Poll by poll: a handler that has died is started again before the host tries once more.
    private async Task<bool> DrainAsync()
    {
        while (true)
        {
            IReadOnlyList<QueueDelivery> round = await world.Host.PollAsync(Cancel);
            if (round.Count == 0 || round.Any(one => one.Outcome != DeliveryOutcome.Done))
            {
                return round.Count == 0;
            }
        }
    }

    private async Task InsistAsync(Func<Task<bool>> step)
    {
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            try
            {
                if (await step())
                {
                    return;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException)
            {
                // The handler died with the request in it, or answered that it could not.
            }

            if (await HasDiedAsync())
            {
                await world.Host.RestartAsync(Cancel);
                await world.BreakLockAsync();
            }
        }

        throw new InvalidOperationException($"It did not succeed in {AttemptsMax} attempts. The handler said: {world.Host.Said}");
    }

    private async Task<bool> HasDiedAsync()
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        soon.CancelAfter(TimeSpan.FromMilliseconds(500));
        try
        {
            await world.Host.ExitAsync(soon.Token);
            return true;
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    public async Task ShouldHaveArrivedOnceAsync(string fund)
    {
        Commit recorded = (await world.CommitsAsync($"fund/{fund}")).ShouldHaveSingleItem();
        Leaf entry = recorded.Entries.ShouldHaveSingleItem();
        List<Commit> posting = await world.CommitsAsync($"posting/{IdOf(fund)}");
        posting.Select(PostingRecord.StateOf).ShouldBe([PostingState.Proposed, PostingState.Approved, PostingState.Effective]);
        foreach (Commit commit in posting.Append(recorded))
        {
            (await world.Archive.ReadAsync(Archiver.PathOf(commit), Cancel)).ShouldBe(commit.ToBytes());
        }

        (await world.Site.ReadAsync($"funds/{fund}/index.html", Cancel)).ShouldNotBeNull();
        byte[] table = (await world.Site.ReadAsync("data/entries.csv", Cancel))!;
        Encoding.UTF8.GetString(table).Split('\n').Count(line => line.Contains(entry.Id.Value, StringComparison.Ordinal)).ShouldBe(1);
        JsonElement status = JsonElement.Parse((await world.Site.ReadAsync("status.json", Cancel))!);
        Commit publication = (await world.Ledger.ReadLastAsync(StreamName.Site, Cancel))!;
        status.GetProperty("publication").GetString().ShouldBe(publication.Entries[0].Id.Value);

        // A receiver drops repeats by their id.
        JsonObject[] told = [.. world.Topic.Received.Where(one => (string)one["id"]! == $"disclosure.entry.published/{entry.Id}")];
        told.Select(one => one.ToJsonString()).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem($"{fund} was told {told.Length} times");
        JsonElement schema = JsonElement.Parse(EventJsonSchema.Of(EventType.EntryPublished).ToJsonString());
        new JsonSchemaCheck(schema).Faults(schema, JsonElement.Parse(told[0].ToJsonString())).ShouldBeEmpty("what is sent is what the data dictionary says");
        world.Topic.Received.ShouldContain(one => (string)one["id"]! == $"disclosure.site.published/{publication.Entries[0].Id}");
    }

    public async Task ArchiveShouldBeTheLedgerAsync()
    {
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (CommitAt read in world.Ledger.ReadAllAsync(Cursor.Start, Cancel))
        {
            expected.Add(Archiver.PathOf(read.Commit));
        }

        var found = new List<string>();
        await foreach (string path in world.Archive.ListAsync("", Cancel))
        {
            found.Add(path);
        }

        found.ShouldBe(expected);
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage.Tests;

public sealed class EventGridTopicTests : IAsyncLifetime
{
    private const string Source = "https://county.example/disclosure";

    private TopicServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EventGridTopic Topic => EventGridTopic.OpenLocal(server.Endpoint, Source);

    private IEnumerable<string> Ids => server.Received.Select(one => (string)one["id"]!);

    public async ValueTask InitializeAsync() => server = await TopicServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Sent_IsACloudEvent()
    {
        var time = new DateTimeOffset(2026, 3, 2, 20, 0, 1, 500, TimeSpan.FromHours(8));
        await Topic.SendAsync([new PublicEvent("pub-7", "disclosure.site.published", "funds/F1", time, new JsonObject { ["名"] = "村 <b>&'", ["n"] = 7 })], Cancel);
        JsonNode.DeepEquals(server.Received.ShouldHaveSingleItem(), new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = "pub-7",
            ["source"] = Source,
            ["type"] = "disclosure.site.published",
            ["subject"] = "funds/F1",
            ["time"] = "2026-03-02T12:00:01.5Z",
            ["datacontenttype"] = "application/json",
            ["data"] = new JsonObject { ["名"] = "村 <b>&'", ["n"] = 7 },
        }).ShouldBeTrue();
    }

    [Fact]
    public async Task None_AsksNothing()
    {
        List<long> sizes = Counted();
        await Topic.SendAsync([], Cancel);
        sizes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_GoInRequestsOfAThousand()
    {
        List<long> sizes = Counted();
        await Topic.SendAsync([.. Enumerable.Range(0, 2001).Select(number => Event($"{number}"))], Cancel);
        sizes.Count.ShouldBe(3);
        Ids.ShouldBe(Enumerable.Range(0, 2001).Select(number => $"{number}"));
    }

    [Fact]
    public async Task Long_GoInRequestsThatTheTopicTakes()
    {
        List<long> sizes = Counted();
        string text = new('村', 100_000); // Three bytes each.
        await Topic.SendAsync([.. Enumerable.Range(0, 10).Select(number => Event($"{number}", text))], Cancel);
        sizes.Count.ShouldBe(4); // Three of 300 kB and a little each.
        sizes.ShouldAllBe(size => size <= 1_000_000);
        Ids.ShouldBe(Enumerable.Range(0, 10).Select(number => $"{number}"));
    }

    [Fact]
    public async Task Longest_IsTakenAndOneByteMoreSendsNothing()
    {
        int empty = Encoding.UTF8.GetByteCount(CloudEventText("1", ""));
        string longest = new('a', IEventTopic.SizeMax - empty);
        await Topic.SendAsync([Event("1", longest)], Cancel);
        Ids.ShouldBe(["1"]);
        await Should.ThrowAsync<ArgumentException>(() => Topic.SendAsync([Event("2"), Event("3", longest + "a")], Cancel));
        Ids.ShouldBe(["1"]);
    }

    [Fact]
    public async Task WithoutIdTypeOrSubject_SendsNothing()
    {
        PublicEvent good = Event("1");
        foreach (PublicEvent bad in new[] { good with { Id = "" }, good with { Type = "" }, good with { Subject = "" } })
        {
            await Should.ThrowAsync<ArgumentException>(() => Topic.SendAsync([good, bad], Cancel));
        }

        server.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(Fault.Broken)]
    public async Task RefusedTwice_IsTakenAtTheThird(int status)
    {
        int refusals = 2;
        server.Faults = _ => Interlocked.Decrement(ref refusals) >= 0 ? new Fault.Refuse(status) : null;
        await Topic.SendAsync([Event("1")], Cancel);
        Ids.ShouldBe(["1"]);
    }

    [Fact]
    public async Task AnswerLost_MayBeThereTwiceWithOneId()
    {
        int asked = 0;
        server.Faults = _ => Interlocked.Increment(ref asked) == 1 ? new Fault.LoseAnswer(503) : null;
        await Topic.SendAsync([Event("1")], Cancel);
        Ids.ShouldBe(["1", "1"]);
    }

    [Fact]
    public async Task RefusedAgainAndAgain_IsToldWithinABound()
    {
        server.Faults = _ => new Fault.Refuse(503);
        EventGridTopic impatient = EventGridTopic.OpenLocal(server.Endpoint, Source, TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<StoreBusyException>(() => impatient.SendAsync([Event("1")], Cancel));
    }

    [Fact]
    public async Task RefusedForLong_IsToldAtOnceWithTheTimeThatTheServiceAsksFor()
    {
        int asked = 0;
        server.Faults = _ =>
        {
            Interlocked.Increment(ref asked);
            return new Fault.Refuse((int)HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(30));
        };
        (await Should.ThrowAsync<StoreBusyException>(() => Topic.SendAsync([Event("1")], Cancel))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task SecondRequestRefused_ThrowsAndTheRepeatSendsTheFirstAgain()
    {
        PublicEvent[] events = [.. Enumerable.Range(0, 1001).Select(number => Event($"{number}"))];
        int asked = 0;
        server.Faults = _ => Interlocked.Increment(ref asked) == 2 ? new Fault.Refuse(403) : null;
        await Should.ThrowAsync<Azure.RequestFailedException>(() => Topic.SendAsync(events, Cancel));
        server.Received.Count.ShouldBe(1000);
        await Topic.SendAsync(events, Cancel);
        Ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(1001);
    }

    [Fact]
    public async Task TokenCancelled_SendsNothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => Topic.SendAsync([Event("1")], new CancellationToken(canceled: true)));
        server.Received.ShouldBeEmpty();
    }

    [Fact]
    public void Open_OverPlainHttpOrWithAKeyElsewhere_IsRefused()
    {
        var there = new Uri("https://county.westeurope-1.eventgrid.azure.net/api/events");
        EventGridTopic.Open(there, Source).ShouldNotBeNull();
        EventGridTopic.Open(there, "/disclosure").ShouldNotBeNull();
        Should.Throw<ArgumentException>(() => EventGridTopic.Open(server.Endpoint, Source));
        Should.Throw<ArgumentException>(() => EventGridTopic.OpenLocal(there, Source));
        Should.Throw<ArgumentException>(() => EventGridTopic.Open(there, ""));
        Should.Throw<ArgumentException>(() => EventGridTopic.Open(there, "no uri"));
    }

    private static PublicEvent Event(string id, string text = "") => new(
        id, "disclosure.test", "a", new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), new JsonObject { ["text"] = text });

    private static string CloudEventText(string id, string text) =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"{{{Source}}}","type":"disclosure.test","subject":"a","time":"2026-03-02T12:00:00Z","datacontenttype":"application/json","data":{"text":"{{{text}}}"}}""";

    /// <summary>The sizes of the requests from now on.</summary>
    private List<long> Counted()
    {
        var sizes = new List<long>();
        server.Faults = request =>
        {
            sizes.Add(request.ContentLength ?? long.MaxValue);
            return null;
        };
        return sizes;
    }
}

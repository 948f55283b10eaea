using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Tests.Data;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>Whoever subscribes finds every event described on the site, in words and as a schema, and events are what it says.</summary>
public sealed class EventTests
{
    private static readonly TestSite Site = TestSite.Of(TestSite.SnapshotOf([])); // The words are there before the first entry.

    private static readonly DateOnly AsOf = new(2021, 8, 1); // The period of one of the demo's notices runs.

    private static readonly PublicEvent[] Events =
    [
        .. SampleWorld.Entries.GroupBy(entry => StreamName.For(entry.Fact))
            .SelectMany(stream => PublicEvents.Of(TestCommits.Of(stream.Key, stream.Select(entry => entry.Fact)), AsOf)),
        .. new[] { "project/p-1", "plan/i-1", "place/410503", "unit/finance" }
            .SelectMany(stream => PublicEvents.Of(TestCommits.Of(Id.Parse<StreamName>(stream), KindSchema.All.Select(Any)), AsOf)),
        .. PublicEvents.Of(TestCommits.Of(StreamName.Site, [Any(KindSchema.Find("publication")!)]), AsOf),
    ];

    public static TheoryData<string> Types => [.. EventType.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Event_OfACommit_KeepsToItsSchema(string type)
    {
        PublicEvent[] events = [.. Events.Where(one => one.Type == type)];

        events.ShouldNotBeEmpty();
        events.ShouldAllBe(one => Faults(Received(one)).Length == 0, string.Join('\n', events.SelectMany(one => Faults(Received(one)))));
    }

    [Fact]
    public void Event_ThatAForwarderTraced_KeepsToItsSchema()
    {
        JsonObject traced = Received(Events[0]);
        traced["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
        traced["datacontenttype"] = "application/json";

        Faults(traced).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Event_ThatLacksAMember_IsFound(string type)
    {
        JsonObject whole = One(type);
        foreach (string name in whole.Select(member => member.Key))
        {
            FaultsAfter(whole, type, json => json.Remove(name)).ShouldBe([$": lacks '{name}'"]);
        }

        foreach (EventField field in EventType.All.Single(one => one.Name == type).Fields)
        {
            FaultsAfter(whole, type, json => Data(json).Remove(field.Name)).ShouldBe(field.IsAlwaysThere ? [$"/data: lacks '{field.Name}'"] : []);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Event_WhoseDataHasMore_IsFound(string type) =>
        FaultsAfter(One(type), type, json => Data(json)["title"] = "道路硬化").ShouldBe(["/data/title: is not described"]);

    [Theory]
    [MemberData(nameof(Types))]
    public void Event_WithAValueOfAnotherForm_IsFound(string type)
    {
        JsonObject whole = One(type);
        foreach (string name in whole.Select(member => member.Key))
        {
            FaultsAfter(whole, type, json => json[name] = "another form").ShouldNotBeEmpty(name);
        }

        foreach (string name in Data(whole).Select(member => member.Key))
        {
            FaultsAfter(whole, type, json => Data(json)[name] = "another form").Length.ShouldBe(1, name);
        }
    }

    [Theory]
    [InlineData("disclosure.entry.published", "id", "disclosure.entry.published/aaaaaaaaaaaaaaaaaaaaaaaaaa-0")]
    [InlineData("disclosure.entry.published", "id", "disclosure-entry-published/aaaaaaaaaaaaaaaaaaaaaaaaaa-1")]
    [InlineData("disclosure.entry.published", "id", "aaaaaaaaaaaaaaaaaaaaaaaaaa-1")]
    [InlineData("disclosure.entry.published", "subject", "notice/aaaaaaaaaaaaaaaaaaaaaaaaaa-1")]
    [InlineData("disclosure.notice.opened", "subject", "notice/NOTICE-1")]
    [InlineData("disclosure.notice.opened", "time", "2026-03-02")]
    [InlineData("disclosure.site.published", "subject", "site/other")]
    [InlineData("disclosure.site.published", "subject", "")]
    [InlineData("disclosure.site.published", "source", "")]
    [InlineData("disclosure.site.published", "specversion", "0.3")]
    public void Event_WithAnAttributeNearlyRight_IsFound(string type, string name, string value) =>
        FaultsAfter(One(type), type, json => json[name] = value).Length.ShouldBe(1);

    [Theory]
    [MemberData(nameof(Types))]
    public void Event_WithSomethingAroundItsIdOrSubject_IsFound(string type)
    {
        JsonObject whole = One(type);
        foreach (string name in new[] { "id", "subject" })
        {
            FaultsAfter(whole, type, json => json[name] = $"x{json[name]}").Length.ShouldBe(1, name);
            FaultsAfter(whole, type, json => json[name] = $"{json[name]}/x").Length.ShouldBe(1, name);
        }
    }

    [Fact]
    public void Schema_OfAnEntrysEvent_TakesEveryKind()
    {
        foreach (KindSchema kind in KindSchema.All)
        {
            FaultsAfter(One(EventType.EntryPublished.Name), EventType.EntryPublished.Name, json => Data(json)["kind"] = kind.Name).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Dictionary_InBothLanguages_DescribesTheEventAndLinksItsSchema(string name)
    {
        EventType type = EventType.All.Single(one => one.Name == name);
        foreach ((string path, bool chinese) in new[] { ("data/dictionary/index.html", true), ("en/data/dictionary/index.html", false) })
        {
            IHtmlDocument page = Site.Page(path);
            IElement section = page.QuerySelector($"section[aria-labelledby=events] #{EventSection.IdOf(type)}")!;
            section.QuerySelector("h3")!.TextContent.ShouldBe(name);
            section.QuerySelector("p")!.TextContent.ShouldBe(chinese ? type.Chinese : type.English);
            section.QuerySelectorAll("dd").Select(one => one.TextContent).ShouldBe([$"{name}/{{{type.About.Name}}}", type.Subject, $"{name}.json"]);
            section.QuerySelector("dd a")!.GetAttribute("href").ShouldBe($"/data/schemas/events/{name}.json");
            section.QuerySelectorAll("tbody tr").Select(row => row.Children.Select(cell => cell.TextContent)).ShouldBe(
                type.Fields.Select(field => RowOf(field, chinese)));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Event_WithItsFields_IsInWordsOfBothLanguages(string name)
    {
        EventType type = EventType.All.Single(one => one.Name == name);
        (string Chinese, string English)[] words =
        [
            (type.Chinese, type.English),
            .. type.Fields.Select(field => (field.Chinese, field.English)),
            .. type.Fields.Select(field => TypeWords.Of(field.Type)).Select(one => (one.Chinese, one.English)),
        ];

        words.ShouldAllBe(one => one.Chinese.Any(c => c >= '\u4E00') && one.English.Any(char.IsAsciiLetter) && !one.English.Any(c => c >= '\u2E80'));
        type.Fields.ShouldAllBe(field => TypeWords.Of(field.Type) != TypeWords.Of(typeof(Finding)), "an event's data has no groups");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Schema_OfAnEvent_IsAFileOfTheSite(string type) =>
        Site.Files[$"data/schemas/events/{type}.json"].ShouldBe(CanonicalJson.Write(EventJsonSchema.Of(EventType.All.Single(one => one.Name == type))));

    [Theory]
    [MemberData(nameof(Types))]
    public void Schema_OfAnEvent_SaysThatItsDataIsClosedAndItsEnvelopeOpen(string type)
    {
        // Our checker takes every object for closed that does not say otherwise; others take it for open.
        JsonElement schema = JsonElement.Parse(Site.Files[$"data/schemas/events/{type}.json"]);

        schema.GetProperty("$schema").GetString().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema.GetProperty("additionalProperties").GetBoolean().ShouldBeTrue();
        schema.GetProperty("properties").GetProperty("data").GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
    }

    private static Fact Any(KindSchema kind) => AnyFact.Of(kind, () => FreeText.Of("道路硬化"));

    private static string[] RowOf(EventField field, bool chinese)
    {
        TypeWords type = TypeWords.Of(field.Type);
        return chinese
            ? [field.Name, field.Chinese, type.Chinese, field.IsAlwaysThere ? "必有" : "未载明则无"]
            : [field.Name, field.English, type.English, field.IsAlwaysThere ? "always" : "where stated"];
    }

    /// <summary>The event in the form of CloudEvents 1.0, as a subscriber gets it.</summary>
    private static JsonObject Received(PublicEvent one) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = one.Id,
        ["source"] = "sun.example.gov.cn/funds",
        ["type"] = one.Type,
        ["subject"] = one.Subject,
        ["time"] = Instant.Text(one.Time),
        ["data"] = one.Data.DeepClone(),
    };

    // The one with most to say: a notice may state a period or none.
    private static JsonObject One(string type) => Received(Events.Where(one => one.Type == type).MaxBy(one => one.Data.Count)!);

    private static JsonObject Data(JsonObject json) => json["data"]!.AsObject();

    private static string[] FaultsAfter(JsonObject whole, string type, Action<JsonObject> change)
    {
        var changed = (JsonObject)whole.DeepClone();
        change(changed);
        return Faults(changed, type);
    }

    private static string[] Faults(JsonObject json, string? type = null)
    {
        JsonElement schema = JsonElement.Parse(Site.Files[$"data/schemas/events/{type ?? (string)json["type"]!}.json"]);
        return new JsonSchemaCheck(schema).Faults(schema, JsonElement.Parse(json.ToJsonString()));
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests.Events;

public sealed class PublicEventsTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly StreamName Fund = TestCommits.Fund();
    private static readonly Notice Gongshi = ((Notice)SampleFacts.Of(KindSchema.Find("notice")!, name => name)) with
    {
        Form = NoticeForm.Gongshi,
        PeriodFrom = Today.AddDays(-5),
        PeriodTo = Today.AddDays(5),
    };

    private static readonly Publication Publication = (Publication)SampleFacts.Of(KindSchema.Find("publication")!, name => name);

    private static ImmutableArray<Fact> Facts { get; } = [.. SampleFacts.All(name => $"words of {name}").Where(fact => fact is not IOfProgram)];

    public static TheoryData<string> FactStreams => ["fund/f-1", "project/p-1", "plan/i-1", "place/410503", "unit/finance"];

    [Theory]
    [MemberData(nameof(FactStreams))]
    public void Commit_InAStreamOfFacts_GivesOneEventForEveryEntryInItsOrder(string stream)
    {
        Commit commit = TestCommits.Of(Id.Parse<StreamName>(stream), Facts);

        PublicEvent[] events = [.. PublicEvents.Of(commit, Today).Where(one => one.Type == "disclosure.entry.published")];

        events.Select(one => (string?)one.Data["entry"]).ShouldBe(commit.Entries.Select(leaf => leaf.Id.Value));
        events.Select(one => (string?)one.Data["kind"]).ShouldBe(Facts.Select(fact => KindSchema.Of(fact).Name));
        events.ShouldAllBe(one => (string?)one.Data["stream"] == stream && one.Time == commit.RecordedAt);
        events.ShouldAllBe(one => one.Subject == $"entry/{one.Data["entry"]}" && one.Id == $"disclosure.entry.published/{one.Data["entry"]}");
    }

    [Fact]
    public void Commit_OfAPostingsFate_GivesNone() =>
        PublicEvents.Of(TestCommits.Of(StreamName.Of(SampleFacts.Posting), [Gongshi, .. Facts]), Today).ShouldBeEmpty();

    [Fact]
    public void Commit_WithoutEntries_GivesNone() => PublicEvents.Of(TestCommits.Of(Fund, version: 0, entries: 0), Today).ShouldBeEmpty();

    [Fact]
    public void Commit_ToldAgain_GivesTheSameIds()
    {
        Commit commit = TestCommits.Of(Fund, [Gongshi, .. Facts]);
        string[] ids = [.. PublicEvents.Of(commit, Today).Select(one => one.Id)];

        ids.ShouldBeUnique(StringComparer.Ordinal);
        PublicEvents.Of(Commit.FromBytes(commit.ToBytes()), Today).Select(one => one.Id).ShouldBe(ids);

        // On a later day a period may be over: fewer events then, and none of another id.
        PublicEvents.Of(commit, Today.AddYears(1)).Select(one => one.Id).ShouldBe(ids.Where(id => !id.StartsWith("disclosure.notice.opened/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Notice_WhosePeriodRuns_IsOpenedByItsId()
    {
        PublicEvent opened = Opened(Gongshi).ShouldHaveSingleItem();

        opened.Id.ShouldBe("disclosure.notice.opened/sample-notice");
        opened.Subject.ShouldBe("notice/sample-notice");
        opened.Data.ToJsonString().ShouldBe(
            $$"""{"notice":"sample-notice","region":"{{Gongshi.Region}}","periodFrom":"2026-02-25","periodTo":"2026-03-07"}""");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void Notice_OnTheLastDayOfItsPeriod_IsOpenedAndNoDayLater(int lastDay, bool isOpened) =>
        Opened(Gongshi with { PeriodTo = Today.AddDays(lastDay) }).Any().ShouldBe(isOpened);

    [Fact]
    public void Notice_OpenForEver_SaysNoLastDay() => Opened(Gongshi with { PeriodTo = null }).ShouldHaveSingleItem().Data.ContainsKey("periodTo").ShouldBeFalse();

    [Fact]
    public void Notice_ThatStatesNoPeriod_IsNotOpened() => Opened(Gongshi with { PeriodFrom = null, PeriodTo = null }).ShouldBeEmpty();

    [Theory]
    [InlineData(NoticeForm.Gonggao)]
    [InlineData(NoticeForm.Document)]
    public void Notice_OfAnotherForm_IsNotOpened(NoticeForm form) => Opened(Gongshi with { Form = form }).ShouldBeEmpty();

    [Fact]
    public void Publication_OfTheSite_GivesOneEventOfItsOwn()
    {
        Commit commit = TestCommits.Of(StreamName.Site, [Publication]);

        PublicEvent published = PublicEvents.Of(commit, Today).ShouldHaveSingleItem();

        published.Type.ShouldBe("disclosure.site.published");
        published.Subject.ShouldBe("site/main");
        published.Id.ShouldBe($"disclosure.site.published/{commit.Entries[0].Id}");
        ((long)published.Data["position"]!).ShouldBe(Publication.Position);
        ((string?)published.Data["manifestSha256"]).ShouldBe(Publication.ManifestSha256.Value);
    }

    [Fact]
    public void Events_OfEveryKind_HoldNothingThatCouldBeForgotten()
    {
        var openings = new List<Opening>();
        Commit commit = TestCommits.Of(Fund, [Gongshi, .. Facts], openings);
        string told = string.Concat(PublicEvents.Of(commit, Today).Select(one => $"{one.Id} {one.Subject} {one.Data.ToJsonString()}\n"));

        openings.Count.ShouldBeGreaterThan(Facts.Length);
        foreach (Opening opening in openings)
        {
            told.ShouldNotContain(opening.Value, Case.Sensitive);
            told.ShouldNotContain(opening.Commitment.Hex, Case.Sensitive);
        }
    }

    [Fact]
    public void Events_OfEveryKind_HaveTheMembersOfTheirType()
    {
        PublicEvent[] events =
            [.. PublicEvents.Of(TestCommits.Of(Fund, [Gongshi, .. Facts]), Today), .. PublicEvents.Of(TestCommits.Of(StreamName.Site, [Publication]), Today)];

        events.Select(one => one.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(EventType.All.Select(type => type.Name).Order(StringComparer.Ordinal));
        foreach (PublicEvent one in events)
        {
            EventType type = EventType.All.Single(known => known.Name == one.Type);
            one.Data.Select(member => member.Key).ShouldBe(type.Fields.Select(field => field.Name));
            one.Id.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{type.Name}/{one.Data[type.About.Name]}"));
        }
    }

    private static IEnumerable<PublicEvent> Opened(Notice notice) =>
        PublicEvents.Of(TestCommits.Of(Fund, [notice]), Today).Where(one => one.Type == EventType.NoticeOpened.Name);
}

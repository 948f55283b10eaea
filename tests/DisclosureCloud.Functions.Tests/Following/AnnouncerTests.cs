using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Following;

/// <summary>Subscribers are told what became public, after it has, at least once, by ids that stay.</summary>
public sealed class AnnouncerTests : IAsyncLifetime
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
    public async Task Follow_TellsEachEntryAndEachPublicationOnce()
    {
        await _world.Followers.FollowAsync(Cancel);
        await ShouldHaveToldAllAsync();
        Ids().ShouldBeUnique(StringComparer.Ordinal);

        await _world.Followers.FollowAsync(Cancel);
        await _world.Desks.RecordAsync(Office.Fund("f-told"), "told");
        int before = _world.Topic.Received.Count;
        await _world.Followers.FollowAsync(Cancel);
        _world.Topic.Received.Skip(before).Select(one => one.Type).ShouldBe(
            [EventType.EntryPublished.Name, EventType.SitePublished.Name], "one entry, and the publication that shows it");
        _world.Start();
        await _world.Followers.FollowAsync(Cancel);
        Ids().ShouldBeUnique(StringComparer.Ordinal);
        await ShouldHaveToldAllAsync();
    }

    [Fact]
    public async Task Events_ComeAfterTheSiteShowsWhatTheyTell()
    {
        _world.Topic.BeforeTaking = () => _world.IsShownAsync().GetAwaiter().GetResult().ShouldBeTrue();
        await _world.Followers.FollowAsync(Cancel);
        _world.Topic.Received.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task WhatIsNotShownYet_WaitsForTheNextPublication()
    {
        IReadOnlyDictionary<StreamName, long> shown = (await _world.PublishAsync()).Shown;
        await _world.Desks.RecordAsync(Office.Fund("f-new"), "new");
        await _world.Announcer.AnnounceAsync(shown, new DateOnly(2026, 3, 2), Cancel);
        _world.Topic.Received.ShouldNotContain(one => one.Data["stream"] != null && (string)one.Data["stream"]! == "fund/f-new");
        await _world.Followers.FollowAsync(Cancel);
        await ShouldHaveToldAllAsync();
        Ids().ShouldBeUnique(StringComparer.Ordinal);
    }

    [Fact]
    public async Task PublicationThatWasRecordedAndNeverShown_IsNotTold()
    {
        _world.Desks.Ledger.AfterAppend = commit => _ = commit.Stream == StreamName.Site ? throw new CrashException() : 0;
        await Should.ThrowAsync<CrashException>(() => _world.Followers.FollowAsync(Cancel));
        _world.Desks.Ledger.AfterAppend = null;
        string never = (await _world.LastAsync())!.Id.Value;
        await _world.Desks.RecordAsync(Office.Fund("f-next"), "next");
        _world.Start();
        await _world.Followers.FollowAsync(Cancel);
        Ids().ShouldNotContain($"disclosure.site.published/{never}", StringComparer.Ordinal);
        Ids().Count(id => id.StartsWith("disclosure.site.published/", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task TopicThatFails_KeepsTheSiteFromNothingAndIsToldLater(string when)
    {
        _world.Topic.BeforeTaking = when == "before" ? () => throw new CrashException() : null;
        _world.Topic.AfterTaking = when == "after" ? () => throw new CrashException() : null;
        await Should.ThrowAsync<CrashException>(() => _world.Followers.FollowAsync(Cancel));
        (await _world.IsShownAsync()).ShouldBeTrue();
        (_world.Topic.BeforeTaking, _world.Topic.AfterTaking) = (null, null);
        _world.Start();
        await _world.Followers.FollowAsync(Cancel);
        await ShouldHaveToldAllAsync();
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task CrashWhileTheBookmarkIsMoved_TellsAllAndRepeatsUnderTheSameIds(string when)
    {
        int writes = 0;
        Task Crash(Testing.CellRequest request) => request != Testing.CellRequest.Get && ++writes == 2 ? Task.FromException(new CrashException()) : Task.CompletedTask;
        _world.Cells.Before = when == "before" ? (request, _) => Crash(request) : null;
        _world.Cells.After = when == "after" ? (request, _) => Crash(request) : null;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                await _world.Followers.FollowAsync(Cancel);
            }
            catch (CrashException)
            {
                _world.Start();
            }
        }

        writes.ShouldBeGreaterThan(2);
        await ShouldHaveToldAllAsync();
        foreach (IGrouping<string, PublicEvent> repeats in _world.Topic.Received.GroupBy(one => one.Id, StringComparer.Ordinal))
        {
            repeats.Select(one => (one.Type, one.Subject, one.Time, one.Data.ToJsonString())).Distinct().Count().ShouldBe(1, "a repeat is the same event");
        }
    }

    [Fact]
    public async Task Console_ListsThePostingsAndNotEachEntry()
    {
        using var output = new StringWriter();
        var console = new ConsoleTopic(output);
        await _world.Followers.FollowAsync(Cancel);
        await console.SendAsync(_world.Topic.Received, Cancel);
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3, "two notices, and the publication");
        lines[0].ShouldStartWith("event disclosure.entry.published: entry/");
        lines[0].ShouldEndWith("more of it");
        lines[^1].ShouldBe("event disclosure.site.published: site/main");
    }

    private IEnumerable<string> Ids() => _world.Topic.Received.Select(one => one.Id);

    private async Task ShouldHaveToldAllAsync()
    {
        string[] expected =
        [
            .. (await _world.Desks.CommitsAsync()).Where(commit => commit.Stream.HoldsFacts).SelectMany(commit => commit.Entries).Select(leaf => $"disclosure.entry.published/{leaf.Id}"),
            .. (await _world.Desks.CommitsAsync()).Where(commit => commit.Stream == StreamName.Site).SelectMany(commit => commit.Entries).Select(leaf => $"disclosure.site.published/{leaf.Id}"),
        ];
        Ids().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
    }
}

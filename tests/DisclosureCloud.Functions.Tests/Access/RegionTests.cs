using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Access;

/// <summary>Who acts for a region posts, decides and sees what lies in it, and nothing else.</summary>
public sealed class RegionTests : IAsyncLifetime
{
    private const string Postings = "/api/postings";

    private static readonly RegionCode County = Id.Parse<RegionCode>("430511");
    private static readonly RegionCode Neighbour = Id.Parse<RegionCode>("430502");

    private readonly RunningApp _app = new() { Listening = new Listening.ForHost(Port: 0) };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Money_OfAFundOfAnotherRegion_IsRefusedAtTheFund()
    {
        await new Office(_app).OpenFundAsync("r-money", 100);
        var stranger = new Office(_app, "finance", Neighbour);
        (int commits, int values) = await _app.CountAsync();
        foreach (JsonObject posting in new[] { Office.Appropriation("r-money", 1), Office.Allocation("r-money", 1), Office.Progress("r-money") })
        {
            (await stranger.PostAsync(posting)).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/fund]");
        }

        (await _app.CountAsync()).ShouldBe((commits, values), "nothing of it is stored");
        (await new Office(_app, "finance", County).PostAsync(Office.Appropriation("r-money", 1))).ShouldBe(201);
    }

    [Fact]
    public async Task Place_ThatIsNamedOutside_IsRefusedWhereItIsNamed()
    {
        var stranger = new Office(_app, "finance", Neighbour);
        (await stranger.PostAsync(Office.Fund("r-fund"))).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/region]");
        (await stranger.PostAsync(Office.PlanItem("r-item"))).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/place]");
        (await stranger.PostNoticeAsync(Office.Notice("r-notice"))).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/region]");

        await new Office(_app).OpenFundAsync("r-place", 100);
        JsonObject project = Office.Project("r-place");
        project["place"] = Neighbour.Value;
        project["project"] = "r-place-p02";
        (await new Office(_app, "finance", County).PostAsync(project)).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/place]");
        (await stranger.PostAsync(project)).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/fund]", "the fund is of the county that it is not");
    }

    [Fact]
    public async Task DryRun_OfAnotherRegion_FindsIt()
    {
        var stranger = new Office(_app, "finance", Neighbour);
        Answer answer = await _app.PostAsync($"{Postings}?dryRun=true", Office.Fund("r-dry").ToJsonString(), key: null, stranger.Poster);
        answer.ShouldBe(200).Codes.ShouldBe("[other-region]");
        answer.Json.GetProperty("wouldBeAccepted").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Fund_ThatThereIsNot_IsToldAsSuch() =>
        (await new Office(_app, "finance", Neighbour).PostAsync(Office.Appropriation("r-none", 1))).ShouldBeProblem(422, "no-such-fund");

    [Fact]
    public async Task Amendments_BelongWhereTheEntryDoes()
    {
        var office = new Office(_app);
        await office.OpenFundAsync("r-amend", 100);
        string allocation = (await office.RecordAsync(Office.Allocation("r-amend", 10))).Entries[0];
        string progress = (await office.RecordAsync(Office.Progress("r-amend"))).Entries[0];
        var stranger = new Office(_app, "finance", Neighbour);
        var own = new Office(_app, "finance", County);
        foreach (string entry in new[] { allocation, progress })
        {
            (await stranger.PostAsync(Office.Withdrawal(entry))).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/cites]");
            (await own.PostAsync(Office.Withdrawal(entry))).ShouldBe(201);
        }

        (await stranger.PostAsync(Office.Correction(allocation, Office.Allocation("r-amend", 11)))).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/cites]");
    }

    [Fact]
    public async Task Department_IsOfTheRegionThatItWorksFor()
    {
        JsonObject unit = Unit("transport", County.Value);
        (await new Office(_app, "transport", Neighbour).PostAsync(unit)).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/region]");
        var own = new Office(_app, "transport", County);
        (await own.RecordAsync(unit)).State.ShouldBe("effective");

        // What it says of itself later, where it names no place, is of the same region.
        JsonObject change = new()
        {
            ["kind"] = "unit-change", ["date"] = "2020-03-02", ["departmentId"] = "transport", ["change"] = "renamed", ["successors"] = new JsonArray("roads"),
            ["reason"] = "机构改革", ["reference"] = "府办〔2020〕1号",
        };
        (await new Office(_app, "transport", Neighbour).PostAsync(change)).ShouldBeProblem(403, "other-region").Pointers.ShouldBe("[/departmentId]");
        (await own.PostAsync(change)).ShouldBe(201);
    }

    [Fact]
    public async Task WhatNamesNoPlace_NeedsATokenForAll()
    {
        JsonObject unit = Unit("forestry", region: null);
        (await new Office(_app, "forestry", County).PostAsync(unit)).ShouldBeProblem(403, "other-region");
        var all = new Office(_app, "forestry");
        string id = (await all.PostAsync(unit)).ShouldBe(201).Id;
        (await new Office(_app, "forestry", County).GetAsync(id)).ShouldBeProblem(404);
        (await all.ApproveAsync(id)).State.ShouldBe("effective");
    }

    [Fact]
    public async Task Posting_OfAnotherRegion_IsAsGoodAsNone()
    {
        await new Office(_app).OpenFundAsync("r-see", 100);
        string id = (await new Office(_app).PostAsync(Office.Allocation("r-see", 1), "r-see-key")).ShouldBe(201).Id;
        var stranger = new Office(_app, "finance", Neighbour);
        (await stranger.GetAsync(id)).ShouldBeProblem(404);
        (await stranger.ApproveAsync(id)).ShouldBeProblem(404);
        (await stranger.RejectAsync(id)).ShouldBeProblem(404);
        Ids(await _app.GetAsync(Postings, stranger.Poster)).ShouldBeEmpty();
        (await _app.GetAsync($"{Postings}?after={id}", stranger.Poster)).ShouldBeProblem(400);
        (await stranger.PostAsync(Office.Allocation("r-see", 1), "r-see-key")).ShouldBeProblem(403, "other-region");

        var village = new Office(_app, "finance", County.Below("某村"));
        (await village.GetAsync(id)).ShouldBeProblem(404);

        var city = new Office(_app, "finance", County.Parent);
        Ids(await _app.GetAsync(Postings, city.Poster)).Contains(id, StringComparer.Ordinal).ShouldBeTrue();
        (await city.GetAsync(id)).ShouldBe(200);
        (await city.ApproveAsync(id)).State.ShouldBe("effective");
    }

    [Fact]
    public async Task Message_OfAnotherRegion_IsARefusalThatItsSenderSees()
    {
        await new Office(_app).OpenFundAsync("r-queue", 100);
        await new Office(_app).RegisterAsync();
        var stranger = new Office(_app, "finance", Neighbour);
        string message = MessageSigner.Message(stranger.Poster, "r-queue", Office.Allocation("r-queue", 1), _app.Clock.GetUtcNow());
        string id = (await _app.Intake.TakeAsync(message, TestContext.Current.CancellationToken)).Split(' ')[0];
        Answer seen = await stranger.GetAsync(id);
        seen.ShouldBe(200).Codes.ShouldBe("[other-region]");
        seen.Pointers.ShouldBe("[/posting/fund]");
        (await new Office(_app, "finance", County).GetAsync(id)).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Auditor_OfARegion_IsKeptToIt()
    {
        await new Office(_app).OpenFundAsync("r-audit", 100);
        await _app.Publisher.PublishAsync(at: null, TestContext.Current.CancellationToken); // Whose a fund is, the archive says.
        string auditor = _app.Token("audit", "audit-auditor", Neighbour, [Role.Auditor]);
        foreach ((string call, string parameter) in new[] { ("entries?region=430511", "region"), ("entries?region=430500", "region"), ("entries?fund=r-audit", "fund"), ("evidence-packs?fund=r-audit", "fund") })
        {
            JsonElement error = (await _app.GetAsync($"/api/{call}", auditor)).ShouldBeProblem(403, "other-region").Json.GetProperty("errors")[0];
            error.GetProperty("parameter").GetString().ShouldBe(parameter, call);
        }

        (await _app.GetAsync("/api/entries?region=430502", auditor)).ShouldBe(200);
        (await _app.GetAsync("/api/entries?fund=r-nobodys", auditor)).ShouldBe(200);
    }

    [Fact]
    public async Task Entries_ForAnAuditorOfARegion_AreThoseThatLieInIt()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        await new Office(app).OpenFundAsync("r-entries", 100);
        string all = app.Token("audit", "audit-auditor", Role.Auditor);
        await Eventually.TrueAsync("it is published", async () => Entries(await app.GetAsync("/api/entries?fund=r-entries", all)) == 3);

        string own = app.Token("audit", "audit-auditor", County.Parent, [Role.Auditor]);
        string other = app.Token("audit", "audit-auditor", Neighbour, [Role.Auditor]);
        Entries(await app.GetAsync("/api/entries", other)).ShouldBe(0);
        Entries(await app.GetAsync("/api/entries?kind=fund", own)).ShouldBe(1);
        Entries(await app.GetAsync("/api/entries?kind=appropriation", own)).ShouldBe(0, "it names no place");
        Entries(await app.GetAsync("/api/entries?fund=r-entries", own)).ShouldBe(3, "a fund of the region is given whole");
    }

    private static JsonObject Unit(string department, string? region)
    {
        var unit = new JsonObject { ["kind"] = "department", ["date"] = "2020-03-02", ["departmentId"] = department, ["name"] = "北塔区某局" };
        if (region is not null)
        {
            unit["region"] = region;
        }

        return unit;
    }

    private static string[] Ids(Answer list) => [.. list.ShouldBe(200).Json.GetProperty("postings").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    private static int Entries(Answer page) => page.ShouldBe(200).Json.GetProperty("entries").GetArrayLength();
}

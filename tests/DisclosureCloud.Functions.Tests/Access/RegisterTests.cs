using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.Access;

/// <summary>Once a department has named who acts for it, nobody else does, whatever their tokens say; and the list itself takes two.</summary>
public sealed class RegisterTests : IAsyncLifetime
{
    private readonly RunningApp _app = new();

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task BeforeADepartmentNamesAnybody_ItsTokensAreEnough()
    {
        var office = new Office(_app);
        (await office.RecordAsync(Office.Fund("f-tokens"))).State.ShouldBe("effective");
        (await office.RecordAsync(Registration.Of("finance"))).State.ShouldBe("effective", "an empty list names nobody");
        (await office.RecordAsync(Office.Fund("f-tokens-2"))).State.ShouldBe("effective");
    }

    [Fact]
    public async Task AccountThatIsNotNamed_NeitherPostsNorDecides()
    {
        var office = new Office(_app);
        await office.RegisterAsync();
        string id = (await office.PostAsync(Office.Fund("f-named"))).ShouldBe(201).Id;

        string stranger = _app.Token("finance", "finance-stranger", Role.Poster, Role.Approver);
        (await _app.PostAsync("/api/postings", Office.Fund("f-stranger").ToJsonString(), "stranger", stranger)).ShouldBeProblem(403, "not-registered");
        (await _app.PostAsync("/api/notices", Office.Notice("n-stranger").ToJsonString(), "stranger-2", stranger)).ShouldBeProblem(403, "not-registered");
        (await _app.PostAsync($"/api/postings/{id}/approval", Office.Checked, key: null, stranger)).ShouldBeProblem(403, "not-registered");
        (await _app.PostAsync($"/api/postings/{id}/rejection", Office.Checked, key: null, stranger)).ShouldBeProblem(403, "not-registered");
        (await _app.SendFileAsync(EvidenceSamples.File("a receipt"), "application/pdf", "stranger-3", stranger)).ShouldBeProblem(403, "not-registered");
        Answer rehearsed = (await _app.PostAsync("/api/postings?dryRun=true", Office.Fund("f-stranger").ToJsonString(), key: null, stranger)).ShouldBe(200);
        rehearsed.Json.GetProperty("findings")[0].GetProperty("code").GetString().ShouldBe("not-registered");

        (await office.GetAsync(id)).State.ShouldBe("proposed", "nobody decided it");
        (await office.ApproveAsync(id)).State.ShouldBe("effective");
        (await _app.PostAsync("/api/postings", Office.Fund("f-stranger").ToJsonString(), "stranger", office.Poster)).ShouldBe(201);
    }

    [Fact]
    public async Task Role_ThatTheTokenHasAndTheListHasNot_CountsForNothing_AndTheOtherWayRound()
    {
        var office = new Office(_app);
        await office.RegisterAsync();
        string id = (await office.PostAsync(Office.Fund("f-roles"))).ShouldBe(201).Id;
        string wideToken = _app.Token("finance", "finance-approver", Role.Poster, Role.Approver);
        (await _app.PostAsync("/api/postings", Office.Fund("f-wide").ToJsonString(), "wide", wideToken)).ShouldBeProblem(403, "not-registered");

        string narrowToken = _app.Token("finance", "finance-approver", Role.Poster);
        (await _app.PostAsync($"/api/postings/{id}/approval", Office.Checked, key: null, narrowToken)).ShouldBeProblem(403, "forbidden");
        (await _app.PostAsync($"/api/postings/{id}/approval", Office.Checked, key: null, wideToken)).ShouldBe(200);
    }

    [Fact]
    public async Task NewList_NeedsTwoOfTheOldOne_AndCountsFromItsApproval()
    {
        var office = new Office(_app);
        await office.RegisterAsync();
        JsonObject others = Registration.Of("finance", ("finance-anew", ["poster"]), ("finance-second", ["approver"]));
        string poster = _app.Token("finance", "finance-anew", Role.Poster), approver = _app.Token("finance", "finance-second", Role.Approver);
        (await _app.PostAsync("/api/postings", others.ToJsonString(), "coup", poster)).ShouldBeProblem(403, "not-registered");

        string id = (await office.PostAsync(others)).ShouldBe(201).Id;
        (await _app.PostAsync("/api/postings", Office.Fund("f-early").ToJsonString(), "early", poster)).ShouldBeProblem(403, "not-registered");
        (await _app.PostAsync($"/api/postings/{id}/approval", Office.Checked, key: null, approver)).ShouldBeProblem(403, "not-registered");
        (await office.ApproveAsync(id)).State.ShouldBe("effective");

        (await office.PostAsync(Office.Fund("f-late"))).ShouldBeProblem(403, "not-registered");
        string fund = (await _app.PostAsync("/api/postings", Office.Fund("f-early").ToJsonString(), "early", poster)).ShouldBe(201).Id;
        (await office.ApproveAsync(fund)).ShouldBeProblem(403, "not-registered");
        (await _app.PostAsync($"/api/postings/{fund}/approval", Office.Checked, key: null, approver)).ShouldBe(200);
    }

    [Fact]
    public async Task AnotherDepartment_CannotNameTheAccounts()
    {
        var transport = new Office(_app, "transport");
        (await transport.PostAsync(Registration.OfTwo("finance"))).ShouldBeProblem(422, "of-other-department");
        await new Office(_app).RegisterAsync();
        (await transport.RecordAsync(Office.Fund("f-transport"))).State.ShouldBe("effective", "each department has its own list");
    }

    [Fact]
    public async Task SameRequest_OfOneWhoWasStruckOff_HasTheSameAnswer()
    {
        var office = new Office(_app);
        await office.RegisterAsync();
        Answer first = (await office.PostAsync(Office.Fund("f-same"), "same")).ShouldBe(201);
        (await office.RecordAsync(Registration.Of("finance", ("finance-anew", ["poster"]), ("finance-approver", ["approver"])))).State.ShouldBe("effective");
        (await office.PostAsync(Office.Fund("f-same"), "same")).ShouldBe(first);
        (await office.ApproveAsync(first.Id)).State.ShouldBe("effective", "it was right when it was posted");
    }

    [Fact]
    public async Task Account_ThatIsAPersonsNumber_IsRefusedAndNotRepeated()
    {
        JsonObject list = Registration.Of("finance", ("13812345678", ["poster"]), ("finance-approver", ["approver"]));
        Answer answer = (await new Office(_app).PostAsync(list)).ShouldBeProblem(422);
        answer.Text.ShouldNotContain("13812345678");
    }
}

using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Messages;
using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.Access;

/// <summary>Whoever runs the site or audits it does not write, and nobody decides what they sent, whatever way it came.</summary>
public sealed class DutiesTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task Posting_ByTheQueue_IsNotApprovedByWhoSentIt()
    {
        await new Office(app).RegisterAsync(("finance-both", ["poster", "approver"]));
        string both = app.Token("finance", "finance-both", Role.Poster, Role.Approver);
        string message = MessageSigner.Message(both, "duties", Office.Fund("f-duties"), app.Clock.GetUtcNow());
        string id = (await app.Intake.TakeAsync(message, TestContext.Current.CancellationToken)).Split(' ')[0];
        (await app.PostAsync($"/api/postings/{id}/approval", Office.Checked, key: null, both)).ShouldBeProblem(403, "own-posting");
        (await app.PostAsync($"/api/postings/{id}/approval", Office.Checked, key: null, app.Token("finance", "finance-both", Role.Approver))).ShouldBeProblem(403, "own-posting");
        (await new Office(app).ApproveAsync(id)).State.ShouldBe("effective");
    }

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Auditor)]
    public async Task Message_OfOneWhoRunsOrAudits_IsRefused(string other)
    {
        using var world = new IntakeWorld();
        string said = await world.TakeAsync(world.Message(Office.Fund("f-conflict"), token: world.Token([Role.Poster, other])));
        said.ShouldEndWith(" refused");
        (await world.TakeAsync(world.Message(Office.Fund("f-conflict")))).ShouldEndWith(" accepted", Case.Sensitive, "the key is not used up");
    }

    [Fact]
    public async Task Reading_WithRolesThatConflict_IsNoWriting() =>
        (await app.GetAsync("/api/postings", app.Token("finance", "someone", Role.Poster, Role.Auditor))).ShouldBe(200);
}

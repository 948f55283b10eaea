using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Tests.Postings;

/// <summary>The setting that says which kinds need no second person, and what a change of it does.</summary>
public sealed class ApprovalSettingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    public void Setting_ThatNamesNone_NeedsApprovalForEveryKind(string? setting)
    {
        Approval approval = Read(setting);
        KindSchema.All.ShouldAllBe(kind => approval.IsNeeded(kind.Name));
    }

    [Theory]
    [InlineData("progress")]
    [InlineData(" progress ,progress,")]
    public void Setting_ThatNamesAKind_FreesItAlone(string setting)
    {
        Approval approval = Read(setting);
        KindSchema.All.Where(kind => !approval.IsNeeded(kind.Name)).ShouldHaveSingleItem().Name.ShouldBe("progress");
    }

    [Fact]
    public void Setting_OfEveryKind_IsTakenExactlyWhereItsKindAllowsIt()
    {
        foreach (KindSchema kind in KindSchema.All)
        {
            if (kind is { IsPosted: true, IsAlwaysApproved: false })
            {
                Read(kind.Name).IsNeeded(kind.Name).ShouldBeFalse(kind.Name);
            }
            else
            {
                Should.Throw<InvalidOperationException>(() => Read(kind.Name), kind.Name).Message.ShouldContain($"'{kind.Name}'");
            }
        }

        Should.Throw<InvalidOperationException>(() => Read("Progress")).Message.ShouldContain("'Progress'");
    }

    [Fact]
    public async Task Posting_SentBeforeTheSettingChanged_KeepsWhatHeldThen()
    {
        var world = new DeskWorld();
        await world.OpenFundAsync("f-then", 100);
        var free = world.DeskWith(new SeededSalts(2), world.Clock, Approval.Read("progress"));
        Draft draft = DeskWorld.DraftOf(Office.Progress("f-then"));

        var waiting = (Submission.Accepted)await world.Desk.SubmitAsync(draft, DeskWorld.Poster, "before", Cancel);
        var again = (Submission.Accepted)await free.SubmitAsync(draft, DeskWorld.Poster, "before", Cancel);
        (again.IsNew, again.Record.State, again.Record.NeedsApproval).ShouldBe((false, PostingState.Proposed, true));
        var decided = (DecisionAnswer.Decided)await free.DecideAsync(waiting.Record.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel);
        decided.Record.State.ShouldBe(PostingState.Effective);

        var passed = (Submission.Accepted)await free.SubmitAsync(draft, DeskWorld.Poster, "after", Cancel);
        (passed.IsNew, passed.Record.State, passed.Record.NeedsApproval).ShouldBe((true, PostingState.Effective, false));
        var already = (DecisionAnswer.AlreadyDecided)await world.Desk.DecideAsync(passed.Record.Id, DeskWorld.Approver, approve: false, FreeText.Of("no"), Cancel);
        already.Record.State.ShouldBe(PostingState.Effective);
    }

    private static Approval Read(string? setting) => Deployment.Read(
        new ConfigurationBuilder().AddInMemoryCollection([new("Disclosure:Approval:NotNeeded", setting)]).Build(), data: null).Approval;
}

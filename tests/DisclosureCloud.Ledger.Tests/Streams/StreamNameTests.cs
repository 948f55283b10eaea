namespace DisclosureCloud.Ledger.Tests;

public sealed class StreamNameTests
{
    private static readonly string[] OfProjects = ["progress", "acceptance", "asset", "income-distribution", "evaluation"];

    public static TheoryData<string> Kinds() => [.. KindSchema.All.Where(kind => kind.IsPosted).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void For_AFactOfAnyPostedKind_IsTheStreamOfWhatItIsAbout(string kind)
    {
        Fact fact = SampleFacts.Of(KindSchema.Find(kind)!, field => field);
        if (fact is IAmendment)
        {
            Should.Throw<InvalidOperationException>(() => StreamName.For(fact));
            return;
        }

        string wanted = fact switch
        {
            PlanItem or PlanApproval => "plan/plan-item-1",
            Department or UnitChange => "unit/agriculture",
            CreditReport or RegionChange => $"place/{Id.Parse<RegionCode>("410503").Below("某村")}",
            _ when OfProjects.Contains(kind, StringComparer.Ordinal) => "project/sample-notice-p01",
            _ => "fund/sample-fund",
        };

        StreamName.For(fact).Value.ShouldBe(wanted);
        StreamName.For(fact).HoldsFacts.ShouldBeTrue();
        StreamName.TryParse(StreamName.For(fact).Value, out _).ShouldBeTrue();
        FundBooks.IsOfStream(fact).ShouldBe(wanted.StartsWith("fund/", StringComparison.Ordinal));
    }

    [Fact]
    public void For_AnEvaluationOfAFundAsAWhole_IsTheFundsStream()
    {
        var whole = (Evaluation)SampleFacts.Of(KindSchema.Find("evaluation")!, field => field) with { ProjectId = null };

        StreamName.For(whole).Value.ShouldBe("fund/sample-fund");
    }

    [Theory]
    [InlineData("publication")]
    [InlineData("archive-seal")]
    public void For_WhatTheProgramSaysOfItself_IsNoStreamOfFacts(string kind) =>
        Should.Throw<InvalidOperationException>(() => StreamName.For(SampleFacts.Of(KindSchema.Find(kind)!, field => field)));

    [Fact]
    public void Archive_IsAStreamBesideTheSites()
    {
        StreamName.TryParse(StreamName.Archive.Value, out StreamName read).ShouldBeTrue();
        read.ShouldBe(StreamName.Archive);
        read.ShouldNotBe(StreamName.Site);
        read.Type.ShouldBe(StreamType.Site);
        read.HoldsFacts.ShouldBeFalse();
    }
}

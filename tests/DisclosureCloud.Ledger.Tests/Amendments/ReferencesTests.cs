namespace DisclosureCloud.Ledger.Tests;

public sealed class ReferencesTests
{
    private const string Table = """
        fund           F1  2018  as U1                                    ok
        fund           F2  2018                                           ok
        library        I1                                                 ok
        appropriate    F1  central  1000.00 yuan  as G1                   ok
        register       F1  P1  targets=1 planItem=I1  as R1               ok
        register       F2  P1  targets=1 planItem=I1  as R2               ok
        register       F1  P2  targets=1 planItem=I1  as R3               ok
        allocate       F1  P1  100.00 yuan  cites=G1  as A1               ok
        disburse       F1  P1  A1  60.00 yuan  as B1                      ok
        refund         F1  P1  B1  10.00 yuan  as V1                      ok
        change         F1  P2  merged  county  successors=P1  as M1       ok
        asset          F1  P1  S1  in-use  as S1                          ok
        asset          F1  P1  S1  idle  as S2                            ok
        income         F1  P1  S1  income=1.00  as T1                     ok
        """;

    private readonly RuleTable _run = RuleTable.Run(Table);

    [Theory]
    [InlineData("G1", "A1")]
    [InlineData("A1", "B1")]
    [InlineData("B1", "V1")]
    [InlineData("V1", "")]
    [InlineData("R1", "A1 B1 V1 M1 S1 S2 T1")]
    [InlineData("R2", "")]
    [InlineData("R3", "M1")]
    [InlineData("S1", "")]
    [InlineData("S2", "")]
    public void To_AnEntry_IsThoseThatWouldBeLeftHanging(string name, string dependents)
    {
        Entry entry = _run.Ledger.History.Find(_run.Named(name))!.Now;

        References.To(entry, _run.Ledger.History.Live).ShouldBe(dependents.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(_run.Named), ignoreOrder: true);
    }

    [Fact]
    public void To_TheOnlyStateOfAnAsset_IsItsIncome()
    {
        Entry[] live = [.. _run.Ledger.History.Live.Where(entry => entry.Id != _run.Named("S2"))];

        References.To(live.Single(entry => entry.Id == _run.Named("S1")), live).ShouldBe([_run.Named("T1")]);
    }

    [Fact]
    public void Differ_InAmountsDatesAndWords_IsFalseAndInIdsThatWereStatedTrue()
    {
        var fact = (Allocation)_run.Ledger.History.Find(_run.Named("A1"))!.Now.Fact;

        References.Differ(fact, fact with { Amount = new Money(1), Note = FreeText.Of("x") }).ShouldBeFalse();
        References.Differ(fact, fact with { Appropriation = null }).ShouldBeTrue();
        References.Differ(fact with { Appropriation = null }, fact).ShouldBeFalse("What was not stated is added.");
        References.Differ(fact, fact with { ProjectId = Id.Parse<ProjectId>("project-p2") }).ShouldBeTrue();
    }
}

namespace DisclosureCloud.Ledger.Tests;

/// <summary>A correction that would overdraw says where, and the last value that fits.</summary>
public sealed class OverdraftTests
{
    private const string Ground = """
        fund           F1  2018  type=revolving                           ok
        library        I1                                                 ok
        appropriate    F1  central  1000.00 yuan  as G1                   ok
        appropriate    F1  central  100.00 yuan  as G2                    ok
        register       F1  P1  targets=1 planItem=I1 totalInvestment=600.00  as R1  ok
        allocate       F1  P1  600.00 yuan  as A1                         ok
        contract       F1  P1  A1  500.00 yuan  retentionRate=10  as C1   ok
        disburse       F1  P1  A1  200.00 yuan  as B1                     ok
        disburse       F1  P1  A1  33.33 yuan  nature=retention-release commitment=C1  as B2  ok
        refund         F1  P1  B1  50.00 yuan  as V1                      ok
        lend           F1  quantity=12.5 measure=头  as L1                ok
        repay          F1  L1  quantity=2.5                               ok
        write-off      F1  L1  quantity=1  as W1                          ok
        """;

    [Theory]
    [InlineData("correct A1 amount=499.99", "/replacement/amount", "49999 fen", "at least 50000 fen")]
    [InlineData("correct A1 amount=600.01", "/replacement/amount", "60001 fen", "at most 60000 fen")]
    [InlineData("correct G1 amount=499.00", "/replacement/amount", "49900 fen", "at least 50000 fen")]
    [InlineData("correct R1 totalInvestment=599.99", "/replacement/totalInvestment", "59999 fen", "at least 60000 fen")]
    [InlineData("correct C1 amount=600.01", "/replacement/amount", "60001 fen", "at most 60000 fen")]
    [InlineData("correct C1 amount=300.00", "/replacement/amount", "30000 fen", "at least 33330 fen")]
    [InlineData("correct C1 retentionRate=6", "/replacement/retentionRate", "6", "at least 7")]
    [InlineData("correct C1 retentionRate=-", "/replacement/retentionRate", "-3333 fen", "0 fen or more")]
    [InlineData("correct B2 amount=50.01", "/replacement/amount", "5001 fen", "at most 5000 fen")]
    [InlineData("correct V1 cites=B2", "/replacement/amount", "5000 fen", "at most 3333 fen")]
    [InlineData("correct L1 quantity=3.499", "/replacement/quantity", "3.499", "at least 3.5")]
    [InlineData("correct W1 quantity=10.001", "/replacement/quantity", "10.001", "at most 10")]
    public void Correction_ThatOverdraws_NamesTheFieldAndTheLastValueThatFits(string line, string pointer, string found, string wanted)
    {
        RuleRow row = RuleTable.Run($"{Ground}\n{line} rejected amendment-overdraws").Rows[^1];

        row.Found.ShouldBe("rejected amendment-overdraws");
        Finding finding = row.Rejection!.ToFinding();
        (finding.Pointer, finding.Found, finding.Wanted).ShouldBe((pointer, found, wanted));
    }

    [Fact]
    public void Correction_ThatOverdraws_SaysSoInWords()
    {
        RuleTable run = RuleTable.Run($"{Ground}\ncorrect A1 amount=499.99 rejected amendment-overdraws");

        run.Rows[^1].Rejection!.Detail.ShouldBe(
            $"The balance 'allocation {run.Named("A1")} not under contract' would fall 0.01 CNY below zero. Amount is 499.99 CNY; at least 500.00 CNY fits.");
    }

    [Fact]
    public void Withdrawal_ThatOverdraws_PointsAtTheEntry()
    {
        Finding finding = RuleTable.Run($"{Ground}\nwithdraw G1 rejected amendment-overdraws").Rows[^1].Rejection!.ToFinding();

        (finding.Pointer, finding.Code, finding.Found, finding.Wanted).ShouldBe(("/cites", "amendment-overdraws", "-50000 fen", "0 fen or more"));
    }
}

namespace DisclosureCloud.Ledger.Tests;

/// <summary>Money that one fund sent and another acknowledges, in parts.</summary>
public sealed class ReceiptsTests
{
    private const string Table = """
        fund           F1  2018  region=410500 regionNames=河南省,安阳市                        ok
        fund           F2  2018                                                                 ok
        fund           F3  2018                                                                 ok
        appropriate    F1  central  1000.00 yuan                                                ok
        pass-down      F1  410503  100.00 yuan  as D1                                           ok
        appropriate    F2  municipal  60.00 yuan  passDown=D1  as E1                            ok
        appropriate    F3  municipal  70.00 yuan  passDown=D1  as E2                            ok
        appropriate    F2  municipal  40.00 yuan  passDown=D1  as E3                            ok
        appropriate    F2  county  5.00 yuan  as E4                                             ok
        """;

    [Fact]
    public void Of_PartsOfOnePassDown_AcknowledgesNoMoreThanWasSent()
    {
        RuleTable run = RuleTable.Run(Table);
        run.Rows.ShouldAllBe(row => row.Found == row.Wanted);

        var receipts = Receipts.Of(run.Ledger.History.Live);

        receipts.Of(run.Named("E1"))!.ShouldBe(new Receipt(Id.Parse<FundId>("fund-f1"), new Money(6_000)));
        receipts.Of(run.Named("E2"))!.Amount.Fen.ShouldBe(4_000); // What is more is money from elsewhere.
        receipts.Of(run.Named("E3")).ShouldBeNull();
        receipts.Of(run.Named("E4")).ShouldBeNull();
        receipts.SenderOf(run.Named("E2"))!.Value.Value.ShouldBe("fund-f1");
        receipts.Received(run.Named("D1")).Fen.ShouldBe(10_000);
    }

    [Fact]
    public void Of_EntriesInAnyOrder_IsTheSame()
    {
        RuleTable run = RuleTable.Run(Table);

        var receipts = Receipts.Of([.. run.Ledger.History.Live.Reverse()]);

        receipts.Of(run.Named("E1"))!.Amount.Fen.ShouldBe(6_000);
        receipts.Of(run.Named("E2"))!.Amount.Fen.ShouldBe(4_000);
    }

    [Theory]
    [InlineData("withdraw E1", 0, 7_000, 3_000)]
    [InlineData("correct E1 amount=10.00", 1_000, 7_000, 2_000)]
    [InlineData("correct D1 amount=120.00", 6_000, 6_000, 0)]
    public void Of_AmendedEntries_FollowsWhatNowStands(string amendment, long first, long second, long third)
    {
        RuleTable run = RuleTable.Run($"{Table}\n{amendment} ok");
        run.Rows.ShouldAllBe(row => row.Found == row.Wanted);

        var receipts = Receipts.Of(run.Ledger.History.Live);

        (Fen("E1"), Fen("E2"), Fen("E3")).ShouldBe((first, second, third));

        long Fen(string name) => receipts.Of(run.Named(name))?.Amount.Fen ?? 0;
    }
}

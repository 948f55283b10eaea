namespace DisclosureCloud.Ledger;

/// <summary>Paid use of a revolving fund: money, or goods counted beside all money totals.</summary>
[Kind("loan", "借出", "loan")]
public sealed record Loan(
    [Field("专账编号", "The revolving fund", Name = "fund")] FundId FundId,
    [Field("金额", "How much; none for a loan in kind")] Money? Amount,
    [Field("实物数量", "How many, for a loan in kind")] Quantity? Quantity,
    [Field("实物计量单位", "Of what, for a loan in kind")] FreeText? Measure,
    [Field("用途", "What for")] FreeText Purpose,
    [Field("期限(月)", "For how many months")] int Term,
    [Field("年占用费率(百分比)", "The fee a year, in percent of what is lent")] Quantity? AnnualRate,
    [Field("借款户数", "How many households; never who", Name = "households")] Headcount Households,
    [Field("合同号", "The contract's number", Name = "reference")] FreeText? Reference) : Fact, IOfFund;

/// <summary>What came back of a loan: principal, fees, or goods.</summary>
[Kind("repayment", "归还", "repayment")]
public sealed record Repayment(
    [Field("专账编号", "The revolving fund", Name = "fund")] FundId FundId,
    [Field("所归还的借出记录", "The loan", Name = "cites")] EntryId Loan,
    [Field("归还本金", "Principal")] Money? Principal,
    [Field("占用费", "Fees")] Money? Fee,
    [Field("归还实物数量", "How many, for a loan in kind")] Quantity? Quantity,
    [Field("凭证号", "The voucher")] FreeText? Reference) : Fact, IOfFund;

/// <summary>What of a loan will not come back. It never touches cash.</summary>
[Kind("write-off", "核销", "write-off")]
public sealed record WriteOff(
    [Field("专账编号", "The revolving fund", Name = "fund")] FundId FundId,
    [Field("所核销的借出记录", "The loan", Name = "cites")] EntryId Loan,
    [Field("金额", "How much; none for a loan in kind")] Money? Amount,
    [Field("实物数量", "How many, for a loan in kind")] Quantity? Quantity,
    [Field("原因", "Why")] FreeText Reason,
    [Field("批准层级", "The tier that approved it")] Tier Tier,
    [Field("文号", "The document that approved it", Name = "reference")] FreeText DocumentNumber) : Fact, IOfFund;

/// <summary>Loans by banks to poor households of a place, in aggregate: no money of any fund.</summary>
[Kind("credit-report", "扶贫小额信贷", "credit report")]
public sealed record CreditReport(
    [Field("地区代码", "The place", Name = "place")] RegionCode Place,
    [Field("报告期起", "The first day of the period")] DateOnly From,
    [Field("报告期止", "The last day of the period")] DateOnly To,
    [Field("本期发放", "Lent in the period", ZeroAllowed = true)] Money Lent,
    [Field("期末余额", "Outstanding at its end", ZeroAllowed = true)] Money Outstanding,
    [Field("期末逾期", "Overdue at its end", ZeroAllowed = true)] Money Overdue,
    [Field("获贷户数", "Households with a loan")] Headcount Households,
    [Field("数据来源", "Who reported it")] FreeText Source) : Fact;

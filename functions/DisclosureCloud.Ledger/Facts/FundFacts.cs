using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>Earmarked money with its own books: one purpose, one budget year, one region.</summary>
[Kind("fund", "专项资金(专账)", "fund", AlwaysApproved = true)]
public sealed record Fund(
    [Field("专账编号", "The fund's id", Name = "fund", Key = true)] FundId FundId,
    [Field("名称", "Its name")] FreeText Name,
    [Field("预算年度", "The year whose budget it belongs to, kept for ever")] BudgetYear BudgetYear,
    [Field("地区代码", "The region it is for")] RegionCode Region,
    [Field("地区名称,自省级起", "The names of that region, from the province down", Required = true)] ImmutableArray<FreeText> RegionNames,
    [Field("主管单位", "The body that keeps it")] FreeText Authority,
    [Field("预算科目", "Its budget subject")] FreeText? BudgetSubject,
    [Field("类型:一次性或周转", "Paid out once, or lent and lent again; earmarked where it is not stated")] FundType? Type,
    [Field("用途:五个一批类别", "The programmes that it may pay for; any where none is stated")] ImmutableArray<Programme> Programmes,
    [Field("用途:规划类别", "The categories of the plan that it may pay for; any where none is stated")] ImmutableArray<PlanCategory> Categories,
    [Field("来源公示", "The notice that made it", FromNotice = true)] NoticeId? Notice) : Fact, IOfFund;

/// <summary>Money given to a fund.</summary>
[Kind("appropriation", "资金下达", "appropriation")]
public sealed record Appropriation(
    [Field("专账编号", "The fund it is given to", Name = "fund")] FundId FundId,
    [Field("来源级次", "The level that it came from")] SourceLevel Level,
    [Field("资金性质", "What sort of money it is")] SourceNature Nature,
    [Field("来源名称", "The source as it is called")] FreeText SourceName,
    [Field("金额", "How much")] Money Amount,
    [Field("文号", "The document that gave it", Name = "reference")] FreeText? DocumentNumber,
    [Field("对应转下达记录", "The pass-down of a higher fund that this is the receipt of")] EntryId? PassDown,
    [Field("来源公示", "The notice that states it", FromNotice = true)] NoticeId? Notice) : Fact, IOfFund;

/// <summary>Interest that a fund's account bore: it belongs to the fund.</summary>
[Kind("interest", "利息", "interest")]
public sealed record Interest(
    [Field("专账编号", "The fund whose account bore it", Name = "fund")] FundId FundId,
    [Field("金额", "How much")] Money Amount,
    [Field("计息期起", "The first day for which it was paid")] DateOnly? From,
    [Field("计息期止", "The last day for which it was paid")] DateOnly? To,
    [Field("凭证号", "The voucher")] FreeText? Reference) : Fact, IOfFund;

/// <summary>Money that goes back to where it came from.</summary>
[Kind("return-to-source", "上缴", "return to source")]
public sealed record ReturnToSource(
    [Field("专账编号", "The fund that it leaves", Name = "fund")] FundId FundId,
    [Field("金额", "How much")] Money Amount,
    [Field("所退回的资金下达记录", "The appropriation that it came by", Name = "cites")] EntryId? Appropriation,
    [Field("原因", "Why")] FreeText Reason,
    [Field("文号", "The document that ordered it", Name = "reference")] FreeText? DocumentNumber) : Fact, IOfFund;

/// <summary>What finance confirmed at the end of a year: carried over, or surplus to be reclaimed. It moves no money.</summary>
[Kind("carry-over", "结转结余", "carry-over")]
public sealed record CarryOver(
    [Field("专账编号", "The fund", Name = "fund")] FundId FundId,
    [Field("年度", "The year that ended")] BudgetYear Year,
    [Field("结转金额", "Carried over: its purpose is not finished", ZeroAllowed = true)] Money CarriedOver,
    [Field("结余金额", "Surplus: finished, cancelled, or two years unused", ZeroAllowed = true)] Money Surplus,
    [Field("说明", "What finance says to it")] FreeText? Note,
    [Field("文号", "The document that confirmed it", Name = "reference")] FreeText? DocumentNumber) : Fact, IOfFund;

/// <summary>A plan that puts funds to common use and so widens what this one may pay for. Its budget subject stays.</summary>
[Kind("integration-plan", "统筹整合方案", "integration plan", AlwaysApproved = true)]
public sealed record IntegrationPlan(
    [Field("专账编号", "The fund that it widens", Name = "fund")] FundId FundId,
    [Field("新增用途:五个一批类别", "The programmes that the fund may now pay for too")] ImmutableArray<Programme> Programmes,
    [Field("新增用途:规划类别", "The categories that the fund may now pay for too")] ImmutableArray<PlanCategory> Categories,
    [Field("批准层级", "The tier that approved it")] Tier Tier,
    [Field("批准单位", "The body that approved it")] FreeText Body,
    [Field("文号", "The document of the plan", Name = "reference")] FreeText DocumentNumber) : Fact, IOfFund;

/// <summary>What a fund, or one project of it, had come to before the log began. Marked as such wherever it counts.</summary>
[Kind("opening-balance", "期初余额", "opening balance")]
public sealed record OpeningBalance(
    [Field("专账编号", "The fund", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project, where it is not the fund as a whole", Name = "project")] ProjectId? ProjectId,
    [Field("此前下达", "For the fund: given to it before")] Money? Appropriated,
    [Field("此前利息", "For the fund: interest before")] Money? Interest,
    [Field("此前上缴", "For the fund: returned to its source before")] Money? Returned,
    [Field("此前转下达", "For the fund: passed down before")] Money? PassedDown,
    [Field("此前安排", "For the project: allocated to it before")] Money? Allocated,
    [Field("此前拨付", "For the project: paid for it before", ZeroAllowed = true)] Money? Disbursed,
    [Field("账册依据", "The books that it was taken from", Name = "reference")] FreeText Books) : Fact, IOfFund;

using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>Earmarked money with its own books: one purpose, one budget year, one region.</summary>
[Kind("fund", "专项资金(专账)", "fund")]
public sealed record Fund(
    [Field("专账编号", "The fund's id", Name = "fund")] FundId FundId,
    [Field("名称", "Its name")] FreeText Name,
    [Field("预算年度", "The year whose budget it belongs to, kept for ever")] BudgetYear BudgetYear,
    [Field("地区代码", "The region it is for")] RegionCode Region,
    [Field("地区名称,自省级起", "The names of that region, from the province down")] ImmutableArray<FreeText> RegionNames,
    [Field("主管单位", "The body that keeps it")] FreeText Authority,
    [Field("预算科目", "Its budget subject")] FreeText? BudgetSubject,
    [Field("来源公示", "The notice that made it", FromNotice = true)] NoticeId? Notice) : Fact;

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
    [Field("来源公示", "The notice that states it", FromNotice = true)] NoticeId? Notice) : Fact;

/// <summary>A share of a fund given to a project or programme.</summary>
[Kind("allocation", "资金安排", "allocation")]
public sealed record Allocation(
    [Field("专账编号", "The fund it comes from", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project or programme it is for", Name = "project")] ProjectId ProjectId,
    [Field("金额", "How much")] Money Amount,
    [Field("文号", "The document that decided it", Name = "reference")] FreeText? DocumentNumber,
    [Field("备注", "A remark")] FreeText? Note,
    [Field("公示序号", "The row of the notice", FromNotice = true)] int? Row,
    [Field("来源公示", "The notice that states it", FromNotice = true)] NoticeId? Notice) : Fact;

/// <summary>A share of a fund given to a lower government; never a project.</summary>
[Kind("pass-down", "转下达", "pass-down")]
public sealed record PassDown(
    [Field("专账编号", "The fund it comes from", Name = "fund")] FundId FundId,
    [Field("金额", "How much")] Money Amount,
    [Field("接收地区代码", "The place whose government it goes to")] RegionCode Place,
    [Field("接收地区", "That place as it is called")] FreeText PlaceName,
    [Field("用途", "What for")] FreeText Purpose,
    [Field("内容", "What is to be done")] FreeText? Content,
    [Field("责任单位", "The unit responsible")] FreeText? ResponsibleUnit,
    [Field("已转拨金额", "How much of it was already paid over, where that is stated")] Money? Transferred,
    [Field("总投资", "The whole cost, where it is more than this fund gives")] Money? TotalInvestment,
    [Field("自筹资金", "The part that is raised below")] Money? SelfRaised,
    [Field("应完工日期", "When it is due to be finished")] DateOnly? Due,
    [Field("所含项目数", "How many projects it stands for")] int? ProjectCount,
    [Field("文号", "The document that decided it", Name = "reference")] FreeText? DocumentNumber,
    [Field("备注", "A remark")] FreeText? Note,
    [Field("公示序号", "The row of the notice", FromNotice = true)] int? Row,
    [Field("来源公示", "The notice that states it", FromNotice = true)] NoticeId? Notice) : Fact;

/// <summary>Money out against an allocation.</summary>
/// <remarks>A notice may state that nothing was paid yet: that is a disbursement of zero, and not the same as saying nothing.</remarks>
[Kind("disbursement", "拨付", "disbursement")]
public sealed record Disbursement(
    [Field("专账编号", "The fund it is paid from", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project or programme it is paid for", Name = "project")] ProjectId ProjectId,
    [Field("依据的资金安排", "The allocation that it draws on", Name = "cites")] EntryId Allocation,
    [Field("金额", "How much")] Money Amount,
    [Field("支付性质", "What sort of payment it is")] DisbursementNature? Nature,
    [Field("凭证号", "The voucher")] FreeText? Reference,
    [Field("来源公示", "The notice that states it", FromNotice = true)] NoticeId? Notice) : Fact;

namespace DisclosureCloud.Ledger;

/// <summary>A share of a fund given to a project or programme.</summary>
[Kind("allocation", "资金安排", "allocation")]
public sealed record Allocation(
    [Field("专账编号", "The fund it comes from", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project or programme it is for", Name = "project")] ProjectId ProjectId,
    [Field("金额", "How much")] Money Amount,
    [Field("所用资金下达记录", "The appropriation that it draws on; shares of sources are computed where it is not stated", Name = "cites")] EntryId? Appropriation,
    [Field("调整前金额", "For an increase: what the project had before, which must be what the books say")] Money? OldAmount,
    [Field("批准层级", "For an increase: the tier that approved it")] Tier? Tier,
    [Field("原因", "For an increase: why")] FreeText? Reason,
    [Field("文号", "The document that decided it", Name = "reference")] FreeText? DocumentNumber,
    [Field("备注", "A remark")] FreeText? Note,
    [Field("公示序号", "The row of the notice", FromNotice = true)] int? Row,
    [Field("来源公示", "The notice that states it", FromNotice = true)] NoticeId? Notice) : Fact, IOfProject;

/// <summary>Less for a project than was allocated: an adjustment, and no correction, since the old figure was right at its time.</summary>
[Kind("allocation-reduction", "资金调减", "allocation reduction")]
public sealed record AllocationReduction(
    [Field("专账编号", "The fund that it goes back to", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project or programme", Name = "project")] ProjectId ProjectId,
    [Field("所调减的资金安排", "The allocation that is reduced", Name = "cites")] EntryId Allocation,
    [Field("调整前金额", "What was left of the allocation by earlier reductions; it must be what the books say")] Money OldAmount,
    [Field("调整后金额", "What is left of it now", ZeroAllowed = true)] Money NewAmount,
    [Field("原因", "Why")] FreeText Reason,
    [Field("文号", "The document that decided it", Name = "reference")] FreeText DocumentNumber,
    [Field("批准层级", "The tier that approved it")] Tier Tier) : Fact, IOfProject;

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
    [Field("来源公示", "The notice that states it", FromNotice = true)] NoticeId? Notice) : Fact, IOfFund;

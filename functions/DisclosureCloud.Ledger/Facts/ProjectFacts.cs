using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What the money builds or does.</summary>
[Kind("project", "项目", "project")]
public sealed record Project(
    [Field("专账编号", "The fund that registers it", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project's id", Name = "project", Key = true)] ProjectId ProjectId,
    [Field("类型:工程项目或专项补助", "Works, or a programme without works")] ProjectType Type,
    [Field("名称", "Its name")] FreeText Name,
    [Field("地点代码", "Where it counts; the fund's region where the text names several places or none")] RegionCode Place,
    [Field("地点", "Where, in words, never split")] FreeText? PlaceName,
    [Field("建设内容", "What is built or done")] FreeText? Content,
    [Field("责任单位", "The unit responsible")] FreeText? ResponsibleUnit,
    [Field("实施单位", "The unit that carries it out")] FreeText? ImplementingUnit,
    [Field("总投资", "Its whole cost, where it is more than this fund gives")] Money? TotalInvestment,
    [Field("自筹资金", "The part that the village or unit raises itself")] Money? SelfRaised,
    [Field("应完工日期", "When it is due to be finished")] DateOnly? Due,
    [Field("所含项目数", "How many projects a row stands for")] int? ProjectCount,
    [Field("五个一批类别", "Which of the five programmes it belongs to")] Programme? Programme,
    [Field("规划类别", "Which category of the plan it belongs to")] PlanCategory? Category,
    [Field("入库项目编号", "The item of the project library that it carries out")] PlanItemId? PlanItem,
    [Field("绩效目标", "What is to be reached: no target, no money")] ImmutableArray<Target> Targets,
    [Field("里程碑", "What is to be done by when")] ImmutableArray<Milestone> Milestones,
    [Field("来源公示", "The notice that registers it", FromNotice = true)] NoticeId? Notice) : Fact, IOfProject;

/// <summary>One indicator of what a project is to reach.</summary>
public sealed record Target(
    [Field("指标", "What is measured")] FreeText Indicator,
    [Field("计量单位", "The unit in which it is measured")] FreeText Measure,
    [Field("基线值", "What it was before")] Quantity Baseline,
    [Field("目标值", "What it is to become", Name = "target")] Quantity Wanted,
    [Field("应达成日期", "By when")] DateOnly Due);

/// <summary>A step of a project that has a date.</summary>
public sealed record Milestone(
    [Field("步骤", "What is to be done")] FreeText Name,
    [Field("应完成日期", "By when")] DateOnly Due);

/// <summary>What a project was made into after it was registered; the old values stay in its history.</summary>
[Kind("project-change", "项目变更", "project change")]
public sealed record ProjectChange(
    [Field("专账编号", "The fund that registers the project", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("变更类型", "What changes")] ProjectChangeType Change,
    [Field("原因", "Why")] FreeText Reason,
    [Field("批准层级", "The tier that approved it")] Tier Tier,
    [Field("文号", "The document that approved it", Name = "reference")] FreeText DocumentNumber,
    [Field("新名称", "Its new name")] FreeText? Name,
    [Field("新建设内容", "What is now built or done")] FreeText? Content,
    [Field("新地点代码", "Where it counts now")] RegionCode? Place,
    [Field("新地点", "Where, in words")] FreeText? PlaceName,
    [Field("新责任单位", "The unit now responsible")] FreeText? ResponsibleUnit,
    [Field("新实施单位", "The unit that now carries it out")] FreeText? ImplementingUnit,
    [Field("新总投资", "Its whole cost now")] Money? TotalInvestment,
    [Field("新应完工日期", "When it is now due")] DateOnly? Due,
    [Field("新绩效目标", "All its targets from now on")] ImmutableArray<Target> Targets,
    [Field("新里程碑", "All its milestones from now on")] ImmutableArray<Milestone> Milestones,
    [Field("后续项目", "The projects as which it goes on")] ImmutableArray<ProjectId> Successors) : Fact, IOfProject;

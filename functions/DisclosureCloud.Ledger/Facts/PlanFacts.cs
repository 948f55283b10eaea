using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>An item of the project library: what may become a project once the tiers have approved it.</summary>
[Kind("plan-item", "入库项目", "plan item")]
public sealed record PlanItem(
    [Field("入库项目编号", "The item's id", Key = true, Name = "planItem")] PlanItemId PlanItemId,
    [Field("名称", "Its name")] FreeText Name,
    [Field("类型", "Works, a programme, a management fee or a deposit")] ProjectType Type,
    [Field("地点代码", "Where it is to be")] RegionCode Place,
    [Field("地点", "Where, in words")] FreeText? PlaceName,
    [Field("建设内容", "What is to be built or done")] FreeText Content,
    [Field("责任单位", "The unit responsible")] FreeText? ResponsibleUnit,
    [Field("规划年度", "The year of the plan")] BudgetYear Year,
    [Field("规划投资", "What it is expected to cost")] Money Planned,
    [Field("五个一批类别", "Which of the five programmes it belongs to")] Programme? Programme,
    [Field("规划类别", "Which category of the plan it belongs to")] PlanCategory? Category,
    [Field("绩效目标", "What is to be reached")] ImmutableArray<Target> Targets) : Fact;

/// <summary>What one tier said of an item of the project library. The department that posts it is the body that decides.</summary>
[Kind("plan-approval", "规划审批", "plan approval", AlwaysApproved = true)]
public sealed record PlanApproval(
    [Field("入库项目编号", "The item", Name = "planItem")] PlanItemId PlanItemId,
    [Field("层级", "The tier that speaks")] Tier Tier,
    [Field("结果", "What it says")] TierOutcome Outcome,
    [Field("审批单位", "The body that speaks")] FreeText Body,
    [Field("文号", "Its document", Name = "reference")] FreeText DocumentNumber,
    [Field("说明", "What it says to it; where experts were heard, who they were as a body")] FreeText? Note) : Fact;

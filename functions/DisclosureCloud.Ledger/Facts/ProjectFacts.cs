namespace DisclosureCloud.Ledger;

/// <summary>What the money builds or does.</summary>
[Kind("project", "项目", "project")]
public sealed record Project(
    [Field("专账编号", "The fund that registers it", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project's id", Name = "project")] ProjectId ProjectId,
    [Field("类型:工程项目或专项补助", "Works, or a programme without works")] ProjectType Type,
    [Field("名称", "Its name")] FreeText Name,
    [Field("地点代码", "Where it counts; the fund's region where the text names several places or none")] RegionCode Place,
    [Field("地点", "Where, in words, never split")] FreeText? PlaceName,
    [Field("建设内容", "What is built or done")] FreeText? Content,
    [Field("责任单位", "The unit responsible")] FreeText? ResponsibleUnit,
    [Field("总投资", "Its whole cost, where it is more than this fund gives")] Money? TotalInvestment,
    [Field("自筹资金", "The part that the village or unit raises itself")] Money? SelfRaised,
    [Field("应完工日期", "When it is due to be finished")] DateOnly? Due,
    [Field("所含项目数", "How many projects a row stands for")] int? ProjectCount,
    [Field("五个一批类别", "Which of the five programmes it belongs to")] Programme? Programme,
    [Field("规划类别", "Which category of the plan it belongs to")] PlanCategory? Category,
    [Field("入库项目编号", "The item of the project library that it carries out")] PlanItemId? PlanItem,
    [Field("来源公示", "The notice that registers it", FromNotice = true)] NoticeId? Notice) : Fact;

/// <summary>What was done by when.</summary>
[Kind("progress", "进度", "progress")]
public sealed record Progress(
    [Field("专账编号", "The fund that registered the project", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("阶段", "How far it has got")] ProgressStage Stage,
    [Field("形象进度(百分比)", "Physical progress, in whole percent")] Percent? Percent,
    [Field("完成情况", "What was done")] FreeText Done) : Fact;

/// <summary>The formal hand-over.</summary>
[Kind("acceptance", "验收", "acceptance")]
public sealed record Acceptance(
    [Field("专账编号", "The fund that registered the project", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("验收结果", "What was found")] AcceptanceResult Result,
    [Field("验收单位", "The body that accepted it")] FreeText Body,
    [Field("文号", "The document of the acceptance", Name = "reference")] FreeText? DocumentNumber) : Fact;

/// <summary>A whole number of hundredths, from 0 to 100.</summary>
public readonly record struct Percent
{
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 100.</exception>
    public Percent(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
        Value = value;
    }

    public int Value { get; }
}

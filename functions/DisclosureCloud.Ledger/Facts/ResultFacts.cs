using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What was done by when.</summary>
[Kind("progress", "进度", "progress")]
public sealed record Progress(
    [Field("专账编号", "The fund that registered the project", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("阶段", "How far it has got")] ProgressStage Stage,
    [Field("形象进度(百分比)", "Physical progress, in whole percent")] Percent? Percent,
    [Field("完成情况", "What was done")] FreeText Done,
    [Field("已完成的里程碑", "Which milestone was reached, counted from 1")] int? Milestone,
    [Field("指标实际值", "What the indicators have come to")] ImmutableArray<Actual> Actuals,
    [Field("证明材料", "What shows it")] FreeText? Evidence) : Fact, IOfProject;

/// <summary>What an indicator of a project has come to.</summary>
public sealed record Actual(
    [Field("指标序号", "Which target, counted from 1")] int Target,
    [Field("实际值", "What it is now")] Quantity Value);

/// <summary>The formal hand-over.</summary>
[Kind("acceptance", "验收", "acceptance")]
public sealed record Acceptance(
    [Field("专账编号", "The fund that registered the project", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("验收结果", "What was found")] AcceptanceResult Result,
    [Field("验收单位", "The body that accepted it")] FreeText Body,
    [Field("决算金额", "What it cost in the end")] Money? FinalCost,
    [Field("文号", "The document of the acceptance", Name = "reference")] FreeText? DocumentNumber) : Fact, IOfProject;

/// <summary>What a finished project left, as it stands on the date. A later entry of the same asset says how it stands then.</summary>
[Kind("asset", "项目资产", "asset")]
public sealed record Asset(
    [Field("专账编号", "The fund that registered the project", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("资产编号", "The asset's id", Name = "asset", Key = true)] AssetId AssetId,
    [Field("名称", "Its name")] FreeText Name,
    [Field("权属单位", "Who owns it")] FreeText Owner,
    [Field("管护单位", "Who looks after it")] FreeText? Custodian,
    [Field("价值", "Its value")] Money Value,
    [Field("状况", "How it stands")] AssetCondition Condition,
    [Field("处置情况", "How it was disposed of")] FreeText? Disposal,
    [Field("文号", "The document of the hand-over or disposal", Name = "reference")] FreeText? DocumentNumber) : Fact, IOfProject;

/// <summary>Income of an asset: what came in, and what of it was distributed. It is no money of any fund.</summary>
[Kind("income-distribution", "收益分配", "income distribution")]
public sealed record IncomeDistribution(
    [Field("专账编号", "The fund that registered the project", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("资产编号", "The asset", Name = "asset")] AssetId AssetId,
    [Field("收益", "What came in")] Money? Income,
    [Field("已分配收益", "What was distributed")] Money? Distributed,
    [Field("分配去向", "To whom, in aggregate, and what for")] FreeText? Use,
    [Field("受益户数", "Households that benefit")] Headcount? Households,
    [Field("凭证号", "The voucher")] FreeText? Reference) : Fact, IOfProject;

/// <summary>What an evaluation of a fund or a project found.</summary>
[Kind("evaluation", "绩效评价", "evaluation")]
public sealed record Evaluation(
    [Field("专账编号", "The fund", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project, where it is not the fund as a whole", Name = "project")] ProjectId? ProjectId,
    [Field("评价年度", "The year that it is about")] BudgetYear Year,
    [Field("评价单位", "The body that evaluated")] FreeText Body,
    [Field("等级", "The grade")] EvaluationGrade Grade,
    [Field("得分(百分制)", "The score, of a hundred")] Percent? Score,
    [Field("结论", "What was found")] FreeText Outcome,
    [Field("文号", "The document", Name = "reference")] FreeText? DocumentNumber) : Fact, IOfFund;

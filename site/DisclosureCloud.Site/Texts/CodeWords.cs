using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What each code of the ledger's lists is called.</summary>
internal static class CodeWords
{
    /// <summary>The word for a code of any list.</summary>
    public static string Of(PageContext c, Enum code) => code switch
    {
        SourceLevel one => c.Texts.Level(one),
        SourceNature one => c.Texts.Nature(one),
        NoticeForm one => c.Texts.Form(one),
        ProjectType one => c.Texts.ProjectKind(one),
        DisbursementNature one => c.Texts.PaymentOf(one),
        ProgressStage one => c.Texts.StageOf(one),
        AcceptanceResult one => c.Texts.ResultOf(one),
        Tier one => c.Say(Of(one)),
        TierOutcome one => c.Say(Of(one)),
        ProcurementMethod one => c.Say(Of(one)),
        AssetCondition one => c.Say(Of(one)),
        EvaluationGrade one => c.Say(Of(one)),
        ProjectChangeType one => c.Say(Of(one)),
        PayeeType one => c.Say(Of(one)),
        SuccessionType one => c.Say(Of(one)),
        FundType one => c.Say(Of(one)),
        Programme one => c.Say(Of(one)),
        PlanCategory one => c.Say(Of(one)),
        DepartmentRole one => c.Say(Of(one)),
        _ => Code.Text(code),
    };

    public static Both Of(PlanItemState code) => code switch
    {
        PlanItemState.Entered => new("已入库", "entered"),
        PlanItemState.InAnnualPlan => new("已列入年度计划", "in the annual plan"),
        PlanItemState.Removed => new("已移出", "removed"),
    };

    public static Both Of(LoanState code) => code switch
    {
        LoanState.Running => new("未到期", "running"),
        LoanState.Overdue => new("逾期", "overdue"),
        LoanState.Repaid => new("已还清", "repaid"),
        LoanState.WrittenOff => new("已核销", "written off"),
    };

    private static Both Of(Tier code) => code switch
    {
        Tier.Village => new("村级", "village"),
        Tier.Township => new("乡镇级", "township"),
        Tier.County => new("县级", "county"),
        Tier.City => new("市级", "city"),
        Tier.Province => new("省级", "province"),
    };

    private static Both Of(TierOutcome code) => code switch
    {
        TierOutcome.Approved => new("同意", "approved"),
        TierOutcome.Returned => new("退回重报", "sent back"),
        TierOutcome.Removed => new("移出项目库", "removed from the library"),
    };

    private static Both Of(ProcurementMethod code) => code switch
    {
        ProcurementMethod.OpenTender => new("公开招标", "open tender"),
        ProcurementMethod.InvitedTender => new("邀请招标", "invited tender"),
        ProcurementMethod.CompetitiveNegotiation => new("竞争性谈判", "competitive negotiation"),
        ProcurementMethod.CompetitiveConsultation => new("竞争性磋商", "competitive consultation"),
        ProcurementMethod.SingleSource => new("单一来源", "single source"),
        ProcurementMethod.Inquiry => new("询价", "inquiry for quotations"),
        ProcurementMethod.DirectAward => new("直接委托（限额以下）", "direct award, below the threshold"),
        ProcurementMethod.WorkRelief => new("以工代赈", "work for relief"),
    };

    private static Both Of(AssetCondition code) => code switch
    {
        AssetCondition.InUse => new("在用", "in use"),
        AssetCondition.Idle => new("闲置", "idle"),
        AssetCondition.Damaged => new("损坏", "damaged"),
        AssetCondition.Disposed => new("已处置", "disposed of"),
    };

    private static Both Of(EvaluationGrade code) => code switch
    {
        EvaluationGrade.Excellent => new("优", "excellent"),
        EvaluationGrade.Good => new("良", "good"),
        EvaluationGrade.Fair => new("中", "fair"),
        EvaluationGrade.Poor => new("差", "poor"),
    };

    private static Both Of(ProjectChangeType code) => code switch
    {
        ProjectChangeType.Content => new("建设内容变更", "content changed"),
        ProjectChangeType.Cost => new("投资变更", "cost changed"),
        ProjectChangeType.Due => new("工期变更", "due date changed"),
        ProjectChangeType.Place => new("地点变更", "place changed"),
        ProjectChangeType.Units => new("单位变更", "units changed"),
        ProjectChangeType.Targets => new("目标变更", "targets changed"),
        ProjectChangeType.Name => new("更名", "renamed"),
        ProjectChangeType.Cancelled => new("取消", "cancelled"),
        ProjectChangeType.Merged => new("并入另一项目", "merged into another"),
        ProjectChangeType.Split => new("拆分", "split"),
    };

    private static Both Of(PayeeType code) => code switch
    {
        PayeeType.Organisation => new("单位", "an organisation"),
        PayeeType.Collective => new("集体", "a collective"),
        PayeeType.Individuals => new("个人（合计）", "individuals, in aggregate"),
    };

    private static Both Of(DepartmentRole code) => code switch
    {
        DepartmentRole.Poster => new("填报", "posts"),
        DepartmentRole.Approver => new("审核", "approves"),
    };

    private static Both Of(SuccessionType code) => code switch
    {
        SuccessionType.Renamed => new("更名", "renamed"),
        SuccessionType.Merged => new("合并", "merged"),
        SuccessionType.Split => new("拆分", "split"),
    };

    private static Both Of(FundType code) => code switch
    {
        FundType.Earmarked => new("一次性专项", "paid out once"),
        FundType.Revolving => new("周转金", "revolving"),
    };

    private static Both Of(Programme code) => code switch
    {
        Programme.BasicNeeds => new("基本需求", "basic needs"),
        Programme.Relocation => new("易地搬迁", "relocation"),
        Programme.Industry => new("产业发展", "industry"),
        Programme.Skills => new("技能培训", "skills"),
        Programme.Guarantee => new("保障兜底", "guarantee"),
    };

    private static Both Of(PlanCategory code) => code switch
    {
        PlanCategory.Infrastructure => new("基础设施", "infrastructure"),
        PlanCategory.PublicWelfare => new("公益事业", "public welfare"),
        PlanCategory.ProductionDevelopment => new("生产发展", "production development"),
        PlanCategory.TrainingAndEducation => new("培训教育", "training and education"),
    };
}

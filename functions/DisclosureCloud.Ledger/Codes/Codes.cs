namespace DisclosureCloud.Ledger;

/// <summary>The level of government, or the other side, that money came from. An unclear level is never guessed.</summary>
public enum SourceLevel
{
    Central,
    Provincial,
    Municipal,
    County,
    Township,
    CentralAndProvincial,
    HigherUnspecified,

    /// <summary>Aid from elsewhere, donations.</summary>
    Outside,

    /// <summary>Raised by the village or unit.</summary>
    Own,
}

/// <summary>What sort of money it is.</summary>
public enum SourceNature
{
    Earmarked,
    Sector,
    Integrated,
    Bond,
    PairedAid,
    FixedPointAid,
    Donation,
    SelfRaised,
    VillageAward,
    CarriedOver,
    Interest,
}

/// <summary>公示 comes before a decision takes effect; 公告 states what was decided; a document is reproduced.</summary>
public enum NoticeForm
{
    Gongshi,
    Gonggao,
    Document,
}

/// <summary>Whether money goes to works, to a programme (subsidies, training and the like without works), or to what stands beside both.</summary>
public enum ProjectType
{
    Project,
    Programme,

    /// <summary>The cost of managing projects, up to the share of the fund that the rules file allows.</summary>
    ManagementFee,

    /// <summary>A deposit that covers the risk of loans by others: what is paid is placed, not spent.</summary>
    RiskDeposit,
}

/// <summary>Whether a fund is paid out once or lent, repaid and lent again.</summary>
public enum FundType
{
    Earmarked,
    Revolving,
}

/// <summary>Who is paid. A person is never named.</summary>
public enum PayeeType
{
    Organisation,

    /// <summary>A village collective or a cooperative.</summary>
    Collective,

    /// <summary>Households or workers, in aggregate.</summary>
    Individuals,
}

/// <summary>How a contractor was found (Government Procurement Law, article 26, and the Bidding Law).</summary>
public enum ProcurementMethod
{
    OpenTender,
    InvitedTender,
    CompetitiveNegotiation,
    CompetitiveConsultation,
    SingleSource,
    Inquiry,

    /// <summary>Below the threshold above which a tender is needed.</summary>
    DirectAward,

    /// <summary>Work for relief: villagers are paid for building it.</summary>
    WorkRelief,
}

/// <summary>The tiers through which a plan or a change goes, from below.</summary>
public enum Tier
{
    Village,
    Township,
    County,
    City,
    Province,
}

/// <summary>What a tier said of an item of the project library.</summary>
public enum TierOutcome
{
    Approved,

    /// <summary>Sent back: the tiers begin again.</summary>
    Returned,

    /// <summary>Taken out of the library.</summary>
    Removed,
}

/// <summary>What of a project changed.</summary>
public enum ProjectChangeType
{
    Content,
    Cost,
    Due,
    Place,
    Units,
    Targets,
    Name,
    Cancelled,

    /// <summary>It goes on as the one project that is named.</summary>
    Merged,

    /// <summary>It goes on as the several projects that are named.</summary>
    Split,
}

/// <summary>What became of a place or a unit.</summary>
public enum SuccessionType
{
    Renamed,
    Merged,
    Split,
}

/// <summary>How a finished project's asset stands.</summary>
public enum AssetCondition
{
    InUse,
    Idle,
    Damaged,
    Disposed,
}

/// <summary>The grade of an evaluation.</summary>
public enum EvaluationGrade
{
    Excellent,
    Good,
    Fair,
    Poor,
}

/// <summary>What a disbursement is for.</summary>
public enum DisbursementNature
{
    Advance,
    Progress,
    Settlement,
    RetentionRelease,
    HouseholdSubsidy,
    InterestSubsidy,

    /// <summary>Moved, not spent, until the unit's claims are posted.</summary>
    TransferToUnit,
}

/// <summary>How far a project has got.</summary>
public enum ProgressStage
{
    NotStarted,
    Started,
    Completed,
}

public enum AcceptanceResult
{
    Passed,
    PassedWithConditions,
    Failed,
}

/// <summary>The way by which a posting came.</summary>
public enum Channel
{
    Http,
    Import,
    Queue,

    /// <summary>The publisher itself, of its publications.</summary>
    Publisher,
}

/// <summary>What an account may do for its department.</summary>
public enum DepartmentRole
{
    Poster,
    Approver,
}

/// <summary>The five programmes of the fight against poverty.</summary>
public enum Programme
{
    BasicNeeds,
    Relocation,
    Industry,
    Skills,
    Guarantee,
}

/// <summary>The four categories of a plan.</summary>
public enum PlanCategory
{
    Infrastructure,
    PublicWelfare,
    ProductionDevelopment,
    TrainingAndEducation,
}

namespace DisclosureCloud.Ledger;

/// <summary>Money out against an allocation.</summary>
/// <remarks>A notice may state that nothing was paid yet: that is a disbursement of zero, and not the same as saying nothing.</remarks>
[Kind("disbursement", "拨付", "disbursement")]
public sealed record Disbursement(
    [Field("专账编号", "The fund it is paid from", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project or programme it is paid for", Name = "project")] ProjectId ProjectId,
    [Field("依据的资金安排", "The allocation that it draws on", Name = "cites")] EntryId Allocation,
    [Field("金额", "How much")] Money Amount,
    [Field("支付性质", "What sort of payment it is")] DisbursementNature? Nature,
    [Field("依据的合同记录", "The commitment that it pays")] EntryId? Commitment,
    [Field("收款方类型", "Who is paid: an organisation, a collective, or individuals in aggregate")] PayeeType? PayeeType,
    [Field("收款方", "The organisation or collective that is paid; never a person")] FreeText? Payee,
    [Field("收款方统一社会信用代码", "Its unified social credit code")] OrganisationCode? PayeeCode,
    [Field("凭证号", "The voucher")] FreeText? Reference,
    [Field("来源公示", "The notice that states it", FromNotice = true)] NoticeId? Notice) : Fact, IOfProject;

/// <summary>A contract against an allocation.</summary>
[Kind("commitment", "合同", "commitment")]
public sealed record ContractCommitment(
    [Field("专账编号", "The fund that pays it", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("依据的资金安排", "The allocation that it draws on", Name = "cites")] EntryId Allocation,
    [Field("合同号", "The contract's number", Name = "reference")] FreeText ContractNumber,
    [Field("承包单位", "The contractor")] FreeText Contractor,
    [Field("承包单位统一社会信用代码", "The contractor's unified social credit code")] OrganisationCode? ContractorCode,
    [Field("采购方式", "How the contractor was found")] ProcurementMethod Procurement,
    [Field("合同金额", "What the contract comes to for this fund")] Money Amount,
    [Field("预付款比例(百分比)", "The share that may be paid in advance, in percent")] Percent? AdvanceRate,
    [Field("质保金比例(百分比)", "The share that is retained until the warranty ends, in percent")] Percent? RetentionRate,
    [Field("约定完工日期", "When the work is due by the contract")] DateOnly? Due) : Fact, IOfProject;

/// <summary>What a unit spent of money that was transferred to it: until then the money is moved, not spent.</summary>
[Kind("claim", "报账", "claim")]
public sealed record Claim(
    [Field("专账编号", "The fund", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("所报账的拨付记录", "The transfer to the unit that it accounts for", Name = "cites")] EntryId Transfer,
    [Field("金额", "How much")] Money Amount,
    [Field("收款方类型", "Who was paid: an organisation, a collective, or individuals in aggregate")] PayeeType? PayeeType,
    [Field("收款方", "The organisation or collective that was paid; never a person")] FreeText? Payee,
    [Field("凭证号", "The voucher")] FreeText Reference) : Fact, IOfProject;

/// <summary>Paid money that came back from a project.</summary>
[Kind("refund", "退回", "refund")]
public sealed record Refund(
    [Field("专账编号", "The fund that it comes back to", Name = "fund")] FundId FundId,
    [Field("项目编号", "The project", Name = "project")] ProjectId ProjectId,
    [Field("所退回的拨付记录", "The payment that it comes back from", Name = "cites")] EntryId Disbursement,
    [Field("金额", "How much")] Money Amount,
    [Field("原因", "Why")] FreeText Reason,
    [Field("凭证号", "The voucher")] FreeText? Reference) : Fact, IOfProject;

/// <summary>A batch of payments to households, in aggregate: money out against an allocation.</summary>
/// <remarks>The standard is a text, so that the leaf does not hold a figure by which the amount could be divided into a count.</remarks>
[Kind("household-transfer", "到户补助", "household transfer")]
public sealed record HouseholdTransfer(
    [Field("专账编号", "The fund it is paid from", Name = "fund")] FundId FundId,
    [Field("项目编号", "The programme it is paid for", Name = "project")] ProjectId ProjectId,
    [Field("依据的资金安排", "The allocation that it draws on", Name = "cites")] EntryId Allocation,
    [Field("批次", "The batch", Name = "reference")] FreeText Batch,
    [Field("依据的政策", "The policy by which it is paid")] FreeText Policy,
    [Field("补助标准", "The standard, in words, with its unit")] FreeText Standard,
    [Field("发放金额", "Sent to the bank for the whole batch")] Money Amount,
    [Field("发放户数", "Households of the batch")] Headcount Households,
    [Field("发放人数", "Persons of the batch")] Headcount? Persons,
    [Field("未成功金额", "Of it, what could not be credited")] Money? Failed,
    [Field("未成功户数", "Households that could not be paid")] Headcount? FailedHouseholds,
    [Field("退回金额", "Of what could not be credited, what came back to the fund")] Money? Returned) : Fact, IOfProject;

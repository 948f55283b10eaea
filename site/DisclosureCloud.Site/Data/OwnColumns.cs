using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Columns of <c>entries</c> alone: what became of an entry as it was recorded, and what only some kinds have.</summary>
internal static class EntryColumns
{
    public static Column Status { get; } = Common.Required(
        "status",
        "状态:现行、已更正、已撤销;按金额合计时只计现行",
        "Whether what it says counts: current, corrected or withdrawn. A sum takes the current ones alone",
        row => DataCell.Of(row.Standing.Status)) with
    {
        Codes = [.. Code.Texts(typeof(EntryStatus))],
    };

    public static Column AmendedBy { get; } = Common.Optional(
        "amendedBy", "更正或撤销它的记录", "The correction or withdrawal that ended it", row => DataCell.Of(row.Standing.AmendedBy?.Value));

    public static Column StandsFor { get; } = Common.Optional(
        "standsFor", "更正后取代的记录", "The entry in whose place it stands since a correction", row => DataCell.Of(row.Standing.StandsFor?.Value));

    public static Column Reference { get; } =
        Common.Optional("reference", "文号或凭证号", "The document number or voucher", row => DataCell.Of(row.Fact.ReferenceOf()));

    public static Column Text { get; } = Common.Optional(
        "text",
        "记录的主要文字:名称、来源、用途、完成情况、验收单位、标题或备注",
        "Its main words: a name, source, purpose, what was done, who accepted it, a title or a remark",
        row => DataCell.Of(row.Fact.TextOf()));

    public static Column Stage { get; } =
        Common.Optional("stage", "进度阶段", "Progress: how far it has got", row => DataCell.Of((row.Fact as Progress)?.Stage)) with
        {
            Codes = [.. Code.Texts(typeof(ProgressStage))],
        };

    public static Column Percent { get; } = Common.Optional(
        "percent",
        "形象进度(百分比)",
        "Progress: physical progress in whole percent",
        row => DataCell.Of((row.Fact as Progress)?.Percent?.Value),
        ColumnType.Integer);

    public static Column Result { get; } =
        Common.Optional("result", "验收结果", "Acceptance: what was found", row => DataCell.Of((row.Fact as Acceptance)?.Result)) with
        {
            Codes = [.. Code.Texts(typeof(AcceptanceResult))],
        };
}

/// <summary>Columns of <c>appropriations</c> alone: what of one is money that another fund here passed down, each fen once.</summary>
internal static class ReceiptColumns
{
    public static ReadOnlySpan<Column> OfAppropriation => new[]
    {
        Common.Optional(
            "receivedFromFund",
            "由哪个专账转下达",
            "The fund here whose pass-down this acknowledges",
            row => DataCell.Of(row.Index.Receipts.SenderOf(row.Entry.Id)?.Value)),
        Common.Optional(
            "receivedFen",
            "其中:算作收到转下达的金额(分);其余按别处来的钱计",
            "Of it: what counts as the receipt of that pass-down, in fen; the rest is money from elsewhere",
            row => DataCell.Of(row.Index.Receipts.Of(row.Entry.Id)?.Amount),
            ColumnType.Integer),
    };

    /// <summary>Of a pass-down; empty for an allocation.</summary>
    public static Column OfPassDown { get; } = Common.Optional(
        "acknowledgedFen",
        "转下达中下级已公布收到的金额(分)",
        "Of a pass-down: what lower funds have acknowledged, in fen",
        row => row.Fact is PassDown ? DataCell.Of(row.Index.Receipts.Received(row.Entry.Id).Fen) : DataCell.Missing,
        ColumnType.Integer);
}

/// <summary>Columns of <c>allocations</c> alone.</summary>
internal static class AllocationColumns
{
    private const string LowerGovernment = "lower-government";

    /// <summary>Who uses the money, in the words of the notice format.</summary>
    public static Column Recipient { get; } = Common.Required(
        "recipient",
        "资金去向:项目、专项补助(无工程)、下级政府(转下达,不是项目)",
        "Who uses it: a project, a programme without works, or a lower government (passed down, never a project)",
        row => row.Fact is PassDown ? DataCell.Of(LowerGovernment) : DataCell.Of(row.Project?.Type)) with
    {
        Codes = [.. Code.Texts(typeof(ProjectType)), LowerGovernment],
    };

    /// <summary>What became of an allocation; empty for a pass-down.</summary>
    public static ReadOnlySpan<Column> Account => new[]
    {
        Of("reducedFen", "已调减(分)", "Taken back by reductions, in fen", account => account.Reduced),
        Of("committedFen", "合同金额(分)", "Under contract, in fen", account => account.Committed),
        Of("disbursedFen", "已拨付减退回(分);未载明则空", "Paid and not come back, in fen; empty where none is stated", account => account.Disbursed - account.Refunded),
    };

    public static Column Name { get; } = Common.Optional(
        "projectName",
        "项目名称;转下达则为用途",
        "The name of the project or programme; the purpose of a pass-down",
        row => DataCell.Of(row.Fact is PassDown down ? down.Purpose : row.Project?.Name));

    private static Column Of(string name, string chinese, string english, Func<AllocationAccount, Money?> part) => Common.Optional(
        name,
        chinese,
        english,
        row => DataCell.Of(row.Fact is Allocation share && row.Index.Books(share.FundId).Allocations.GetValueOrDefault(row.Entry.Id) is { } account
            ? name == "disbursedFen" && row.Index.Account(share.FundId, share.ProjectId).Disbursements == 0 ? null : part(account)
            : null),
        ColumnType.Integer);
}

/// <summary>Columns of <c>notices</c> alone.</summary>
internal static class NoticeColumns
{
    public static Column Total { get; } = Common.Required(
        "amountFen",
        "公示所载总额(分)",
        "The total that the notice states, in fen (hundredths of a yuan)",
        row => DataCell.Of(((Notice)row.Fact).Total),
        ColumnType.Integer);

    /// <summary>The notice format says fiscal year; all tables say budget year, so that they can be joined on one name.</summary>
    public static Column BudgetYear { get; } = Common.Required(
        "budgetYear", "预算年度", "The budget year", row => DataCell.Of(((Notice)row.Fact).FiscalYear.Value), ColumnType.Integer);

    public static Column Currency { get; } = Common.Required(
        "currency", "币种", "The currency of the amounts", row => DataCell.Of(((Notice)row.Fact).Total.Currency.Code));
}

/// <summary>Columns of <c>funds</c> alone: the books at the snapshot's position.</summary>
internal static class FundColumns
{
    public static ReadOnlySpan<Column> Books => new[]
    {
        Of("appropriatedFen", "已下达(分)", "Given to the fund, in fen", books => books.Appropriated),
        Of("interestFen", "利息(分)", "Interest, in fen", books => books.Interest),
        Of("returnedFen", "已上缴(分)", "Returned to its source, in fen", books => books.Returned),
        Of("passedDownFen", "已转下达(分)", "Passed down to lower governments, in fen", books => books.PassedDown),
        Of("allocatedFen", "已安排(分)", "Allocated to projects and programmes, in fen", books => books.NetAllocated),
        Of("freeFen", "未安排(分)", "Neither passed down nor allocated, in fen", books => books.Free),
        Of("committedFen", "合同金额(分)", "Under contract, in fen", books => books.Committed),
        Of("disbursedFen", "已拨付减退回(分);未载明则空", "Paid and not come back, in fen; empty where no payment is stated", Totals.Disbursed),
        Of("movedFen", "其中:已转单位未报账(分)", "Of it: moved to units that have not accounted for it, in fen", Totals.IfPaid(books => books.Moved)),
        Of("placedFen", "其中:风险补偿金(分)", "Of it: placed as deposits, in fen", Totals.IfPaid(books => books.Placed)),
        Of("spentFen", "其中:已支出(分)", "Of it: spent, in fen", Totals.IfPaid(books => books.Spent)),
        Of("lentFen", "累计借出(分)", "Lent, in fen", books => books.Lent),
        Of("principalRepaidFen", "累计归还本金(分)", "Principal repaid, in fen", books => books.PrincipalRepaid),
        Of("feesFen", "累计占用费(分)", "Fees received, in fen", books => books.Fees),
        Of("writtenOffFen", "累计核销(分)", "Written off, in fen", books => books.WrittenOff),
        Of("outstandingFen", "借出余额(分)", "Outstanding, in fen", books => books.Outstanding),
        Common.Required("currency", "币种", "The currency of the amounts", row => DataCell.Of(BooksOf(row).Appropriated.Currency.Code)),
    };

    private static Column Of(string name, string chinese, string english, Func<FundBooks, Money?> total) =>
        Common.Optional(name, chinese, english, row => DataCell.Of(total(BooksOf(row))), ColumnType.Integer);

    private static FundBooks BooksOf(Row row) => row.Index.Books(((Fund)row.Fact).FundId);
}

/// <summary>Columns of <c>projects</c> alone: what the project has of the fund that registers it, at the snapshot's position.</summary>
internal static class ProjectColumns
{
    public static ReadOnlySpan<Column> Account => new[]
    {
        Of("allocatedFen", "该专账安排(分)", "Allocated to it by this fund, in fen", account => account.NetAllocated),
        Of("committedFen", "该专账合同金额(分)", "Under contract with this fund's money, in fen", account => account.Committed),
        Of("disbursedFen", "该专账拨付减退回(分);未载明则空", "Paid for it by this fund and not come back, in fen; empty where none is stated", Totals.Disbursed),
        Of("movedFen", "其中:已转单位未报账(分)", "Of it: moved to units that have not accounted for it, in fen", account => account.Disbursements > 0 ? account.Moved : null),
        Common.Required("currency", "币种", "The currency of the amounts", row => DataCell.Of(AccountOf(row).Allocated.Currency.Code)),
    };

    private static Column Of(string name, string chinese, string english, Func<ProjectAccount, Money?> total) =>
        Common.Optional(name, chinese, english, row => DataCell.Of(total(AccountOf(row))), ColumnType.Integer);

    private static ProjectAccount AccountOf(Row row) => row.Index.Account(((Project)row.Fact).FundId, ((Project)row.Fact).ProjectId);
}

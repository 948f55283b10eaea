using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Every table of the public data: those made by hand, each defined here and nowhere else, and one for each further kind.</summary>
internal static class DataTables
{
    /// <summary>Every entry, whatever its kind, with what all of them have.</summary>
    public static DataTable Entries { get; } = new TableBuilder<Fact>("entries", "台账记录", "Entries of the ledger", "entry")
        .Shared(Common.Entry, Common.Kind, Common.Fund, Common.Project, Common.ProjectName, Common.PlanItem, Common.PlanItemName, Common.Notice)
        .Shared(Common.Region, Common.RegionName, Common.Amount, Common.Currency, Common.Cites)
        .Shared(EntryColumns.Reference, EntryColumns.Text, EntryColumns.Stage, EntryColumns.Percent, EntryColumns.Result)
        .Shared(Common.Date, Common.RecordedAt, Common.Department, Common.Channel)
        .Shared(EntryColumns.Status, EntryColumns.AmendedBy, EntryColumns.StandsFor)
        .Build();

    public static DataTable Funds { get; } = new TableBuilder<Fund>("funds", "专项资金", "Funds", "fund")
        .Text("fund", fund => fund.FundId.Value, required: true)
        .Shared(Common.Entry)
        .Text("name", fund => fund.Name)
        .Number("budgetYear", fund => fund.BudgetYear.Value, required: true)
        .Shared(Common.Region, Common.RegionName)
        .Texts("regionNames", fund => fund.RegionNames)
        .Text("authority", fund => fund.Authority)
        .Text("budgetSubject", fund => fund.BudgetSubject)
        .Shared(FundColumns.Books)
        .Shared(Common.Notice)
        .Others<Fund>()
        .Shared(Common.Recorded)
        .Build();

    public static DataTable Appropriations { get; } = new TableBuilder<Appropriation>("appropriations", "资金下达", "Appropriations", "entry")
        .Shared(Common.Entry, Common.Fund, Common.FundName, Common.BudgetYear, Common.Region, Common.RegionName)
        .Code<SourceLevel>("level", it => it.Level, required: true)
        .Code<SourceNature>("nature", it => it.Nature, required: true)
        .Text("sourceName", it => it.SourceName)
        .Shared(Common.Amount with { Required = true }, Common.Currency with { Required = true })
        .Text("documentNumber", it => it.DocumentNumber)
        .Shared(Common.Cites, Common.Notice)
        .Shared(ReceiptColumns.OfAppropriation)
        .Others<Appropriation>("reference", "passDown")
        .Shared(Common.Recorded)
        .Build();

    public static DataTable Projects { get; } = new TableBuilder<Project>("projects", "项目", "Projects and programmes", "entry")
        .Text("project", it => it.ProjectId.Value, required: true)
        .Shared(Common.Entry, Common.Fund, Common.FundName, Common.BudgetYear)
        .Code<ProjectType>("type", it => it.Type, required: true)
        .Text("name", it => it.Name)
        .Shared(Common.Region, Common.RegionName)
        .Text("placeName", it => it.PlaceName)
        .Text("content", it => it.Content)
        .Text("responsibleUnit", it => it.ResponsibleUnit)
        .Shared(ProjectColumns.Account)
        .Money("totalInvestment", it => it.TotalInvestment)
        .Money("selfRaised", it => it.SelfRaised)
        .Date("due", it => it.Due)
        .Number("projectCount", it => it.ProjectCount)
        .Code<Programme>("programme", it => it.Programme)
        .Code<PlanCategory>("category", it => it.Category)
        .Text("planItem", it => it.PlanItem?.Value)
        .Shared(Common.Notice)
        .Others<Project>("place", "fund")
        .Shared(Common.Recorded)
        .Build();

    /// <summary>Shares of funds, pass-downs among them: a row is as a notice prints it, so that it can be read alone.</summary>
    public static DataTable Allocations { get; } =
        new TableBuilder<Fact>("allocations", "资金安排与转下达", "Allocations and pass-downs", "entry", typeof(Allocation), typeof(PassDown))
            .Shared(Common.Entry, AllocationColumns.Recipient, Common.Fund, Common.FundName, Common.BudgetYear)
            .Shared(Common.Project, AllocationColumns.Name, Common.Region, Common.RegionName)
            .Joined("placeName", ColumnType.String, row => DataCell.Of(row.Fact is PassDown down ? down.PlaceName : row.Project?.PlaceName))
            .Joined("content", ColumnType.String, row => DataCell.Of(row.Fact is PassDown down ? down.Content : row.Project?.Content))
            .Joined(
                "responsibleUnit",
                ColumnType.String,
                row => DataCell.Of(row.Fact is PassDown down ? down.ResponsibleUnit : row.Project?.ResponsibleUnit))
            .Shared(Common.Amount with { Required = true }, Common.Currency with { Required = true })
            .Text("documentNumber", fact => fact.ReferenceOf())
            .Joined("transferred", ColumnType.Integer, row => DataCell.Of((row.Fact as PassDown)?.Transferred))
            .Joined(
                "totalInvestment",
                ColumnType.Integer,
                row => DataCell.Of(row.Fact is PassDown down ? down.TotalInvestment : row.Project?.TotalInvestment))
            .Joined(
                "selfRaised",
                ColumnType.Integer,
                row => DataCell.Of(row.Fact is PassDown down ? down.SelfRaised : row.Project?.SelfRaised))
            .Joined("due", ColumnType.Date, row => DataCell.Of(row.Fact is PassDown down ? down.Due : row.Project?.Due))
            .Joined(
                "projectCount",
                ColumnType.Integer,
                row => DataCell.Of(row.Fact is PassDown down ? down.ProjectCount : row.Project?.ProjectCount))
            .Text("note", fact => fact is PassDown down ? down.Note : ((Allocation)fact).Note)
            .Number("row", fact => fact is PassDown down ? down.Row : ((Allocation)fact).Row)
            .Shared(Common.Notice)
            .Shared(AllocationColumns.Account)
            .Shared(ReceiptColumns.OfPassDown)
            .Others<Allocation>("reference")
            .Shared(Common.Recorded)
            .Build();

    public static DataTable Disbursements { get; } = new TableBuilder<Disbursement>("disbursements", "拨付", "Disbursements", "entry")
        .Shared(Common.Entry, Common.Fund, Common.FundName, Common.BudgetYear, Common.Project, Common.ProjectName)
        .Shared(Common.Region, Common.RegionName)
        .Shared(Common.Cites with { Required = true }, Common.Amount with { Required = true }, Common.Currency with { Required = true })
        .Code<DisbursementNature>("nature", it => it.Nature)
        .Text("reference", it => it.Reference)
        .Shared(Common.Notice)
        .Others<Disbursement>()
        .Shared(Common.Recorded)
        .Build();

    public static DataTable Notices { get; } = new TableBuilder<Notice>("notices", "公示公告", "Notices", "notice")
        .Text("notice", it => it.NoticeId.Value, required: true)
        .Shared(Common.Entry, Common.Fund)
        .Code<NoticeForm>("form", it => it.Form, required: true)
        .Text("authority", it => it.Authority)
        .Text("title", it => it.Title)
        .Shared(NoticeColumns.BudgetYear, Common.Region, Common.RegionName)
        .Texts("regionNames", it => it.RegionNames)
        .Shared(NoticeColumns.Total, NoticeColumns.Currency)
        .Money("unallocated", it => it.Unallocated)
        .Date("published", it => it.Published)
        .Text("sourceUrl", it => it.SourceUrl)
        .Text("documentNumber", it => it.DocumentNumber)
        .Text("budgetSubject", it => it.BudgetSubject)
        .Date("periodFrom", it => it.PeriodFrom)
        .Date("periodTo", it => it.PeriodTo)
        .Texts("principles", it => it.Principles)
        .Texts("supervisionPhones", it => it.SupervisionPhones)
        .Text("performanceOutput", it => it.PerformanceOutput)
        .Count("beneficiaryHouseholds", it => it.BeneficiaryHouseholds)
        .Count("beneficiaryPersons", it => it.BeneficiaryPersons)
        .Text("transcriptionNote", it => it.TranscriptionNote)
        .Text("firstEntry", it => it.FirstEntry.Value, required: true)
        .Text("lastEntry", it => it.LastEntry.Value, required: true)
        .Shared(Common.Recorded)
        .Build();

    /// <summary>Those made by hand, in the order in which a reader would open them.</summary>
    public static ImmutableArray<DataTable> ByHand { get; } =
        [Entries, Funds, Appropriations, Projects, Allocations, Disbursements, Notices];

    /// <summary>One for each kind that has none made by hand, by the kind's name.</summary>
    public static ImmutableArray<DataTable> ByKind { get; } =
        [.. KindParts.Public.Where(kind => !ByHand.Skip(1).Any(table => table.Kinds.Contains(kind))).Select(KindTable.Of)];

    public static ImmutableArray<DataTable> All { get; } = [.. ByHand, .. ByKind];
}

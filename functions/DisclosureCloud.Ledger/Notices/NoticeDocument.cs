using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>A notice as it was sent, read and checked field by field (<c>notice.schema.json</c>). Null is "not stated".</summary>
/// <param name="RegionNames">From the province down.</param>
/// <param name="Region">Where they lead: the code of the lowest region named.</param>
public sealed record NoticeDocument(
    NoticeId Id,
    NoticeForm Form,
    FreeText Authority,
    ImmutableArray<FreeText> RegionNames,
    RegionCode Region,
    FreeText Title,
    BudgetYear FiscalYear,
    DateOnly? Published,
    FreeText? SourceUrl,
    FreeText? DocumentNumber,
    FreeText? BudgetSubject,
    Money Total,
    Money? Unallocated,
    ImmutableArray<NoticeSource> Sources,
    ImmutableArray<NoticeRow> Rows,
    ImmutableArray<FreeText> Principles,
    NoticePeriod? Period,
    NoticePerformance? Performance,
    ImmutableArray<FreeText> SupervisionPhones,
    FreeText? TranscriptionNote);

/// <summary>Where some of the money came from.</summary>
public sealed record NoticeSource(SourceLevel Level, FreeText Name, Money Amount, SourceNature Nature);

/// <summary>Who a row's money goes to.</summary>
public enum NoticeRecipient
{
    Project,
    Programme,
    LowerGovernment,
}

/// <summary>A row of the notice's table.</summary>
/// <param name="No">Its number as printed.</param>
/// <param name="Disbursed">Already paid of the amount; zero says that nothing was, null that the notice does not say.</param>
public sealed record NoticeRow(
    int No,
    FreeText Project,
    FreeText? Place,
    FreeText? Content,
    Money Amount,
    FreeText? ResponsibleUnit,
    Money? TotalInvestment,
    Money? SelfRaised,
    Money? Disbursed,
    DateOnly? Due,
    FreeText? Note,
    NoticeRecipient Recipient,
    int? ProjectCount);

/// <summary>The days on which objections are taken; no end where it is open for ever.</summary>
public sealed record NoticePeriod(DateOnly From, DateOnly? To);

/// <summary>What is to come of it, as stated.</summary>
public sealed record NoticePerformance(FreeText? Output, Headcount? Households, Headcount? Persons);

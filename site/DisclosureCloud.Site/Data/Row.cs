using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>An entry as a row of a table, with what stands beside it in other entries.</summary>
internal sealed record Row(Entry Entry, SnapshotIndex Index)
{
    public Fact Fact => Entry.Fact;

    /// <summary>The project that the entry is about, as its fund registered it.</summary>
    public Project? Project => Fact as Project ?? Index.Project(Fact.FundOf(), Fact.ProjectOf());

    public Fund? Fund => Fact as Fund ?? Index.Fund(Fact.FundOf());

    /// <summary>Where the entry counts: the project's place, the place money is passed down to, else the fund's region.</summary>
    public RegionCode? Region => Fact switch
    {
        PassDown passDown => passDown.Place,
        Notice notice => notice.Region,
        _ => Project?.Place ?? Fund?.Region,
    };

    public string? RegionName => Region is { } region ? Index.RegionName(region) : null;
}

/// <summary>What facts of several kinds have in common.</summary>
internal static class FactParts
{
    public static FundId? FundOf(this Fact fact) => fact switch
    {
        Fund it => it.FundId,
        Appropriation it => it.FundId,
        Project it => it.FundId,
        Allocation it => it.FundId,
        PassDown it => it.FundId,
        Disbursement it => it.FundId,
        Progress it => it.FundId,
        Acceptance it => it.FundId,
        Notice it => it.FundId,
        _ => null,
    };

    public static ProjectId? ProjectOf(this Fact fact) => fact switch
    {
        Project it => it.ProjectId,
        Allocation it => it.ProjectId,
        Disbursement it => it.ProjectId,
        Progress it => it.ProjectId,
        Acceptance it => it.ProjectId,
        _ => null,
    };

    /// <summary>The notice that states the fact, or that the fact is.</summary>
    public static NoticeId? NoticeOf(this Fact fact) => fact switch
    {
        Fund it => it.Notice,
        Appropriation it => it.Notice,
        Project it => it.Notice,
        Allocation it => it.Notice,
        PassDown it => it.Notice,
        Disbursement it => it.Notice,
        Notice it => it.NoticeId,
        _ => null,
    };

    /// <summary>The money that the fact moves. A total that a notice states moves none.</summary>
    public static Money? AmountOf(this Fact fact) => fact switch
    {
        Appropriation it => it.Amount,
        Allocation it => it.Amount,
        PassDown it => it.Amount,
        Disbursement it => it.Amount,
        _ => null,
    };

    public static EntryId? CitesOf(this Fact fact) => fact switch
    {
        Appropriation it => it.PassDown,
        Disbursement it => it.Allocation,
        _ => null,
    };

    public static FreeText? ReferenceOf(this Fact fact) => fact switch
    {
        Appropriation it => it.DocumentNumber,
        Allocation it => it.DocumentNumber,
        PassDown it => it.DocumentNumber,
        Disbursement it => it.Reference,
        Acceptance it => it.DocumentNumber,
        Notice it => it.DocumentNumber,
        _ => null,
    };

    /// <summary>The words of the entry that say most.</summary>
    public static FreeText? TextOf(this Fact fact) => fact switch
    {
        Fund it => it.Name,
        Appropriation it => it.SourceName,
        Project it => it.Name,
        PassDown it => it.Purpose,
        Allocation it => it.Note,
        Progress it => it.Done,
        Acceptance it => it.Body,
        Notice it => it.Title,
        _ => null,
    };
}

using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>An entry as a row of a table, with what stands beside it in other entries.</summary>
internal sealed record Row(Entry Entry, SnapshotIndex Index)
{
    public Fact Fact => Entry.Fact;

    /// <summary>The fact that the entry is about: what it says itself or, of an amendment, what that amends.</summary>
    public Fact Subject => Index.History.SubjectOf(Fact);

    public EntryStanding Standing => Index.Standing(Entry.Id);

    /// <summary>The project that the entry is about, as its fund registered it.</summary>
    public Project? Project => Subject as Project ?? Index.Project(Subject.FundOf(), Subject.ProjectOf());

    /// <summary>The item of the project library that the entry speaks of, or its project carries out.</summary>
    public PlanItemId? PlanItemId => Subject.PlanItemOf() ?? Project?.PlanItem;

    public PlanItem? PlanItem => Subject as PlanItem ?? Index.PlanItem(PlanItemId);

    public Fund? Fund => Subject as Fund ?? Index.Fund(Subject.FundOf());

    /// <summary>Where the entry counts: the place that it names itself, else its project's, else its fund's region.</summary>
    public RegionCode? Region => Index.Now(Subject, Project, Fund);

    public string? RegionName => Region is { } region ? Index.RegionName(region) : null;
}

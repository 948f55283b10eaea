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

    /// <summary>Where the entry counts: the place that it names itself, else its project's, else its fund's region.</summary>
    public RegionCode? Region => Fact.PlaceOf() ?? Project?.Place ?? Fund?.Region;

    public string? RegionName => Region is { } region ? Index.RegionName(region) : null;
}

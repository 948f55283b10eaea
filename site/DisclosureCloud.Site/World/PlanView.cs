using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>An item of the project library, what the tiers said of it, and what became of it.</summary>
internal sealed class PlanView(Posted<PlanItem> posted, RuleBook rules)
{
    public Posted<PlanItem> Posted { get; } = posted;

    public PlanItem Fact => Posted.Fact;

    public string Id => Fact.PlanItemId.Value;

    /// <summary>In the order of the ledger.</summary>
    public List<Posted<PlanApproval>> Said { get; } = [];

    /// <summary>The projects that carry it out, each as a fund registered it.</summary>
    public List<ProjectView> Projects { get; } = [];

    /// <summary>The rules of the place where it is to be.</summary>
    public PlaceRules Rules { get; } = rules.For(posted.Fact.Place);

    public PlanItemState State => Said.Aggregate(
        PlanState.Open(Fact), (state, said) => (PlanState)state.With(said.Fact, new About(said.Entry.Id, said.Entry.Date, said.Entry.Department))).StateBy(Rules);

    /// <summary>Allocated to what carries it out, in fen; null where nothing does.</summary>
    public long? AllocatedFen => Projects.Count == 0 ? null : Projects.Sum(project => project.AllocatedFen);
}

using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The tables of a project that may grow long, each begun on the project's page.</summary>
internal sealed class ProjectTables
{
    /// <param name="registrations">The project as each of its funds registered it; most have one.</param>
    public ProjectTables(World world, IReadOnlyList<ProjectView> registrations)
    {
        Registrations = registrations;
        ProjectView first = First;
        Thing = new("projects", first.Id, first.Fact.Name, static c => [new(new Plain(c.Texts.Projects), "projects/")]);
        OfFunds = registrations.ToDictionary(one => one.Fund.Id, one => new ProjectMoney(Thing, one), StringComparer.Ordinal);
        History = ProjectHistory.Of(Thing, registrations);
        Withdrawn = WithdrawnTable.Of(Thing, world.Withdrawn.Where(one => ProjectView.IdOf(one.Fact) == first.Fact.ProjectId));
    }

    public IReadOnlyList<ProjectView> Registrations { get; }

    /// <summary>The first registration gives the page its name.</summary>
    public ProjectView First => Registrations.MinBy(one => one.Posted.Index)!;

    public Thing Thing { get; }

    /// <summary>By the funds' ids.</summary>
    public IReadOnlyDictionary<string, ProjectMoney> OfFunds { get; }

    public LongTable<Posted<Fact>> History { get; }

    public LongTable<WithdrawnThing> Withdrawn { get; }

    public IEnumerable<LongTable> All => [.. OfFunds.Values.SelectMany(one => one.All), History, Withdrawn];
}

/// <summary>What a project has of one fund.</summary>
internal sealed class ProjectMoney(Thing thing, ProjectView project)
{
    public LongTable<Posted<Fact>> Allocations { get; } = AllocationTable.Of(thing, project);

    public LongTable<Payment> Payments { get; } = PaymentTable.Of(thing, $"payments-{project.Fund.Id}", project.Fund, project.Fund.EntriesOf(project.Fact.ProjectId), withProject: false);

    public LongTable<Posted<ContractCommitment>> Contracts { get; } =
        ContractTable.Of(thing, $"contracts-{project.Fund.Id}", project.Fund, project.Of<ContractCommitment>(), withProject: false);

    public LongTable<Posted<HouseholdTransfer>> Households { get; } = HouseholdTable.Of(thing, project);

    public IEnumerable<LongTable> All => [Allocations, Payments, Contracts, Households];
}

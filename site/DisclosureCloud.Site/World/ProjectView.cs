using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A project or programme as one fund registered it, with everything that the ledger says about it, in the order of the ledger.</summary>
/// <remarks>Several funds may register one project. Its page stands under its id and shows each of them; each fen belongs to one.</remarks>
internal sealed class ProjectView(Posted<Project> project, FundView fund)
{
    public Posted<Project> Posted { get; } = project;

    public Project Fact => Posted.Fact;

    public string Id => Fact.ProjectId.Value;

    public FundView Fund { get; } = fund;

    public List<Posted<Allocation>> Allocations { get; } = [];

    public List<Posted<Disbursement>> Disbursements { get; } = [];

    public List<Posted<Progress>> Progress { get; } = [];

    public List<Posted<Acceptance>> Acceptances { get; } = [];

    /// <summary>What it has of this fund.</summary>
    public ProjectAccount Account => Fund.Books.Projects[Fact.ProjectId];

    /// <summary>Allocated and not reduced, in fen.</summary>
    public long AllocatedFen => Account.NetAllocated.Fen;

    /// <summary>What was paid and did not come back, in fen; null where nobody has said.</summary>
    public long? PaidFen => Account.Disbursements == 0 ? null : Account.NetDisbursed.Fen;
}

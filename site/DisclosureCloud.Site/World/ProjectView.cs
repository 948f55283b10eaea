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

    public long AllocatedFen => Allocations.Sum(share => share.Fact.Amount.Fen);

    /// <summary>What was paid, in fen; null where nobody has said.</summary>
    public long? PaidFen => Disbursements.Count == 0 ? null : Disbursements.Sum(paid => paid.Fact.Amount.Fen);
}

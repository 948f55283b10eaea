using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What a finished project left, with its income. None of it is a fund's money.</summary>
internal sealed class AssetView(ProjectView project)
{
    public ProjectView Project { get; } = project;

    /// <summary>How it stood at each date, in the order of the ledger; at least one.</summary>
    public List<Posted<Asset>> States { get; } = [];

    public List<Posted<IncomeDistribution>> Incomes { get; } = [];

    /// <summary>How it stands now.</summary>
    public Posted<Asset> Now => States[^1];

    public string Id => Now.Fact.AssetId.Value;

    /// <summary>Came in; null where nobody has said.</summary>
    public long? IncomeFen => Incomes.Any(one => one.Fact.Income is not null) ? Incomes.Sum(one => one.Fact.Income?.Fen ?? 0) : null;

    /// <summary>Distributed; null where nobody has said.</summary>
    public long? DistributedFen => Incomes.Any(one => one.Fact.Distributed is not null) ? Incomes.Sum(one => one.Fact.Distributed?.Fen ?? 0) : null;

    /// <summary>Came in and was not distributed; null where no income is stated.</summary>
    public long? KeptFen => IncomeFen is { } income ? income - (DistributedFen ?? 0) : null;
}

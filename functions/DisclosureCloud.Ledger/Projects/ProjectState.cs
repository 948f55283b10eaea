using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What is known of a project and is no money of a fund: its assets and their income.</summary>
public sealed record ProjectState : StreamState
{
    public ImmutableSortedDictionary<AssetId, AssetAccount> Assets { get; init; } = ImmutableSortedDictionary.Create<AssetId, AssetAccount>(new IdOrder<AssetId>());

    public override StreamState With(Fact fact, About about) => fact switch
    {
        Asset one => this with
        {
            Assets = Assets.SetItem(one.AssetId, (Assets.GetValueOrDefault(one.AssetId) ?? new AssetAccount()) with { Value = one.Value, Condition = one.Condition }),
        },
        IncomeDistribution one => this with
        {
            Assets = Assets.SetItem(one.AssetId, Assets[one.AssetId] with
            {
                Income = Assets[one.AssetId].Income + (one.Income ?? default), Distributed = Assets[one.AssetId].Distributed + (one.Distributed ?? default),
            }),
        },
        Progress or Acceptance or Evaluation => this,
        _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of a project's stream."),
    };
}

/// <summary>One asset: what it is worth, and its income. None of it is a fund's money.</summary>
public sealed record AssetAccount
{
    public Money Value { get; init; }

    public AssetCondition Condition { get; init; }

    public Money Income { get; init; }

    public Money Distributed { get; init; }

    /// <summary>Came in and was not distributed.</summary>
    public Money Kept => Income - Distributed;
}

using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>What became of something that a department sent: the stream <c>posting/{id}</c> tells it.</summary>
/// <param name="ReceivedAt">When it was first stored; UTC, to the millisecond.</param>
public abstract record PostingFate(PostingId Id, DepartmentId Department, PersonId Poster, Channel Channel, DateTimeOffset ReceivedAt)
{
    private const string RegionName = "region";

    /// <summary>Where it belongs: who acts for a part of the country sees it if it lies therein. Of a refused message, where its sender acts.</summary>
    public RegionCode Region { get; init; } = RegionCode.Country;

    public StreamName Stream => StreamName.Of(Id);

    /// <summary>The commitments of the values that it needs; any other value kept under its id is an orphan.</summary>
    public abstract IEnumerable<Commitment> Commitments { get; }

    /// <summary>The fate after the commits of its stream, by version from 0; null where there are none.</summary>
    public static PostingFate? Fold(IReadOnlyList<Commit> commits)
    {
        ArgumentNullException.ThrowIfNull(commits);
        return commits is [{ } first, ..] && TurnedAway.IsOne(first) ? TurnedAway.Of(first) : PostingRecord.Fold(commits);
    }

    // What was written before there was such a word belongs to the whole country, and the country itself is not written.
    private protected static RegionCode RegionIn(Commit first) =>
        first.State[RegionName] is { } region ? Ledger.Id.Parse<RegionCode>(region.GetValue<string>()) : RegionCode.Country;

    private protected JsonObject WithRegion(JsonObject state)
    {
        if (Region != RegionCode.Country)
        {
            state[RegionName] = Region.Value;
        }

        return state;
    }
}

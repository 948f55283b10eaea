using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Suppression;

/// <summary>All that the public is told of the entries of a snapshot: made once, before every output and for every language and format.</summary>
/// <param name="Entries">In their order, without counts that are too small.</param>
/// <param name="Pools">What of these counts is told together.</param>
internal sealed record PublicView(ImmutableArray<Entry> Entries, ImmutableArray<Pool> Pools)
{
    /// <param name="recorded">As the ledger has them, in the order of the log.</param>
    public static PublicView Of(ImmutableArray<Entry> recorded) => new([.. recorded.Select(PublicFact.Of)], Pooling.Of(recorded));
}

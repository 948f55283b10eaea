using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>The places that bear on a posting, and whether its sender acts for them.</summary>
/// <param name="about">The places of what its facts are about, each with the fact's place in the posting; none where that has none, or is not there.</param>
internal sealed class PostingPlaces(Draft draft, ImmutableArray<Fact> facts, IReadOnlyList<(int Index, RegionCode Place)> about)
{
    private readonly IReadOnlyList<(string Pointer, RegionCode Place)> _places = PostingRegion.PlacesOf(draft, facts, about);

    /// <summary>The region that the posting belongs to.</summary>
    public RegionCode Region => PostingRegion.Of(_places);

    /// <summary>That one of the places is not the sender's; null where all are, or there is none.</summary>
    public Submission.Forbidden? Refusal(Sender sender)
    {
        foreach ((string pointer, RegionCode place) in _places)
        {
            if (!sender.ActsFor(place))
            {
                return new Submission.Forbidden(OtherRegion(pointer, sender));
            }
        }

        return null;
    }

    /// <summary>That there is no place at all, of a posting that nothing else speaks against.</summary>
    /// <remarks>Looked at last: who names a fund that there is not is to be told that.</remarks>
    public Submission.Forbidden? RefusalOfNone(Sender sender) =>
        sender.ActsFor(Region) ? null : new Submission.Forbidden(OtherRegion("", sender));

    public static Finding OtherRegion(string pointer, Sender sender) => new(
        pointer, "other-region", "The token is good for what lies in its region alone. This names another place, or belongs to a wider one.", null, sender.Region?.Value);
}

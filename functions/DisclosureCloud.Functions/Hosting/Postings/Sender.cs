using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Who sends or decides, from the token alone.</summary>
/// <param name="Region">The region that the person acts for; the whole deployment where null.</param>
internal sealed record Sender(DepartmentId Department, PersonId Person, Channel Channel, RegionCode? Region = null)
{
    /// <summary>True where the person may act for that place.</summary>
    public bool ActsFor(RegionCode place) => Region is not { } region || region.Covers(place);

    /// <summary>True where what became of a posting is the person's business: their department's, and of their region. To any other there is none.</summary>
    public bool MaySee(PostingFate fate) => fate.Department == Department && ActsFor(fate.Region);
}

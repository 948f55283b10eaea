using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A place that entries named once and for which nothing counts any more: its address stays.</summary>
/// <param name="Name">As it was called; null where no entry says.</param>
/// <param name="Now">The place as which it goes on; null where what named it was corrected or withdrawn.</param>
/// <param name="Change">Why and by which document it goes on as another: itself, or the place above that it went with.</param>
/// <param name="Since">From when on; null where nobody has said.</param>
internal sealed record FormerPlace(RegionCode Code, FreeText? Name, Region? Now, RegionChange? Change, DateOnly? Since);

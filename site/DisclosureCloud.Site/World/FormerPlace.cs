using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A place that entries named once and for which nothing counts any more: its address stays.</summary>
/// <param name="Name">As it was called; null where no entry says.</param>
/// <param name="Now">The place as which it goes on; null where what named it was corrected or withdrawn.</param>
/// <param name="Change">Why and by which document it goes on as another.</param>
internal sealed record FormerPlace(RegionCode Code, FreeText? Name, Region? Now, RegionChange? Change);

using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Money that came to a fund from outside all funds here.</summary>
/// <param name="Level">Null for what was there before the log: nobody has said where it came from.</param>
/// <param name="Nature">Null likewise.</param>
internal sealed record Given(FundView Fund, SourceLevel? Level, SourceNature? Nature, long Fen);

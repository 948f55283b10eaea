using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Suppression;

namespace DisclosureCloud.Site;

/// <summary>All that the site is made from. The same snapshot gives the same bytes on any machine.</summary>
/// <param name="Position">How many entries it shows: the length of <paramref name="Entries"/>.</param>
/// <param name="AsOf">The only today that pages know: a civil date in the deployment's zone.</param>
/// <param name="Entries">Every entry up to the position, in the order of the log, as it was recorded.</param>
/// <param name="Settings">Whose site it is.</param>
public sealed record Snapshot(long Position, DateOnly AsOf, ImmutableArray<Entry> Entries, SiteSettings Settings)
{
    /// <summary>Every entry up to the position, as the public is told it: nothing that is made from a snapshot ever sees a count that is too small.</summary>
    public ImmutableArray<Entry> Entries => Shown.Entries;

    /// <summary>All that anything made from this snapshot may know.</summary>
    internal PublicView Shown { get; } = PublicView.Of(Entries);

    /// <summary>Where its entries stand in the log; null where there is no log, and then no page speaks of one.</summary>
    public LogView? Log { get; init; }
}

/// <summary>What an operator says about the site.</summary>
/// <param name="Operator">Whose site it is; null for a trial, whose pages say that they are no site of the governments
/// named in them.</param>
/// <param name="Hotlines">The operator's current hotlines, which stand first on every page.</param>
public sealed record SiteSettings(string? Operator, ImmutableArray<string> Hotlines)
{
    public static SiteSettings Trial { get; } = new(null, []);

    /// <summary>Where the public reaches the site, such as <c>https://sun.county.gov.cn</c>: scheme and host alone, in ASCII; null where nobody said.</summary>
    /// <remarks>Printed notices lead there. Pages need it for nothing else: they link each other from the root.</remarks>
    public string? Address { get; init; }

    /// <summary>The deployment's zone: a page shows the civil day in it on which something was recorded, as the as-of date is one.</summary>
    /// <remarks>China's, unless told otherwise: one zone without summer time, and so the same on any machine.</remarks>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), "Asia/Shanghai", "Asia/Shanghai");

    /// <summary>Tiers, thresholds and periods by place: pages say how far an item of the project library has come by them.</summary>
    public RuleBook Rules { get; init; } = RuleBook.BuiltIn;
}

/// <summary>The order in which files become public.</summary>
public enum SiteStage
{
    Asset,
    Data,
    Detail,
    Index,
    Home,
    Manifest,
    Status,
}

/// <summary>A file of the site, to be rendered when asked. Rendering is pure and may be done on any thread.</summary>
/// <param name="Path">Relative, with <c>/</c>, such as <c>en/funds/f1/index.html</c>.</param>
/// <param name="Stage">When it becomes public.</param>
/// <param name="Render">Gives the file's bytes.</param>
public sealed record SiteFile(string Path, SiteStage Stage, Func<byte[]> Render);

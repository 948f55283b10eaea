using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Every file of the site but the manifest and the status, which say what these are.</summary>
internal static class SitePlan
{
    private static readonly string[] ThingFolders = ["funds", "projects", "regions", "notices", "departments", "plans"];

    public static IReadOnlyList<SiteFile> Of(Snapshot snapshot) => [.. SiteRenderer.Plan(snapshot), .. DataFiles.Plan(snapshot)];

    /// <summary>True for the page of one thing, in either language.</summary>
    public static bool IsPageOfAThing(string path)
    {
        string plain = path.StartsWith("en/", StringComparison.Ordinal) ? path[3..] : path;
        string[] parts = plain.Split('/');

        // The further pages of a list begin with an underscore, and no id does.
        return parts is [var folder, [not '_', ..], "index.html"] && ThingFolders.Contains(folder, StringComparer.Ordinal);
    }
}

/// <summary>What makes the same snapshot look the same: the code and texts that render it, and what the operator says.</summary>
internal static class ContentVersion
{
    public static Sha256Hex Of(SiteSettings settings)
    {
        // A deterministic build gives a module the same id for the same sources. Data and pages are made in these two.
        string[] parts =
        [
            typeof(Snapshot).Module.ModuleVersionId.ToString("N"),
            typeof(Money).Module.ModuleVersionId.ToString("N"),
            settings.Operator ?? "",
            settings.Address ?? "",
            settings.Rules.Version.Value,
            settings.Zone.Id,
            .. settings.Hotlines,
        ];
        return Sha256Hex.Of(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', parts)));
    }
}

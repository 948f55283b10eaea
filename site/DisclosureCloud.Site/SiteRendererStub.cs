namespace DisclosureCloud.Site;
public static class SiteRenderer { public static IReadOnlyList<SiteFile> Plan(Snapshot snapshot) => [new("index.html", SiteStage.Home, () => "<h1>x</h1>"u8.ToArray())]; }

using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>
/// The JSON Schema of each kind that can be sent, as files: the interface serves the same, where there is one. Beside them, that of each
/// type of event.
/// </summary>
internal static class SchemaFiles
{
    public static IEnumerable<SiteFile> All =>
    [
        .. KindSchema.All.Where(Has).Select(kind => new SiteFile(
            PathOf(kind), SiteStage.Data, () => CanonicalJson.Write(kind.IsPosted ? KindJsonSchema.Of(kind) : KindJsonSchema.OfNotice()))),
        .. EventType.All.Select(type => new SiteFile(PathOf(type), SiteStage.Data, () => CanonicalJson.Write(EventJsonSchema.Of(type)))),
    ];

    /// <summary>A publication is sent by nobody. A notice is, in a form of its own.</summary>
    public static bool Has(KindSchema kind) => kind.IsPosted || kind.Name == "notice";

    public static string PathOf(KindSchema kind) => $"data/schemas/{kind.Name}.json";

    public static string PathOf(EventType type) => $"data/schemas/events/{type.Name}.json";
}

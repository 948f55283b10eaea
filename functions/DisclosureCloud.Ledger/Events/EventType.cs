using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>A type of event that subscribers receive, as the data dictionary describes it. The envelope is CloudEvents 1.0.</summary>
/// <remarks>An event says which public thing to look at, and nothing that is not on the site already.</remarks>
/// <param name="Name">Its <c>type</c>, such as <c>disclosure.entry.published</c>.</param>
/// <param name="Chinese">When it is sent.</param>
/// <param name="English">When it is sent.</param>
/// <param name="Subject">The form of its <c>subject</c>.</param>
/// <param name="Fields">The members of its <c>data</c>.</param>
public sealed record EventType(string Name, string Chinese, string English, string Subject, ImmutableArray<EventField> Fields)
{
    public static readonly EventType EntryPublished = new(
        "disclosure.entry.published",
        "一条记录随发布而公开之后",
        "After an entry became public with a publication",
        "entry/{entry}",
        [
            new("entry", typeof(EntryId), "记录编号", "The entry's id", IsAlwaysThere: true),
            new("kind", typeof(string), "记录类型", "Its kind", IsAlwaysThere: true),
            new("stream", typeof(StreamName), "所属台账流", "The stream of the ledger that it is in, such as fund/{id}", IsAlwaysThere: true),
        ]);

    public static readonly EventType NoticeOpened = new(
        "disclosure.notice.opened",
        "一份载明公示期且尚未期满的公示公开之后",
        "After a notice (公示) became public whose stated period is not over",
        "notice/{notice}",
        [
            new("notice", typeof(NoticeId), "公示编号", "The notice's id", IsAlwaysThere: true),
            new("region", typeof(RegionCode), "地区代码", "The region it is about", IsAlwaysThere: true),
            new("periodFrom", typeof(DateOnly), "公示期起", "The first day on which objections are taken", IsAlwaysThere: false),
            new("periodTo", typeof(DateOnly), "公示期止", "The last day; absent where it is open for ever", IsAlwaysThere: false),
        ]);

    public static readonly EventType SitePublished = new(
        "disclosure.site.published",
        "网站发布一个新版本之后",
        "After the site was published anew",
        "site/main",
        [
            new("publication", typeof(EntryId), "发布记录编号", "The publication's entry", IsAlwaysThere: true),
            new("position", typeof(long), "台账位置", "How many entries it shows", IsAlwaysThere: true),
            new("asOf", typeof(DateOnly), "截止日期", "The only today that its pages know", IsAlwaysThere: true),
            new("manifestSha256", typeof(Sha256Hex), "清单哈希", "SHA-256 of data/manifest.json", IsAlwaysThere: true),
        ]);

    public static ImmutableArray<EventType> All { get; } = [EntryPublished, NoticeOpened, SitePublished];
}

/// <summary>A member of an event's data. Ids, codes, dates and whole numbers alone: nothing that could be forgotten later.</summary>
/// <param name="Type">A type of the ledger; in JSON a string of its form, or a whole number.</param>
public sealed record EventField(string Name, Type Type, string Chinese, string English, bool IsAlwaysThere);

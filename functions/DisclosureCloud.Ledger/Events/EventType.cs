using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>A type of event that subscribers receive, as the data dictionary describes it. The envelope is CloudEvents 1.0.</summary>
/// <remarks>An event says which public thing to look at, and nothing that is not on the site already.</remarks>
/// <param name="Name">Its <c>type</c>, such as <c>disclosure.entry.published</c>.</param>
/// <param name="Chinese">When it is sent.</param>
/// <param name="English">When it is sent.</param>
/// <param name="Subject">The form of its <c>subject</c>, a field's value standing where its name stands in braces.</param>
/// <param name="Fields">The members of its <c>data</c>, what it is about first.</param>
public sealed record EventType(string Name, string Chinese, string English, string Subject, ImmutableArray<EventField> Fields)
{
    public static readonly EventType EntryPublished = new(
        "disclosure.entry.published",
        "一条记录随发布而公开之后",
        "After an entry became public with a publication",
        "entry/{entry}",
        [
            new("entry", typeof(EntryId), "记录编号", "The entry's id", IsAlwaysThere: true),
            new("kind", typeof(KindSchema), "记录种类", "Its kind", IsAlwaysThere: true),
            new("stream", typeof(StreamName), "所属台账流", "The stream of the ledger that it is in, such as fund/{id}", IsAlwaysThere: true),
        ]);

    public static readonly EventType NoticeOpened = new(
        "disclosure.notice.opened",
        "一份载明公示期的公示公开之后；公示期已过的除外",
        "After a notice with a period for objections became public, unless the period is over",
        "notice/{notice}",
        [
            new("notice", typeof(NoticeId), "公示编号", "The notice's id", IsAlwaysThere: true),
            new("region", typeof(RegionCode), "地区代码", "The region it is about", IsAlwaysThere: true),
            new("periodFrom", typeof(DateOnly), "公示期起", "The first day on which objections are taken", IsAlwaysThere: true),
            new("periodTo", typeof(DateOnly), "公示期止；没有的，长期有效", "The last day; absent where it is open for ever", IsAlwaysThere: false),
        ]);

    public static readonly EventType SitePublished = new(
        "disclosure.site.published",
        "网站发布一个新版本之后；连续发布的，仅在最后一次之后",
        "After the site was published anew; of publications in quick succession, after the last",
        "site/main",
        [
            new("publication", typeof(EntryId), "发布记录编号", "The publication's entry", IsAlwaysThere: true),
            new("position", typeof(long), "台账位置：网站显示的记录数", "The position in the ledger: how many entries the site shows", IsAlwaysThere: true),
            new("asOf", typeof(DateOnly), "截止日期", "The only today that its pages know", IsAlwaysThere: true),
            new("manifestSha256", typeof(Sha256Hex), "清单哈希", "SHA-256 of data/manifest.json", IsAlwaysThere: true),
        ]);

    /// <summary>The field that says what it is about: its id ends the event's id.</summary>
    public EventField About => Fields[0];

    public static ImmutableArray<EventType> All { get; } = [EntryPublished, NoticeOpened, SitePublished];
}

/// <summary>A member of an event's data. Ids, codes, dates and whole numbers alone: nothing that could be forgotten later.</summary>
/// <param name="Type">A type of the ledger; in JSON a string of its form, or a whole number.</param>
public sealed record EventField(string Name, Type Type, string Chinese, string English, bool IsAlwaysThere);

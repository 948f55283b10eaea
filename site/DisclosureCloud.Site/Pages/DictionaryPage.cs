using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site;

/// <summary>A kind of entry, field by field, as its record has it: nothing here knows any kind by name.</summary>
internal static class DictionaryPage
{
    public static string PathOf(KindSchema kind) => $"{DictionaryIndex.Path}{kind.Name}/";

    public static void Write(PageWriter page, PageContext c, KindSchema kind)
    {
        Texts t = c.Texts;
        var head = new PageHead(
            PathOf(kind),
            $"{c.Language.Of(kind)} · {t.Dictionary}",
            [new(new Plain(t.Data), "data/"), new(new Plain(t.Dictionary), DictionaryIndex.Path), new(new Plain(c.Language.Of(kind)), null)],
            Data(c, kind));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag"><code>{kind.Name}</code> · <span lang="{c.Language.Other.Tag}">{c.Language.Other.Of(kind)}</span></p>
            <h1>{c.Language.Of(kind)}</h1>
            <p class="answer">{(kind.IsPosted ? t.KindPosted : t.KindMade).With(new Count(kind.Fields.Length))}</p>
            {Table(c, kind)}{Codes(c, kind)}{Fragment.When(SchemaFiles.Has(kind), part => part.Write($"""
            <section aria-labelledby="schema"><h2 id="schema">{t.SchemaHead}</h2>
            <p>{t.SchemaText} <a href="/{SchemaFiles.PathOf(kind)}">{kind.Name}.json</a></p><p>{t.SchemaOfTheInterface} <code>/api/schemas/{kind.Name}.json</code></p></section>

            """))}<p><a href="{c.Link(DictionaryIndex.Path)}">{t.AllKinds}</a></p>

            """)));
    }

    private static DataLink[] Data(PageContext c, KindSchema kind) =>
    [
        .. DataTables.All.Where(table => table != DataTables.Entries && table.Kinds.Contains(kind)).SelectMany(table => DataLinks.Of(c.Language, table)),
        DataLinks.Package,
    ];

    private static Fragment Table(PageContext c, KindSchema kind) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        JsonNode limits = KindJsonSchema.Of(kind)["properties"]!;
        page.Write($"""
            <table class="stack fields"><caption>{t.FieldsCaption}</caption>
            <thead><tr><th scope="col">{t.FieldHead}</th><th scope="col">{t.Meaning}</th><th scope="col">{t.TypeHead}</th><th scope="col">{t.StatedHead}</th><th scope="col">{t.InTheLog}</th></tr></thead>
            <tbody>{Fragment.Each(kind.Fields, (_, field) => Row(page, c, field, limits[field.Name]))}</tbody></table>
            {Fragment.When(kind.Fields.Any(field => field.IsForgettable), part => part.Write($"""<p class="note">{t.CommitmentMeaning}</p>"""))}

            """);
    });

    private static void Row(PageWriter page, PageContext c, FieldSchema field, JsonNode? limits)
    {
        Texts t = c.Texts;
        string stated = field switch
        {
            { FromNotice: true } => t.StatedByNotice,
            { FromApproval: true } => t.StatedByApproval,
            { IsRequired: true } => t.StatedAlways,
            _ => t.StatedAtTimes,
        };
        page.Write($"""
            <tr id="field-{field.Name}"><th scope="row"><code>{field.Name}</code></th><td data-l="{t.Meaning}">{c.Language.Of(field.Chinese, field.English)}</td><td data-l="{t.TypeHead}">{Type(c, field)}{Limits(c, limits)}</td><td data-l="{t.StatedHead}">{stated}</td><td data-l="{t.InTheLog}">{Leaf(c, field)}</td></tr>

            """);
    }

    private static Fragment Type(PageContext c, FieldSchema field) => Fragment.Of(page =>
    {
        TypeWords words = TypeWords.Of(field.ValueType);
        string type = c.Language.Of(words.Chinese, words.English);
        if (field.ValueType.IsEnum)
        {
            page.Write($"""<a href="#{CodesId(field.ValueType)}">{(field.IsArray ? c.Texts.ListOf.Plain(type) : type)}</a>""");
        }
        else
        {
            page.Write($"{(field.IsArray ? c.Texts.ListOf.Plain(type) : type)}");
        }
    });

    /// <summary>How large or long a value may be, where its type says so.</summary>
    private static Fragment Limits(PageContext c, JsonNode? schema) => Fragment.When(schema is not null, page =>
    {
        string? limit = (schema!["minimum"], schema["maximum"], schema["maxLength"], schema["maxItems"]) switch
        {
            ({ } from, { } to, _, _) => c.Texts.LimitFromTo.Plain(Number(from), Number(to)),
            (_, _, { } length, _) => c.Texts.LimitLength.Plain(Number(length)),
            (_, _, _, { } items) => c.Texts.LimitItems.Plain(Number(items)),
            _ => null,
        };
        if (limit is not null)
        {
            page.Write($" <small>{limit}</small>");
        }
    });

    private static string Number(JsonNode number) => new Count(long.Parse(number.ToJsonString(), CultureInfo.InvariantCulture)).Text;

    private static Fragment Leaf(PageContext c, FieldSchema field) => field switch
    {
        { IsForgettable: true } => Fragment.Of(page => page.Write($"{c.Texts.LeafCommitment}")),
        _ when field.LeafName != field.Name => c.Texts.LeafValueAs.With(Fragment.Of(page => page.Write($"<code>{field.LeafName}</code>"))),
        _ => Fragment.Of(page => page.Write($"{c.Texts.LeafValue}")),
    };

    private static Fragment Codes(PageContext c, KindSchema kind)
    {
        IGrouping<Type, FieldSchema>[] lists = [.. kind.Fields.Where(field => field.ValueType.IsEnum).GroupBy(field => field.ValueType)];
        return Fragment.When(lists.Length > 0, page => page.Write($"""
            <section aria-labelledby="codes"><h2 id="codes">{c.Texts.CodeLists}</h2>
            <div class="pair">{Fragment.Each(lists, (_, list) => CodeList(page, c, list))}</div></section>

            """));
    }

    /// <summary>A list's codes in its order, with their words where the language has them.</summary>
    private static void CodeList(PageWriter page, PageContext c, IGrouping<Type, FieldSchema> list)
    {
        Texts t = c.Texts;
        Enum[] codes = [.. Enum.GetValues(list.Key).Cast<Enum>()];
        bool inWords = codes.Any(code => t.CodeWord(code) is not null);
        page.Write($"""
            <table id="{CodesId(list.Key)}"><caption>{Fragment.Each(list, (_, field) => page.Write($"<code>{field.Name}</code> "))}{c.Language.Of(list.First().Chinese, list.First().English)}</caption>
            <thead><tr><th scope="col">{t.CodeHead}</th>{Fragment.When(inWords, part => part.Write($"""<th scope="col">{t.Meaning}</th>"""))}</tr></thead>
            <tbody>{Fragment.Each(codes, (_, code) => page.Write($"""<tr><th scope="row"><code>{Code.Text(code)}</code></th>{Fragment.When(inWords, part => part.Write($"<td>{t.CodeWord(code)}</td>"))}</tr>"""))}</tbody></table>

            """);
    }

    private static string CodesId(Type list) => $"codes-{list.Name.ToLowerInvariant()}";
}

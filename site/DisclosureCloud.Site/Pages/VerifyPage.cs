using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>How to check the site: by one's own tools, or here in the browser; and what that proves.</summary>
internal static class VerifyPage
{
    public const string Path = "verify/";

    /// <summary>What the leaf calls its fields, in Chinese. English readers read the names themselves, which are English.</summary>
    private static readonly ImmutableSortedDictionary<string, string> ChineseNames = NamesOf(KindSchema.All.SelectMany(kind => kind.Fields));

    /// <summary>Where an entry is checked, below a language's root.</summary>
    public static string PathOf(EntryId entry) => $"{Path}?entry={entry.Value}";

    public static void Write(PageWriter page, PageContext c)
    {
        string title = c.Say(VerifyWords.Title);
        var head = new PageHead(Path, title, [new(new Plain(title), null)], DataLinks.Tables(c.Texts, "entries")) { Scripts = ["proof.js", "verify.js"], Stylesheet = "verify.css" };
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{title}</h1>
            <p class="answer">{c.Say(VerifyWords.Answer)}</p>
            {Here(c)}
            {ByYourself(c)}
            {List(c, "proven", VerifyWords.WhatIsProven, VerifyWords.Proven)}{List(c, "not-proven", VerifyWords.WhatIsNotProven, VerifyWords.NotProven)}
            """)));
    }

    // Nothing is sent: what looks like a form is read by the script alone.
    private static Fragment Here(PageContext c) => Fragment.Of(page => page.Write($"""
        <section aria-labelledby="here"><h2 id="here">{c.Say(VerifyWords.CheckHere)}</h2>
        <noscript><p class="note">{c.Say(VerifyWords.NeedsScript)}</p></noscript>
        <div class="field check" id="check" hidden><label for="wanted">{c.Say(VerifyWords.WhatToCheck)}</label><div><input id="wanted" type="text" autocapitalize="none" autocomplete="off" spellcheck="false"><button type="button">{c.Say(VerifyWords.Check)}</button></div></div>
        <p id="verdict" role="status" aria-live="polite"></p>
        <ol id="steps" class="steps" aria-label="{c.Say(VerifyWords.Result)}"></ol>
        <dl id="leaf" class="facts" aria-label="{c.Say(VerifyWords.TheLeaf)}"></dl>
        <ul id="check-words" hidden>{Fragment.Each(CheckWords.All, (_, one) => page.Write($"""<li data-word="{one.Name}">{c.Say(one.Words)}</li>"""))}</ul>
        <ul id="field-names" hidden>{Fragment.Each(c.Language.IsChinese ? ChineseNames : ImmutableSortedDictionary<string, string>.Empty, (_, one) => page.Write($"""<li data-word="{one.Key}">{one.Value}</li>"""))}</ul></section>

        """));

    private static Fragment ByYourself(PageContext c)
    {
        string site = c.World.Snapshot.Settings.Address ?? "https://…";
        (string File, Both Words)[] files =
        [
            ("log/vkey", VerifyWords.FileKeys), ("log/checkpoint", VerifyWords.FileCheckpoint), ("log/tile/", VerifyWords.FileTiles), ("log/tile/entries/", VerifyWords.FileBundles),
            ("data/leaves/", VerifyWords.FileLeaves), ("data/openings/", VerifyWords.FileOpenings), ("data/manifest.json", VerifyWords.FileManifest),
        ];
        return Fragment.Of(page => page.Write($"""
            <section aria-labelledby="tools"><h2 id="tools">{c.Say(VerifyWords.ByYourself)}</h2>
            <p>{c.Say(VerifyWords.ByCommand)}</p>
            <p class="command"><code>disclosurecloud verify --site {site}</code></p>
            <p>{c.Say(VerifyWords.ByOthers)}</p>
            <dl class="facts files-of-log">{Fragment.Each(files, (_, one) => page.Write($"<dt><code>{one.File}</code></dt><dd>{c.Say(one.Words)}</dd>"))}</dl></section>

            """));
    }

    private static Fragment List(PageContext c, string id, Both title, IReadOnlyList<Both> items) => Fragment.Of(page => page.Write($"""
        <section aria-labelledby="{id}"><h2 id="{id}">{c.Say(title)}</h2><ul>{Fragment.Each(items, (_, one) => page.Write($"<li>{c.Say(one)}</li>"))}</ul></section>

        """));

    // Where kinds call a field of one name differently, its name stands alone.
    private static ImmutableSortedDictionary<string, string> NamesOf(IEnumerable<FieldSchema> fields) => All(fields)
        .GroupBy(field => field.LeafName, field => field.Chinese, StringComparer.Ordinal)
        .Where(ofOne => ofOne.Distinct(StringComparer.Ordinal).Count() == 1)
        .Concat(Common.ToLookup(one => one.Name, one => one.Chinese, StringComparer.Ordinal))
        .DistinctBy(ofOne => ofOne.Key, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(ofOne => ofOne.Key, ofOne => ofOne.First(), StringComparer.Ordinal);

    private static IEnumerable<FieldSchema> All(IEnumerable<FieldSchema> fields) =>
        fields.SelectMany(field => field.Group is { } group ? All(group.Fields).Prepend(field) : [field]);

    private static IEnumerable<(string Name, string Chinese)> Common =>
    [
        ("id", "记录编号"), ("kind", "记录种类"), ("date", "发生日期"), ("recordedAt", "入账时间(UTC)"), ("department", "填报部门"), ("channel", "填报方式"), ("currency", "币种"), ("format", "格式版本"),
    ];
}

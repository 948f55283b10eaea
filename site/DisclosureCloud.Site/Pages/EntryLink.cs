using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site;

/// <summary>An entry by what it is, as it now stands: its kind, amount and date, as a link to where it is listed. Nobody reads an id.</summary>
internal static class EntryLink
{
    public static Fragment Of(PageContext c, EntryId id) => c.World.History.Find(id)?.Now is not { } entry
        ? Fragment.Of(page => page.Write($"<code>{id.Value}</code>")) // Theirs are two streams: the other may not be here yet.
        : c.World.PathOf(id) is { } path
            ? c.Anchor(path, Says(c, entry))
            : Says(c, entry);

    private static Fragment Says(PageContext c, Entry entry) => Fragment.Of(page =>
    {
        KindSchema kind = KindSchema.Of(entry.Fact);
        page.Write($"{(c.Language.IsChinese ? kind.Chinese : kind.English)}");
        if (entry.Fact.AmountOf() is { } amount)
        {
            page.Write($" · {c.Sum(amount.Fen)}");
        }
        else if (Goods.Of(c.World, entry.Fact) is { } goods)
        {
            page.Write($" · {goods.Say(c)}");
        }

        page.Write($" · {c.Day(entry.Date)}");
    });
}

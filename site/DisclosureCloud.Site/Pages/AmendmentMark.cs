using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The mark beside what was corrected or withdrawn since it was recorded: a link to what it said before, and why.</summary>
internal static class AmendmentMark
{
    /// <summary>Nothing where the entry still says what it first said.</summary>
    public static Fragment Of(PageContext c, EntryId entry) => c.World.AmendmentsOf(entry).FirstOrDefault() is { } latest
        ? Fragment.Of(page => page.Write($""" <a class="mark" href="{c.Link(latest.Path)}">{c.Say(latest.IsWithdrawal ? MoneyWords.IsWithdrawn : MoneyWords.IsCorrected)}</a>"""))
        : Fragment.None;

    /// <summary>Text with the mark of its entry behind it.</summary>
    public static Fragment After(PageContext c, EntryId entry, IMarkup text) => Fragment.Of(page => page.Write($"{new Held(text)}{Of(c, entry)}"));
}

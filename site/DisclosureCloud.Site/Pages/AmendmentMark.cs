using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The mark beside what was corrected, withdrawn or redacted since it was recorded: a link to what became of it, and why.</summary>
internal static class AmendmentMark
{
    /// <summary>Nothing where the entry still says what it first said.</summary>
    public static Fragment Of(PageContext c, EntryId entry) => c.World.AmendmentsOf(entry).FirstOrDefault() is { } latest
        ? Fragment.Of(page => page.Write($""" <a class="mark" href="{c.Link(latest.Path)}">{c.Say(Word(latest))}</a>"""))
        : Fragment.None;

    private static Both Word(AmendmentView one) => one switch
    {
        { Redaction: not null } => MoneyWords.IsRedacted,
        { IsWithdrawal: true } => MoneyWords.IsWithdrawn,
        _ => MoneyWords.IsCorrected,
    };

    /// <summary>Text with the mark of its entry behind it.</summary>
    public static Fragment After(PageContext c, EntryId entry, IMarkup text) => Fragment.Of(page => page.Write($"{new Held(text)}{Of(c, entry)}"));
}

namespace DisclosureCloud.Site;

/// <summary>Where entries stand in the log, and the way to check them.</summary>
internal static class ProofNote
{
    /// <summary>Of the newest entry about what a page shows, small and at its end.</summary>
    /// <param name="newest">Null where there is nothing to tell.</param>
    public static Fragment Of(PageContext c, LoggedEntry? newest) => Fragment.When(newest is not null, page => page.Write($"""
        <section class="proof" aria-labelledby="proof"><h2 id="proof">{c.Say(VerifyWords.InTheLog)}</h2>
        <p>{c.Phrase(VerifyWords.NewestEntry).With(new Count(newest!.Place.LeafIndex), Checkpoint(c), new Count(newest.Place.TreeSize))} {c.Anchor(VerifyPage.PathOf(newest.Id), new Plain(c.Say(VerifyWords.CheckIt)))}</p></section>

        """));

    /// <summary>Of a notice on paper: with the code that leads to its proof, where it is known what address the site has.</summary>
    /// <param name="notice">Null where there is no log.</param>
    public static Fragment OnPaper(PageContext c, LoggedEntry? notice) => Fragment.When(notice is not null, page => page.Write($"""
        <div class="stamp">{Code(c, notice!)}<p>{c.Phrase(VerifyWords.OfTheNotice).With(new Count(notice!.Place.LeafIndex), new Count(notice.Place.TreeSize))}{Address(c, notice)}</p></div>

        """));

    private static Fragment Checkpoint(PageContext c) => Fragment.Of(page => page.Write($"""<a href="/log/checkpoint">{c.Say(VerifyWords.Checkpoint)}</a>"""));

    private static Fragment Code(PageContext c, LoggedEntry notice) =>
        AddressOf(c, notice) is { } address ? QrPicture.Of(address, c.Say(VerifyWords.CodeLeads)) : Fragment.None;

    private static Fragment Address(PageContext c, LoggedEntry notice) => Fragment.When(
        AddressOf(c, notice) is not null, page => page.Write($"""<br>{c.Say(VerifyWords.Scan)}<br><span class="url">{AddressOf(c, notice)!}</span>"""));

    private static string? AddressOf(PageContext c, LoggedEntry notice) =>
        c.World.Snapshot.Settings.Address is { } address ? address + c.Link(VerifyPage.PathOf(notice.Id)) : null;
}

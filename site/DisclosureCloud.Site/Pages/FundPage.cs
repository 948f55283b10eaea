using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A fund: how much, from whom, to what, how far it got, and every movement with the balance after it.</summary>
internal static class FundPage
{
    public static void Write(PageWriter page, PageContext c, FundView fund)
    {
        Texts t = c.Texts;
        var head = new PageHead(
            $"funds/{fund.Id}/", Name.Text(fund.Fact.Name, t), [new(new Plain(t.Funds), "funds/"), new(c.Name(fund.Fact.Name), null)], DataLinks.Of("funds", fund.Id));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{t.Fund} · {t.BudgetYear.With(new Count(fund.Fact.BudgetYear.Value))}</p>
            <h1>{c.Name(fund.Fact.Name)}</h1>
            <p class="answer">{Answer(c, fund)}</p>
            <div class="cols"><div class="body">
            <section aria-labelledby="far"><h2 id="far">{t.HowFar}</h2>
            {Funnel.Of(c, "funnel", fund.Stages)}</section>
            {Sources(c, fund)}{Uses(c, fund)}{Movements(c, fund)}{Principles(c, fund)}</div>
            {Margin(c, fund)}</div>
            """)));
    }

    private static Fragment Answer(PageContext c, FundView fund)
    {
        Stages stages = fund.Stages;
        return stages switch
        {
            { PassedDown: > 0, Allocated: 0 } => c.Texts.FundAnswerPassedDown.With(c.Sum(stages.Appropriated), new Count(fund.PassDowns.Count)),
            { PassedDown: > 0 } => c.Texts.FundAnswerBoth.With(c.Sum(stages.Appropriated), new Count(fund.Projects.Count), new Count(fund.PassDowns.Count)),
            _ => c.Texts.FundAnswer.With(c.Sum(stages.Appropriated), new Count(fund.Projects.Count)),
        };
    }

    private static Fragment Sources(PageContext c, FundView fund) => Fragment.When(fund.Appropriations.Count > 0, page => page.Write($"""
        <section aria-labelledby="sources"><h2 id="sources">{c.Texts.Sources}</h2>
        <table class="stack"><caption>{c.Texts.SourcesTable}</caption>
        <thead><tr><th scope="col">{c.Texts.SourceHead}</th><th scope="col">{c.Texts.LevelHead}</th><th scope="col">{c.Texts.NatureHead}</th><th scope="col" class="n">{c.Texts.AmountYuan}</th></tr></thead>
        <tbody>{Fragment.Each(fund.Appropriations, (_, given) => page.Write($"""<tr><th scope="row">{c.Name(given.Fact.SourceName)}</th><td data-l="{c.Texts.LevelHead}">{c.Texts.Level(given.Fact.Level)}</td><td data-l="{c.Texts.NatureHead}">{c.Texts.Nature(given.Fact.Nature)}</td><td class="n" data-l="{c.Texts.AmountYuan}">{new Amount(given.Fact.Amount.Fen)}</td></tr>"""))}</tbody>
        <tfoot><tr><th scope="row" colspan="3">{c.Texts.Total}</th><td class="n" data-l="{c.Texts.AmountYuan}">{new Amount(fund.Stages.Appropriated)}</td></tr></tfoot></table></section>

        """));

    /// <summary>What the fund went to, the largest share first, ties in the order of the ledger.</summary>
    private static Fragment Uses(PageContext c, FundView fund) => Fragment.When(fund.Projects.Count + fund.PassDowns.Count > 0, page =>
    {
        Use[] uses =
        [
            .. fund.Projects.Select(project => new Use(
                Name.Text(project.Fact.Name, c.Texts), c.ProjectLink(project), c.RegionLink(c.World.RegionOf(project.Fact.Place)), project.AllocatedFen, "shared"))
                .Concat(fund.PassDowns.Select(sent => new Use(
                    Name.Text(sent.Fact.PlaceName, c.Texts), Fragment.Of(part => c.Name(sent.Fact.Purpose).WriteTo(part)), c.RegionLink(c.World.RegionOf(sent.Fact.Place)), sent.Fact.Amount.Fen, "down")))
                .OrderByDescending(use => use.Fen),
        ];
        page.Write($"""
            <section aria-labelledby="uses"><h2 id="uses">{c.Texts.WhatItIsFor}</h2>
            {Fragment.When(uses.Length > 1, part => part.Write($"{new BarPicture("uses-picture", c.Largest(new Name(FreeText.Of(uses[0].Label), c.Language), [.. uses.Select(use => use.Fen)]), "uses-table", Bars(c, uses))}"))}
            <div class="scroll" role="region" aria-labelledby="uses-caption" tabindex="0">
            <table id="uses-table"><caption id="uses-caption">{c.Texts.UsesTable}</caption>
            <thead><tr><th scope="col">{c.Texts.ProjectOrPurpose}</th><th scope="col">{c.Texts.Place}</th><th scope="col" class="n">{c.Texts.AmountYuan}</th></tr></thead>
            <tbody>{Fragment.Each(uses, (_, use) => page.Write($"""<tr><th scope="row">{use.What}</th><td>{use.Where}</td>{c.Cell(use.Fen)}</tr>"""))}</tbody>
            <tfoot><tr><th scope="row" colspan="2">{c.Texts.Total}</th>{c.Cell(uses.Sum(use => use.Fen))}</tr></tfoot></table>
            </div></section>

            """);
    });

    private static List<Bar> Bars(PageContext c, Use[] uses)
    {
        int shown = uses.Length > FlowPicture.BandsMax ? FlowPicture.BandsMax - 1 : uses.Length;
        List<Bar> bars = [.. uses.Take(shown).Select(use => new Bar(use.Label, true, Sum.Text(use.Fen, c.Texts), use.Kind, use.Fen))];
        if (uses.Length > shown)
        {
            long rest = uses.Skip(shown).Sum(use => use.Fen);
            bars.Add(new Bar(c.Texts.Others.Plain(Amount.Text((uses.Length - shown) * 100L)), false, Sum.Text(rest, c.Texts), "free", rest));
        }

        return bars;
    }

    private static Fragment Movements(PageContext c, FundView fund) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        page.Write($"""
            <section aria-labelledby="movements"><h2 id="movements">{t.Movements}</h2>
            <div class="scroll" role="region" aria-labelledby="movements-caption" tabindex="0">
            <table class="wide"><caption id="movements-caption">{t.MovementsTable}</caption>
            <thead><tr><th scope="col">{t.Movement}</th><th scope="col">{t.When}</th><th scope="col" class="n">{t.InYuan.Plain(t.In)}</th><th scope="col" class="n">{t.InYuan.Plain(t.Out)}</th><th scope="col" class="n">{t.InYuan.Plain(t.Balance)}</th></tr></thead>
            <tbody>{Fragment.Each(Movement.Of(fund), (_, move) => page.Write($"""
            <tr id="{move.Entry.Id.Value}"><th scope="row">{move.Name(t)} <small>{move.About(c)}</small></th><td>{c.Day(move.Entry.Date)}</td>{new Optional(move.InFen, t)}{new Optional(move.OutFen, t)}{c.Cell(move.BalanceFen)}</tr>
            """))}</tbody></table>
            </div>
            {Payments(c, fund)}</section>

            """);
    });

    /// <summary>Payments draw on allocations and do not change what the fund has left to share out: they stand in a table of their own.</summary>
    private static Fragment Payments(PageContext c, FundView fund) => Fragment.Of(page =>
    {
        if (fund.Disbursements.Count == 0)
        {
            page.Write($"""<p class="note">{c.Texts.NobodyReportedPayments}</p>""");
        }
        else
        {
            page.Write($"{PaymentTable.Of(c, fund.Disbursements)}");
        }
    });

    private static Fragment Principles(PageContext c, FundView fund) => Fragment.When(
        fund.Notices.Any(notice => notice.Fact.Principles.Length > 0), page => page.Write($"""
        <section aria-labelledby="principles"><h2 id="principles">{c.Texts.Principles}</h2>
        {Fragment.Each(fund.Notices, (_, notice) => page.Write($"<ol>{Fragment.Each(notice.Fact.Principles, (_, principle) => page.Write($"<li>{c.Name(principle)}</li>"))}</ol>"))}</section>

        """));

    private static Fragment Margin(PageContext c, FundView fund) => Fragment.Of(page => page.Write($"""
        <aside class="margin" aria-label="{c.Texts.Provenance}"><h2>{c.Texts.Provenance}</h2><dl>
        <dt>{c.Texts.KeptBy}</dt><dd>{c.Name(fund.Fact.Authority)}</dd>
        <dt>{c.Texts.Place}</dt><dd>{c.RegionLink(c.World.RegionOf(fund.Fact.Region))}</dd>
        <dt>{c.Texts.BudgetSubject}</dt><dd>{c.Name(fund.Fact.BudgetSubject)}</dd>
        {Fragment.Each(fund.Notices, (_, notice) => page.Write($"<dt>{c.Texts.Notice}</dt><dd>{c.NoticeLink(notice.Fact)}</dd><dt>{c.Texts.DocumentNumber}</dt><dd>{c.Name(notice.Fact.DocumentNumber)}</dd>"))}
        <dt>{c.Texts.PostedBy}</dt><dd>{c.DepartmentLink(fund.Posted.Entry.Department.Value)}</dd>
        <dt>{c.Texts.FundId}</dt><dd><code>{fund.Id}</code></dd>
        </dl></aside>

        """));

    private sealed record Use(string Label, Fragment What, Fragment Where, long Fen, string Kind);
}

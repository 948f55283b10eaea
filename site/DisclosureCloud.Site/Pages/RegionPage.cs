using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A place, from the province to the village: what is for it, how much, how far it got, whom to call.</summary>
internal static class RegionPage
{
    private const int BarsShown = 11; // With the rest gathered in a twelfth.

    public static void Write(PageWriter page, PageContext c, RegionTables tables)
    {
        Texts t = c.Texts;
        Region region = tables.Region;
        var head = new PageHead(tables.Thing.Path, Name.Text(region.Name, t), [.. tables.Thing.Above(c), new(c.Name(region.Name), null)], DataLinks.Of("regions", region.Id));
        Stages stages = c.World.StagesOf(region);
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{Fragment.Each(region.Path.SkipLast(1), (_, above) => main.Write($"{c.Name(above.Name)} "))}</p>
            <h1>{c.Name(region.Name)}</h1>
            {Split(c, region)}<p class="answer">{Answer(c, region, stages)}</p>
            <div class="cols"><div class="body">
            {Below(c, tables.Below)}{tables.Projects.Section(c)}{Received(c, tables.Received)}{Fragment.When(region.Projects.Count + region.Received.Count > 1 || region.Children.Count > 0, part => part.Write($"""
            {Funnel.Section(c, of: null, stages)}
            """))}{HeadcountTable.Of(c, region)}{Credit(c, region)}</div>
            {Margin(c, region)}</div>
            """)));
    }

    private static Fragment Answer(PageContext c, Region region, Stages stages)
    {
        int projects = region.AllProjects.Count();
        Name name = c.Name(region.Name);
        Sum sum = c.Sum(stages.Allocated + stages.PassedDown);
        return (projects, stages.PassedDown) switch
        {
            (0, 0) => c.Texts.RegionAnswerNothing.With(name),
            (0, _) when region.AllReceived.Any(sent => region.Code.Covers(c.World.FundOf(sent.Fact.FundId).Fact.Region)) => c.Texts.RegionAnswerPassedDownWithin.With(name, sum),
            (0, _) => c.Texts.RegionAnswerPassedDown.With(name, sum),
            (_, 0) => c.Texts.RegionAnswer.With(name, new Count(projects), sum),
            _ => c.Texts.RegionAnswerBoth.With(name, new Count(projects), sum, c.Sum(stages.PassedDown)),
        };
    }

    // The picture has the largest first; the table is by name, for whoever looks for her village.
    private static Fragment Below(PageContext c, LongTable<Region> below) => below.Section(c, Fragment.When(below.Rows.Count > 1, page =>
    {
        (Region Region, long Fen)[] children = [.. below.Rows.Select(child => (child, Fen: Fen(c.World.StagesOf(child)))).OrderByDescending(pair => pair.Fen)];
        page.Write($"{new BarPicture("below-picture", c.Largest(c.Name(children[0].Region.Name), [.. children.Select(pair => pair.Fen)]), "regions-table", Bars(c, children))}");
    }));

    private static List<Bar> Bars(PageContext c, (Region Region, long Fen)[] children)
    {
        int shown = children.Length > BarsShown + 1 ? BarsShown : children.Length;
        List<Bar> bars = [.. children.Take(shown).Select(pair => new Bar(Name.Text(pair.Region.Name, c.Texts), true, Sum.Text(pair.Fen, c.Texts), "shared", pair.Fen))];
        if (shown < children.Length)
        {
            long rest = children.Skip(shown).Sum(pair => pair.Fen);
            bars.Add(new Bar(c.Texts.Others.Plain(Amount.Text((children.Length - shown) * 100L)), false, Sum.Text(rest, c.Texts), "free", rest));
        }

        return bars;
    }

    private static long Fen(Stages stages) => stages.Allocated + stages.PassedDown;

    /// <summary>A project of this very place, with all that a villager asks.</summary>
    public static void Card(PageWriter page, PageContext c, ProjectView project) => page.Write($"""
        <article class="card project"><h3>{c.ProjectLink(project)}</h3>
        {ProjectPage.Facts(c, project)}{Objections(c, project)}</article>

        """);

    /// <summary>Until when and with whom to object; hotlines are those that a notice printed, with its year.</summary>
    private static Fragment Objections(PageContext c, ProjectView project) => Fragment.Each(
        project.Fund.Notices,
        (page, notice) => page.Write($"""
        <dl class="facts object"><dt>{c.Texts.Objections}</dt><dd>{Until(c, notice.Fact)}</dd><dt>{c.Texts.WhomToCall}</dt><dd>{Phones(c, notice.Fact)}</dd><dt>{c.Texts.Notice}</dt><dd>{c.NoticeLink(notice.Fact)}</dd></dl>

        """));

    private static Fragment Until(PageContext c, Notice notice) => Fragment.Of(page =>
    {
        if (World.PeriodOf(notice) is null)
        {
            page.Write($"{(notice.Form == NoticeForm.Gongshi ? c.Texts.PeriodNotStated : c.Texts.NoPeriodByForm)}");
        }
        else
        {
            page.Write($"{NoticeCard.PeriodLine(c, notice)}");
        }
    });

    public static Fragment Phones(PageContext c, Notice notice) => Fragment.Of(page =>
    {
        if (notice.SupervisionPhones.Length == 0)
        {
            page.Write($"{c.Texts.NoPhonePrinted}");
            return;
        }

        page.Write($"""<span class="call">{Fragment.Each(notice.SupervisionPhones, (_, phone) => page.Write($"<strong>{phone.Value ?? c.Texts.Withheld}</strong> "))}</span><small>{c.Texts.AsPrintedIn.With(new Count(notice.Published?.Year ?? notice.FiscalYear.Value))}</small>""");
    });

    private static Fragment Received(PageContext c, LongTable<Posted<PassDown>> received) =>
        received.Section(c, Fragment.Of(page => page.Write($"""<p class="note">{c.Texts.PassedDownMeaning}</p>""")));

    /// <summary>A share passed down to this very place.</summary>
    public static void Card(PageWriter page, PageContext c, Posted<PassDown> sent) => page.Write($"""
        <article class="card project"><h3>{c.Name(sent.Fact.Purpose)}</h3>
        <dl class="facts"><dt>{c.Texts.HowMuch}</dt><dd>{c.Sum(sent.Fact.Amount.Fen)}{Fragment.When(c.World.AwaitingOf(sent) < sent.Fact.Amount.Fen, part => part.Write($" <small>{c.Phrase(MoneyWords.OfWhichAwaiting).With(c.Sum(c.World.AwaitingOf(sent)))}</small>"))}</dd><dt>{c.Texts.FromFund}</dt><dd>{c.FundLink(c.World.FundOf(sent.Fact.FundId))}</dd><dt>{c.Texts.WhatIsDone}</dt><dd>{c.Name(sent.Fact.Content)}</dd><dt>{c.Texts.ResponsibleUnit}</dt><dd>{c.Name(sent.Fact.ResponsibleUnit)}</dd><dt>{c.Texts.DueWhen}</dt><dd>{c.Day(sent.Fact.Due)}</dd><dt>{c.Texts.Transferred}</dt><dd>{Transferred(c, sent.Fact)}</dd></dl></article>

        """);

    private static Fragment Transferred(PageContext c, PassDown sent) => Fragment.Of(page =>
    {
        if (sent.Transferred is { } paid)
        {
            page.Write($"{c.Sum(paid.Fen)}");
        }
        else
        {
            page.Write($"{c.NotStated}");
        }
    });

    private static Fragment Margin(PageContext c, Region region) => Fragment.Of(page => page.Write($"""
        <aside class="margin" aria-label="{c.Texts.Provenance}"><h2>{c.Texts.Provenance}</h2><dl>
        <dt>{c.Texts.RegionCodeLabel}</dt><dd><code>{region.Id}</code></dd>
        {Fragment.When(region.Funds.Count > 0, part => part.Write($"<dt>{c.Texts.Funds}</dt>{Fragment.Each(region.Funds, (_, fund) => part.Write($"<dd>{c.FundLink(fund)} <small>{c.Sum(fund.Stages.Appropriated)}</small></dd>"))}"))}
        {Fragment.Each(c.World.FormerOf(region), (_, former) => page.Write($"""<dt>{c.Say(MoneyWords.Formerly)}</dt><dd><a href="{c.Link($"regions/{former.Code.Value}/")}">{Former(c, former)}</a> <code>{former.Code.Value}</code>{Fragment.When(former.Since is not null, part => part.Write($" <small>{c.Phrase(MoneyWords.UntilDay).With(c.Day(former.Since))}</small>"))}</dd>"""))}
        {Fragment.When(region.Parent is not null, part => part.Write($"<dt>{c.Texts.PlaceAbove}</dt><dd>{c.RegionLink(region.Parent!)}</dd>"))}
        </dl></aside>

        """));

    private static Fragment Former(PageContext c, FormerPlace former) => Fragment.Of(page => new Held(former.Name is null ? new Plain(former.Code.Value) : c.Name(former.Name)).WriteTo(page));

    /// <summary>A place that was split keeps its page and its money: nobody can say which part of it belongs to which successor.</summary>
    private static Fragment Split(PageContext c, Region region) => c.World.Successions.Of(region.Code) is { } change
        ? Fragment.Of(page => page.Write(
            $"""<p class="notice">{c.Say(MoneyWords.GoesOnAs)} {Fragment.Each(change.Successors, (_, next) => page.Write($"{c.PlaceLink(next)} "))} <small>{c.Name(change.DocumentNumber)}</small></p>"""))
        : Fragment.None;

    private static Fragment Credit(PageContext c, Region region) => Fragment.When(region.CreditReports.Count > 0, page => page.Write($"""
        <section aria-labelledby="credit"><h2 id="credit">{c.Say(MoneyWords.Credit)}</h2>
        <p class="note">{c.Say(MoneyWords.CreditMeaning)}</p>
        {FactTable.Of(
            c, "credit-table", new Plain(c.Say(MoneyWords.CreditTable)), region.CreditReports, _ => null,
            FactTable.Words<Posted<CreditReport>>(c.Say(MoneyWords.Period), one => Fragment.Of(part => part.Write($"{c.Day(one.Fact.From)} – {c.Day(one.Fact.To)}{AmendmentMark.Of(c, one.Entry.Id)}"))),
            FactTable.Money<Posted<CreditReport>>(c, c.Say(MoneyWords.Lent), one => one.Fact.Lent.Fen),
            FactTable.Money<Posted<CreditReport>>(c, c.Say(MoneyWords.Outstanding), one => one.Fact.Outstanding.Fen),
            FactTable.Money<Posted<CreditReport>>(c, c.Say(MoneyWords.Overdue), one => one.Fact.Overdue.Fen),
            FactTable.Words<Posted<CreditReport>>(c.Say(MoneyWords.BorrowingHouseholds), one => new Heads(one.Fact.Households, c.Texts)),
            FactTable.Words<Posted<CreditReport>>(c.Texts.SourceHead, one => c.Name(one.Fact.Source)))}</section>

        """));
}

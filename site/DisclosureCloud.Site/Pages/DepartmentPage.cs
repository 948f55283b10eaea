using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site;

/// <summary>A department: what it posted of which kind, how late, and each entry. The first page of its list has the figures.</summary>
internal static class DepartmentPage
{
    public static string PathOf(string department) => $"departments/{department}/";

    public static void Write(PageWriter page, PageContext c, DepartmentView department, ListPage<Posted<Fact>> list)
    {
        Texts t = c.Texts;
        var head = new PageHead(
            list.Path,
            $"{(department.Registered is { } registered ? Name.Text(registered.Name, t) : department.Id)} · {t.Department}",
            [new(new Plain(t.Departments), "departments/"), new(c.DepartmentName(department.Id), null)],
            DataLinks.Of("departments", department.Id))
        {
            GoesOnAt = Next(c, department) is { } next ? PathOf(next) : null,
        };
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{t.Department} · <code>{department.Id}</code></p>
            <h1>{new Held(c.DepartmentName(department.Id))}</h1>
            {GoesOn(c, department)}
            <p class="answer">{Answer(c, department)}</p>
            {Fragment.When(list.Number == 1, part => part.Write($"""
            {Facts(c, department)}<div class="pair halves">
            {ByKind(c, department)}{LatenessTable.Of(c, department)}</div>
            """))}{Entries(c, list)}
            """)));
    }

    /// <summary>The one department as which it goes on; null where there is none, or where that has posted nothing and so has no page.</summary>
    private static string? Next(PageContext c, DepartmentView department)
    {
        string now = c.World.Successions.Now(Id.Parse<DepartmentId>(department.Id)).Value;
        return now != department.Id && c.World.Departments.Any(other => other.Id == now) ? now : null;
    }

    private static Fragment GoesOn(PageContext c, DepartmentView department) => Fragment.When(department.Change is not null, page =>
    {
        UnitChange change = department.Change!;
        Fragment successors = Fragment.Each(change.Successors.Select((unit, index) => (unit, index)), (part, next) =>
        {
            IMarkup link = c.World.Departments.Any(other => other.Id == next.unit.Value) ? c.DepartmentLink(next.unit.Value) : c.DepartmentName(next.unit.Value);
            part.Write($"{new Plain(next.index == 0 ? "" : c.Say(MoneyWords.ListComma))}{new Held(link)}");
        });
        page.Write($"""
            <p class="notice">{c.Phrase(MoneyWords.UnitGoesOn).With(successors)} <small>{CodeWords.Of(c, change.Change)} · {c.Name(change.Reason)} · {c.Name(change.DocumentNumber)}</small></p>

            """);
    });

    private static Fragment Facts(PageContext c, DepartmentView department) => Fragment.Of(page => page.Write($"""
        <dl class="facts">{Registered(c, department)}{Period(c, department)}</dl>

        """));

    private static Fragment Registered(PageContext c, DepartmentView department) => Fragment.When(department.Registered is not null, page =>
    {
        Department own = department.Registered!;
        page.Write($"{Fragment.When(own.Region is not null, part => part.Write($"<dt>{c.Texts.Place}</dt><dd>{c.PlaceLink(own.Region!.Value)}</dd>"))}{Fragment.When(own.OrganisationCode is not null, part => part.Write($"<dt>{c.Say(MoneyWords.CreditCode)}</dt><dd>{own.OrganisationCode!.Value.Value}</dd>"))}{Fragment.When(own.Hotline is not null, part => part.Write($"<dt>{c.Texts.SupervisionPhones}</dt><dd>{c.Name(own.Hotline)}</dd>"))}{People(c, department)}");
    });

    // How many, and not which: an account is nobody's name, and of use to auditors alone, who find it in the table.
    private static Fragment People(PageContext c, DepartmentView department) => Fragment.When(!department.People.IsEmpty, page =>
        page.Write($"<dt>{c.Say(MoneyWords.Accounts)}</dt><dd>{c.Phrase(MoneyWords.AccountsByRole).With(Holders(department, DepartmentRole.Poster), Holders(department, DepartmentRole.Approver))}</dd>"));

    private static Count Holders(DepartmentView department, DepartmentRole role) => new(department.People.Count(person => person.Roles.Contains(role)));

    private static Fragment Answer(PageContext c, DepartmentView department)
    {
        Day latest = c.Day(c.World.RecordedOn(department.Entries[0].Entry));
        return (department.Own.Entries, department.Imported.Entries) switch
        {
            (0, var imported) => c.Texts.DepartmentAnswerImported.With(new Count(imported), latest),
            (var own, 0) => c.Texts.DepartmentAnswer.With(new Count(own), latest),
            var (own, imported) => c.Texts.DepartmentAnswerBoth.With(new Count(own), latest, new Count(imported)),
        };
    }

    private static Fragment Period(PageContext c, DepartmentView department) => Fragment.Of(page =>
    {
        DateOnly[] recorded = [.. department.Entries.Select(posted => c.World.RecordedOn(posted.Entry))];
        page.Write($"<dt>{c.Texts.TellsOf}</dt><dd>{Span(c, [.. department.Entries.Select(posted => posted.Entry.Date).OfType<DateOnly>()])}</dd><dt>{c.Texts.RecordedOn}</dt><dd>{Span(c, recorded)}</dd>");
    });

    private static Fragment Span(PageContext c, DateOnly[] days) => days.Length switch
    {
        0 => Fragment.Of(page => page.Write($"{c.NotStated}")),
        _ when days.Min() == days.Max() => Fragment.Of(page => page.Write($"{c.Day(days[0])}")),
        _ => c.Texts.FromTo.With(c.Day(days.Min()), c.Day(days.Max())),
    };

    private static Fragment ByKind(PageContext c, DepartmentView department) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        var kinds = department.Entries.GroupBy(posted => KindSchema.Of(posted.Fact)).OrderByDescending(kind => kind.Count())
            .ThenBy(kind => kind.Key.Name, StringComparer.Ordinal);
        page.Write($"""
            <section aria-labelledby="kinds"><h2 id="kinds">{t.WhatItPosted}</h2>
            <table id="kinds-table"><caption>{t.ByKindCaption}</caption>
            <thead><tr><th scope="col">{t.Kind}</th><th scope="col" class="n">{t.Entries}</th></tr></thead>
            <tbody>{Fragment.Each(kinds, (_, kind) => page.Write($"""
            <tr><th scope="row"><a href="{c.Link(DictionaryPage.PathOf(kind.Key))}">{c.Language.Of(kind.Key)}</a></th><td class="n">{new Count(kind.Count())}</td></tr>
            """))}</tbody>
            <tfoot><tr><th scope="row">{t.Total}</th><td class="n">{new Count(department.Entries.Length)}</td></tr></tfoot></table></section>

            """);
    });

    private static Fragment Entries(PageContext c, ListPage<Posted<Fact>> list) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        page.Write($"""
            <section aria-labelledby="entries"><h2 id="entries">{t.EntriesNewestFirst}</h2>
            <table id="entries-table" class="stack"><caption>{t.EntriesCaption}</caption>
            <thead><tr><th scope="col">{t.Kind}</th><th scope="col">{t.AboutWhat}</th><th scope="col" class="n">{t.AmountYuan}</th><th scope="col">{t.When}</th><th scope="col">{t.RecordedOn}</th><th scope="col" class="n">{t.DaysLater}</th></tr></thead>
            <tbody>{Fragment.Each(list.Items, (_, posted) => Row(page, c, posted.Entry))}</tbody></table>
            {list.Turn(c)}</section>

            """);
    });

    private static void Row(PageWriter page, PageContext c, Entry entry)
    {
        Texts t = c.Texts;
        page.Write($"""
            <tr id="{entry.Id.Value}"><th scope="row">{c.Language.Of(KindSchema.Of(entry.Fact))}{Fragment.When(DepartmentView.IsImported(entry), part => part.Write($" <small>{t.Imported}</small>"))}{AmendmentMark.Of(c, entry.Id)}</th><td data-l="{t.AboutWhat}">{About(c, entry.Fact)}</td><td class="n" data-l="{t.AmountYuan}">{Amount(c, entry.Fact)}</td><td data-l="{t.When}">{c.Day(entry.Date)}</td><td data-l="{t.RecordedOn}">{c.Day(c.World.RecordedOn(entry))}</td><td class="n" data-l="{t.DaysLater}">{Days(c, entry)}</td></tr>

            """);
    }

    /// <summary>What the entry is about, as far as it has a page.</summary>
    private static Fragment About(PageContext c, Fact fact) => Fragment.Of(page =>
    {
        if (c.World.FindProject(fact.FundOf(), fact.ProjectOf()) is { } project)
        {
            page.Write($"{c.ProjectLink(project)}");
        }
        else if (c.World.FindFund(fact.FundOf()) is { } fund)
        {
            page.Write($"{c.FundLink(fund)}");
        }
        else if (fact.PlaceOf() is { } place && c.World.HasPage(place))
        {
            page.Write($"{c.PlaceLink(place)}");
        }
        else
        {
            page.Write($"–");
        }
    });

    // Not every kind has an amount, and one that is left out is no gap.
    private static Fragment Amount(PageContext c, Fact fact) => Fragment.Of(page =>
    {
        if (fact.AmountOf() is { } amount)
        {
            page.Write($"{new Amount(amount.Fen)}");
        }
        else if (Goods.Of(c.World, fact) is { } goods)
        {
            page.Write($"{goods.Say(c)}");
        }
        else
        {
            page.Write($"–");
        }
    });

    private static Fragment Days(PageContext c, Entry entry) => Fragment.Of(page =>
    {
        if (DepartmentView.DaysLate(entry, c.World.Snapshot.Settings.Zone) is { } days)
        {
            page.Write($"{new Count(days)}");
        }
        else
        {
            page.Write($"{c.NotStated}");
        }
    });
}

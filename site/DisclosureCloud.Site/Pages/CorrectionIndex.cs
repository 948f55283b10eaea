using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Every correction, withdrawal and redaction, the newest first: what was said before, what is said after, why, and who says so.</summary>
internal static class CorrectionIndex
{
    public static void Write(PageWriter page, PageContext c, ListPage<AmendmentView> list)
    {
        Texts t = c.Texts;
        string title = c.Say(MoneyWords.Corrections);
        var head = new PageHead(list.Path, title, [new(new Plain(title), null)], DataLinks.Tables(t, "entries"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{c.Say(MoneyWords.CorrectionsTitle)}</h1>
            <p class="answer">{(c.World.Amendments.Length == 0 ? c.Phrase(MoneyWords.NoCorrections).With() : c.Phrase(MoneyWords.CorrectionsAnswer).With(new Count(c.World.Corrections), new Count(c.World.Withdrawals)))}</p>
            {Fragment.When(c.World.Redactions > 0, part => part.Write($"<p>{c.Phrase(MoneyWords.RedactionsAnswer).With(new Count(c.World.Redactions))}</p>"))}
            {Fragment.When(list.Items.Count > 0, part => part.Write($"""<p class="soft">{c.Phrase(MoneyWords.ZoneOfDates).With(new Plain(c.Zone))}</p>"""))}
            {Fragment.Each(list.Items, (_, one) => One(main, c, one))}
            {list.Turn(c)}
            """)));
    }

    private static void One(PageWriter page, PageContext c, AmendmentView one)
    {
        page.Write($"""
            <section class="amendment" aria-labelledby="{one.Id}"><h2 id="{one.Id}">{Title(c, one)}</h2>
            <p>{c.Name(one.Reason)}</p>
            <p class="soft">{Recorded(c, one)}{Fragment.When(one.DocumentNumber is not null, part => part.Write($" · {c.Name(one.DocumentNumber)}"))} · {Subject.Link(c, one)}</p>
            {Change(c, one)}</section>

            """);
    }

    private static Fragment Change(PageContext c, AmendmentView one) => one switch
    {
        { Redaction: { } redaction } => Forgotten(c, one.Fact, redaction),
        { Amendment.After: { } after } => Difference(c, one, after),
        _ => Said(c, one),
    };

    private static Fragment Forgotten(PageContext c, Fact fact, Redaction redaction) => Fragment.Of(page => page.Write($"""
        {Forgotten(c, fact, MoneyWords.WhatIsForgotten, redaction.Values.Where(value => !IsOfFile(value)))}{Forgotten(c, fact, MoneyWords.FilesForgotten, redaction.Values.Where(IsOfFile))}{Fragment.When(redaction.ApprovedBy is not null, part => part.Write($"""<p class="soft">{c.Phrase(MoneyWords.RedactionApprovedBy).With(new Plain(redaction.ApprovedBy!.Value.Value))}</p>"""))}
        """));

    // Which values, never what they said: those are gone.
    private static Fragment Forgotten(PageContext c, Fact fact, Both what, IEnumerable<ValuePointer> values) => Fragment.When(values.Any(), page => page.Write($"""
        <p>{c.Say(what)}</p>
        <ul>{Fragment.Each(values, (_, value) => page.Write($"<li>{Head(c, fact, value)} <code>{value.Value}</code></li>"))}</ul>

        """));

    private static bool IsOfFile(ValuePointer value) => value.Parts.First() == Fact.EvidenceName;

    private static string Head(PageContext c, Fact fact, ValuePointer value) =>
        FieldValue.Head(c, KindSchema.Of(fact).Fields.First(field => field.LeafName == value.Parts.First()));

    /// <summary>Whether it corrects, withdraws or redacts, and what kind of entry.</summary>
    public static Fragment Title(PageContext c, AmendmentView one)
    {
        KindSchema kind = KindSchema.Of(one.Fact);
        Both title = one switch
        {
            { Redaction: not null } => MoneyWords.RedactionOf,
            { IsWithdrawal: true } => MoneyWords.WithdrawalOf,
            _ => MoneyWords.CorrectionOf,
        };
        return c.Phrase(title).With(new Plain(c.Language.IsChinese ? kind.Chinese : kind.English));
    }

    private static Fragment Recorded(PageContext c, AmendmentView one) => c.Phrase(MoneyWords.AmendedBy).With(
        c.DepartmentLink(one.Amendment.By.Department.Value), c.Day(c.World.RecordedOn(one.Amendment.By)));

    private static Fragment Difference(PageContext c, AmendmentView one, Entry after)
    {
        FieldSchema[] fields = [.. FieldValue.FieldsOf(one.Fact).Where(field => FieldValue.Differs(field, one.Fact, after.Fact))];
        DateOnly? before = one.Amendment.Before.Date;
        return Fragment.Of(page =>
        {
            if (before != after.Date)
            {
                page.Write($"<p>{c.Phrase(MoneyWords.DateChanged).With(c.Day(before), c.Day(after.Date))}</p>");
            }

            if (fields.Length > 0)
            {
                page.Write($"{DifferenceTable.Of(c, $"{one.Id}-table", one.Fact, after.Fact, fields, field => Tells(field, one.Fact, after.Fact))}");
            }
            else if (before == after.Date)
            {
                page.Write($"""<p class="note">{c.Say(MoneyWords.NothingDiffers)}</p>""");
            }
        });
    }

    private static Fragment Said(PageContext c, AmendmentView one) => Fragment.Of(page => page.Write(
        $"""<p>{c.Say(MoneyWords.WhatItSaid)}</p>{FieldList(c, one.Fact)}"""));

    /// <summary>All that an entry said, field by field; what it did not state is left out.</summary>
    public static Fragment FieldList(PageContext c, Fact fact) => Fragment.Of(page => page.Write($"""
        <dl class="facts said">{Fragment.Each(FieldValue.FieldsOf(fact).Where(field => field.Values(fact).Any()), (_, field) => page.Write($"<dt>{FieldValue.Head(c, field)}</dt><dd>{FieldValue.Of(c, field, fact, Tells(field, fact, fact))}</dd>"))}</dl>

        """));

    // Of a batch for a few households the standard is not shown, before or after: see HouseholdTable.
    private static bool Tells(FieldSchema field, Fact before, Fact after) => field.Name is "standard"
        && ((before is HouseholdTransfer one && HouseholdTable.IsSmall(one)) || (after is HouseholdTransfer other && HouseholdTable.IsSmall(other)));
}

/// <summary>What an entry is about, as a link to where it is shown.</summary>
internal static class Subject
{
    public static Fragment Link(PageContext c, AmendmentView one) => About(c.World.History, one) switch
    {
        Project project => c.Anchor($"projects/{project.ProjectId.Value}/", c.Name(project.Name)),
        PlanItem item => c.Anchor($"plans/{item.PlanItemId.Value}/", c.Name(item.Name)),
        PlanApproval said => Fragment.Of(page => page.Write($"{OfPlan(c, said.PlanItemId)} · {CodeWords.Of(c, said.Tier)}")),
        Fund fund => c.Anchor($"funds/{fund.FundId.Value}/", c.Name(fund.Name)),
        IOfFund ofFund when FundBooks.IsOfStream(one.Fact) => OfFund(c, ofFund.FundId),
        Evaluation { ProjectId: { } project } of => OfProject(c, of.FundId, project),
        IOfProject ofProject => OfProject(c, ofProject.FundId, ofProject.ProjectId),
        CreditReport report => c.PlaceLink(report.Place),
        RegionChange change => c.PlaceLink(change.Place),
        Department unit => Fragment.Of(page => page.Write($"{new Held(c.UnitLink(unit.DepartmentId))}")),
        UnitChange change => Fragment.Of(page => page.Write($"{new Held(c.UnitLink(change.DepartmentId))}")),
        _ => EntryLink.Of(c, one.Of),
    };

    // By the name that it has now, where the one that it had is what was forgotten.
    private static Fact About(History history, AmendmentView one) =>
        (one.Redaction is null ? null : history.Find(one.Of)?.Now.Fact) ?? history.SubjectOf(one.Fact);

    // An item whose own entry is not here has no page to lead to.
    private static Fragment OfPlan(PageContext c, PlanItemId id) => c.World.FindPlan(id) is { } plan ? c.PlanLink(plan)
        : c.World.Withdrawn.Select(one => one.Fact).OfType<PlanItem>().LastOrDefault(item => item.PlanItemId == id) is { } gone
            ? c.Anchor($"plans/{id.Value}/", c.Name(gone.Name))
            : Fragment.Of(page => page.Write($"{id.Value}"));

    private static Fragment OfFund(PageContext c, FundId id) => c.World.FindFund(id) is { } fund ? c.FundLink(fund) : c.Anchor($"funds/{id.Value}/", new Plain(id.Value));

    private static Fragment OfProject(PageContext c, FundId fund, ProjectId id) => c.World.FindProject(fund, id) is { } project
        ? c.ProjectLink(project)
        : c.World.Withdrawn.Any(one => one.Fact is Project gone && gone.ProjectId == id) ? c.Anchor($"projects/{id.Value}/", new Plain(id.Value)) : Fragment.Of(page => page.Write($"{id.Value}"));
}

using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What a project was made into after it was registered, each change with what was before and what is after it.</summary>
internal static class ChangeTable
{
    private static readonly string[] Compared =
        ["name", "content", "place", "placeName", "responsibleUnit", "implementingUnit", "totalInvestment", "due", "targets", "milestones"];

    public static Fragment Of(PageContext c, ProjectView project) => Fragment.When(project.Changes.Count > 0, page => page.Write($"""
        <section aria-labelledby="changes-{project.Fund.Id}"><h2 id="changes-{project.Fund.Id}">{c.Say(MoneyWords.Changes)}</h2>
        {Fragment.Each(project.Changes, (_, change) => One(page, c, change))}</section>

        """));

    private static void One(PageWriter page, PageContext c, ChangeView change)
    {
        ProjectChange fact = change.Posted.Fact;
        FieldSchema[] fields = [.. KindSchema.Of(change.Before).Fields.Where(field => Compared.Contains(field.Name, StringComparer.Ordinal) && FieldValue.Differs(field, change.Before, change.After))];
        page.Write($"""
            <article class="change"><h3>{c.Day(change.Posted.Entry.Date)} · {CodeWords.Of(c, fact.Change)}{AmendmentMark.Of(c, change.Posted.Entry.Id)}</h3>
            <p>{c.Name(fact.Reason)} <small>{CodeWords.Of(c, fact.Tier)} · {c.Name(fact.DocumentNumber)}</small></p>
            {Fragment.When(fields.Length > 0, part => part.Write($"{DifferenceTable.Of(c, $"change-{change.Posted.Entry.Id.Value}", change.Before, change.After, fields)}"))}{Successors(c, fact)}</article>

            """);
    }

    private static Fragment Successors(PageContext c, ProjectChange change) => Fragment.When(change.Successors.Length > 0, page => page.Write(
        $"<p>{c.Say(MoneyWords.GoesOnAs)} {Fragment.Each(change.Successors, (_, id) => page.Write($"{Link(c, change.FundId, id)} "))}</p>"));

    public static Fragment Link(PageContext c, FundId fund, ProjectId id) => c.World.FindProject(fund, id) is { } project
        ? c.ProjectLink(project)
        : Fragment.Of(page => page.Write($"{id.Value}"));
}

/// <summary>Two versions of the same thing, side by side, in the fields in which they differ.</summary>
internal static class DifferenceTable
{
    /// <param name="hidden">Fields whose value is not shown, since it could tell who a few households are.</param>
    public static Fragment Of(PageContext c, string id, Fact before, Fact after, IReadOnlyList<FieldSchema> fields, Func<FieldSchema, bool>? hidden = null) => FactTable.Of(
        c, id, new Plain(c.Say(MoneyWords.BeforeAndAfter)), fields, _ => null,
        FactTable.Words<FieldSchema>(c.Say(MoneyWords.Field), field => new Plain(FieldValue.Head(c, field))),
        FactTable.Words<FieldSchema>(c.Say(MoneyWords.Before), field => Struck(c, field, before, hidden?.Invoke(field) ?? false)),
        FactTable.Words<FieldSchema>(c.Say(MoneyWords.After), field => Fragment.Of(page => page.Write($"<ins>{FieldValue.Of(c, field, after, hidden?.Invoke(field) ?? false)}</ins>"))));

    // What was not stated cannot be struck out.
    private static Fragment Struck(PageContext c, FieldSchema field, Fact before, bool hidden) => field.Values(before).Any()
        ? Fragment.Of(page => page.Write($"<del>{FieldValue.Of(c, field, before, hidden)}</del>"))
        : FieldValue.Of(c, field, before);
}

using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The page of what was withdrawn: that it was, when, why, by whom, and what it said. Its address stays for ever.</summary>
internal static class WithdrawnPage
{
    /// <param name="folder">Such as <c>funds</c>.</param>
    /// <param name="things">Every time that something of this id was recorded and withdrawn; at least one.</param>
    public static void Write(PageWriter page, PageContext c, string folder, string id, IReadOnlyList<WithdrawnThing> things)
    {
        (FreeText name, string list, IReadOnlyList<DataLink> data) = things[^1].Fact switch
        {
            Fund fund => (fund.Name, c.Texts.Funds, DataLinks.Of("funds", id)),
            Project project => (project.Name, c.Texts.Projects, DataLinks.Of("projects", id)),
            PlanItem item => (item.Name, c.Say(MoneyWords.Plans), DataLinks.Tables(c.Texts, "entries")),
            var other => throw new InvalidOperationException($"A {KindSchema.Of(other).Name} has no page of its own."),
        };
        var head = new PageHead($"{folder}/{id}/", Name.Text(name, c.Texts), [new(new Plain(list), $"{folder}/"), new(c.Name(name), null)], data)
        {
            Newest = things[^1].Fact switch
            {
                Fund fund => c.World.Log?.Newest(fund.FundId),
                Project project => c.World.Log?.Newest(project.ProjectId),
                _ => null,
            },
        };
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{list} · {c.Say(MoneyWords.IsWithdrawn)}</p>
            <h1><del>{c.Name(name)}</del></h1>
            <p class="answer">{c.Say(MoneyWords.WithdrawnAnswer)}</p>
            {Fragment.Each(things, (_, thing) => One(main, c, thing))}
            """)));
    }

    private static void One(PageWriter page, PageContext c, WithdrawnThing thing) => page.Write($"""
        <section aria-labelledby="said-{thing.History.Id.Value}"><h2 id="said-{thing.History.Id.Value}">{c.Say(MoneyWords.WhatItSaid)}</h2>
        <p class="notice">{c.Phrase(MoneyWords.AmendedBy).With(c.DepartmentLink(thing.By.Amendment.By.Department.Value), c.Day(c.World.RecordedOn(thing.By.Amendment.By)))} · {c.Name(thing.By.Reason)} <a class="mark" href="{c.Link(thing.By.Path)}">{c.Say(MoneyWords.IsWithdrawn)}</a></p>
        {CorrectionIndex.FieldList(c, thing.Fact)}</section>

        """);
}

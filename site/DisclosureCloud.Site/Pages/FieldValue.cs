using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What an entry says in one field, whatever the field's type.</summary>
internal static class FieldValue
{
    /// <summary>The fields that a reader of what changed looks at: all but those that only say where the entry belongs.</summary>
    public static IEnumerable<FieldSchema> FieldsOf(Fact fact) => KindSchema.Of(fact).Fields.Where(field => !field.FromNotice && field.ValueType != typeof(FundId));

    public static string Head(PageContext c, FieldSchema field) => c.Language.IsChinese ? field.Chinese : field.English;

    /// <param name="hidden">True where the value could tell who a few households are.</param>
    public static Fragment Of(PageContext c, FieldSchema field, object owner, bool hidden = false) => Fragment.Of(page =>
    {
        object[] values = [.. field.Values(owner)];
        if (values.Length == 0)
        {
            page.Write($"{c.NotStated}");
        }
        else if (field.ValueType == typeof(EvidenceFile))
        {
            page.Write($"{new Count(values.Length)}"); // How many there are is all that is for everybody.
        }
        else if (hidden)
        {
            page.Write($"{c.Say(MoneyWords.NotShown)}");
        }
        else if (values is [var one])
        {
            page.Write($"{new Held(One(c, field, one))}");
        }
        else
        {
            page.Write($"<ul>{Fragment.Each(values, (_, value) => page.Write($"<li>{new Held(One(c, field, value))}</li>"))}</ul>");
        }
    });

    /// <summary>Whether what two entries say in a field differs.</summary>
    public static bool Differs(FieldSchema field, Fact before, Fact after) => !field.Values(before).SequenceEqual(field.Values(after));

    private static IMarkup One(PageContext c, FieldSchema field, object value) => value switch
    {
        _ when field.Group is { } group => Group(c, group, value),
        Money money => c.Sum(money.Fen),
        FreeText text => c.Name(text),
        Headcount count => new Heads(count, c.Texts),
        DateOnly day => c.Day(day),
        Enum code => new Plain(CodeWords.Of(c, code)),
        Percent share => new Plain(string.Create(CultureInfo.InvariantCulture, $"{share.Value}%")),
        BudgetYear year => new Count(year.Value),
        int number => new Count(number),
        RegionCode place => c.PlaceLink(place),
        ProjectId id when c.World.FindProject(fund: null, id) is { } project => c.ProjectLink(project),
        PlanItemId id when c.World.FindPlan(id) is { } plan => c.PlanLink(plan),
        DepartmentId id => c.UnitLink(id),
        EntryId id => EntryLink.Of(c, id),
        _ => new Plain(value.ToString()),
    };

    private static Fragment Group(PageContext c, GroupSchema group, object value) => Fragment.Each(
        group.Fields, (page, field) => page.Write($"""<span class="part"><small>{Head(c, field)}</small> {Of(c, field, value)}</span> """));
}

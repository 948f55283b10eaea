using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Payments to households by batch, in aggregate. Of a batch of fewer than ten neither persons nor the standard are shown: they would tell who it is.</summary>
internal static class HouseholdTable
{
    public static LongTable<Posted<HouseholdTransfer>> Of(Thing thing, ProjectView project) =>
        new(thing, $"households-{project.Fund.Id}", static c => c.Say(MoneyWords.HouseholdBatches), project.Of<HouseholdTransfer>(), static (c, part) => FactTable.Of(
            c, new Plain(c.Say(MoneyWords.HouseholdTable)), part, _ => null,
            FactTable.Words<Posted<HouseholdTransfer>>(c.Say(MoneyWords.Batch), one => FactTable.With(
                AmendmentMark.After(c, one.Entry.Id, c.Name(one.Fact.Batch)), c.Day(one.Entry.Date), c.Name(one.Fact.Policy))),
            FactTable.Words<Posted<HouseholdTransfer>>(c.Say(MoneyWords.Standard), one => IsSmall(one.Fact) ? new Plain(c.Say(MoneyWords.NotShown)) : c.Name(one.Fact.Standard)),
            FactTable.Words<Posted<HouseholdTransfer>>(c.Say(MoneyWords.HouseholdsPaid), one => new Heads(one.Fact.Households, c.Texts)),
            FactTable.Words<Posted<HouseholdTransfer>>(c.Say(MoneyWords.PersonsPaid), one => new Heads(one.Fact.Persons, c.Texts)),
            FactTable.Total<Posted<HouseholdTransfer>>(c, c.Texts.Paid, one => one.Fact.Amount.Fen),
            FactTable.Money<Posted<HouseholdTransfer>>(c, c.Say(MoneyWords.Failed), one => one.Fact.Failed?.Fen),
            FactTable.Money<Posted<HouseholdTransfer>>(c, c.Say(MoneyWords.CameBack), one => one.Fact.Returned?.Fen)))
        {
            TableId = $"households-table-{project.Fund.Id}",
            Paging = Paging.NewestFirst(30),
        };

    /// <summary>True where the batch is so small that its standard is not shown.</summary>
    public static bool IsSmall(HouseholdTransfer batch) => batch.Households.IsSmall || batch.Persons is { IsCovered: true };
}

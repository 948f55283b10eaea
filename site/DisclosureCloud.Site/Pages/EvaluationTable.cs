using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What evaluations of a fund or a project found.</summary>
internal static class EvaluationTable
{
    public static Fragment Of(PageContext c, IReadOnlyList<Posted<Evaluation>> evaluations) => Fragment.When(evaluations.Count > 0, page => page.Write($"""
        <section aria-labelledby="evaluations"><h2 id="evaluations">{c.Say(MoneyWords.Evaluations)}</h2>
        {FactTable.Of(
            c, "evaluations-table", new Plain(c.Say(MoneyWords.EvaluationsTable)), evaluations, _ => null,
            FactTable.Words<Posted<Evaluation>>(c.Say(MoneyWords.Year), one => AmendmentMark.After(c, one.Entry.Id, new Count(one.Fact.Year.Value))),
            FactTable.Words<Posted<Evaluation>>(c.Say(MoneyWords.Grade), one => new Plain(CodeWords.Of(c, one.Fact.Grade))),
            FactTable.Words<Posted<Evaluation>>(c.Say(MoneyWords.Score), one => one.Fact.Score is { } score ? new Plain(score.Value.ToString(CultureInfo.InvariantCulture)) : c.NotStated),
            FactTable.Words<Posted<Evaluation>>(c.Say(MoneyWords.Found), one => c.Name(one.Fact.Outcome)),
            FactTable.Words<Posted<Evaluation>>(c.Say(MoneyWords.Body), one => FactTable.With(c.Name(one.Fact.Body), FactTable.Document(c, one.Fact.DocumentNumber))))}</section>

        """));
}

using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Suppression;

/// <summary>What is counted in the totals of households and persons. A household that is paid twice counts twice: nobody here knows who it is.</summary>
/// <remarks>
/// Reports on bank loans are not among them: they say how many households have a loan at the end of a period, and a county's report may or
/// may not hold what its townships report. Neither is what failed of a batch.
/// </remarks>
internal enum Measure
{
    TransferHouseholds,
    TransferPersons,
    LoanHouseholds,
    IncomeHouseholds,
    NoticeHouseholds,
    NoticePersons,
}

/// <summary>The counts that a fact adds to totals.</summary>
internal static class Measures
{
    public static IEnumerable<(Measure Measure, Headcount Count)> Of(Fact fact)
    {
        (Measure, Headcount?)[] stated = fact switch
        {
            HouseholdTransfer batch => [(Measure.TransferHouseholds, batch.Households), (Measure.TransferPersons, batch.Persons)],
            Loan loan => [(Measure.LoanHouseholds, loan.Households)],
            IncomeDistribution income => [(Measure.IncomeHouseholds, income.Households)],
            Notice notice => [(Measure.NoticeHouseholds, notice.BeneficiaryHouseholds), (Measure.NoticePersons, notice.BeneficiaryPersons)],
            _ => [],
        };
        return stated.Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2!));
    }

    /// <summary>The year in which a fact counts: that of a notice is its budget year.</summary>
    public static int YearOf(Entry entry) => entry.Fact is Notice notice ? notice.FiscalYear.Value : entry.Date?.Year ?? entry.RecordedAt.Year;

    /// <summary>How many small counts are put together into one number.</summary>
    /// <remarks>
    /// Four or twelve, known before any of them is: were it decided by what they come to, the decision itself would tell something. Loans are mostly
    /// to one or two households, so that it takes more of them until their sum tells nothing of any.
    /// </remarks>
    public static int PoolSize(this Measure measure) => measure == Measure.LoanHouseholds ? 12 : 4;
}

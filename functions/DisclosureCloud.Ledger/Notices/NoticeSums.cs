using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <summary>The figures of a notice must agree with one another to the fen. It is refused whole, with every figure that does not.</summary>
internal static class NoticeSums
{
    public static void Check(NoticeDocument notice, Findings findings)
    {
        Int128 sources = Sum(notice.Sources.Select(source => source.Amount));
        if (sources != notice.Total.Fen)
        {
            findings.Add("/sources", "sources-do-not-add-up", "The sources must add up to the total.", Fen(sources), Fen(notice.Total.Fen));
        }

        Int128 rows = Sum(notice.Rows.Select(row => row.Amount)) + (notice.Unallocated?.Fen ?? 0);
        if ((notice.Rows.Length > 0 || notice.Unallocated is not null) && rows != notice.Total.Fen)
        {
            findings.Add(
                "/allocations",
                "allocations-do-not-add-up",
                "The allocations, with what is stated as not yet allocated, must add up to the total.",
                Fen(rows),
                Fen(notice.Total.Fen));
        }

        var numbers = new HashSet<int>();
        for (int i = 0; i < notice.Rows.Length; i++)
        {
            CheckRow(notice.Rows[i], JsonPointer.Down("/allocations", i), numbers, findings);
        }
    }

    private static void CheckRow(NoticeRow row, string pointer, HashSet<int> numbers, Findings findings)
    {
        if (!numbers.Add(row.No))
        {
            findings.Add(
                JsonPointer.Down(pointer, "no"), "number-twice", "Two rows have the same number.", row.No.ToString(CultureInfo.InvariantCulture));
        }

        if (row.Disbursed > row.Amount)
        {
            findings.Add(
                JsonPointer.Down(pointer, "disbursed"),
                "exceeds-allocated",
                "More is stated as paid than the row allocates.",
                Fen(row.Disbursed.Value.Fen),
                $"at most {Fen(row.Amount.Fen)}");
        }

        if (row.TotalInvestment < row.Amount)
        {
            findings.Add(
                JsonPointer.Down(pointer, "totalInvestment"),
                "investment-below-amount",
                "A project's whole cost is no less than what this fund gives.",
                Fen(row.TotalInvestment.Value.Fen),
                $"at least {Fen(row.Amount.Fen)}");
        }

        Int128 parts = (Int128)row.Amount.Fen + (row.SelfRaised?.Fen ?? 0);
        if (row.TotalInvestment is { } whole && row.SelfRaised is not null && parts > whole.Fen)
        {
            findings.Add(
                JsonPointer.Down(pointer, "selfRaised"),
                "parts-exceed-investment",
                "The amount and what is raised below come to more than the whole cost.",
                Fen(parts),
                $"at most {Fen(whole.Fen)}");
        }
    }

    private static Int128 Sum(IEnumerable<Money> amounts) => amounts.Aggregate((Int128)0, (sum, amount) => sum + amount.Fen);

    private static string Fen(Int128 fen) => string.Create(CultureInfo.InvariantCulture, $"{fen} fen");
}

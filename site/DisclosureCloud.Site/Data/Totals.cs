using System.Text.Json;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Totals in fen. What nobody has stated was paid is null: it is not known to be nothing.</summary>
internal static class Totals
{
    public static Money? Disbursed(FundBooks books) =>
        books.Projects.Values.Any(project => project.Disbursements > 0) ? books.NetDisbursed : null;

    /// <summary>A part of what was paid; null where nobody has stated a payment.</summary>
    public static Func<FundBooks, Money?> IfPaid(Func<FundBooks, Money> part) => books => Disbursed(books) is null ? null : part(books);

    public static Money? Disbursed(ProjectAccount account) => account.Disbursements > 0 ? account.NetDisbursed : null;

    public static void Write(Utf8JsonWriter json, FundBooks books) => Write(json, [
        ("appropriatedFen", books.Appropriated.Fen),
        ("interestFen", books.Interest.Fen),
        ("returnedFen", books.Returned.Fen),
        ("passedDownFen", books.PassedDown.Fen),
        ("allocatedFen", books.NetAllocated.Fen),
        ("freeFen", books.Free.Fen),
        ("committedFen", books.Committed.Fen),
        ("disbursedFen", Disbursed(books)?.Fen),
        ("movedFen", IfPaid(one => one.Moved)(books)?.Fen),
        ("placedFen", IfPaid(one => one.Placed)(books)?.Fen),
        ("spentFen", IfPaid(one => one.Spent)(books)?.Fen),
        ("lentFen", books.Lent.Fen),
        ("principalRepaidFen", books.PrincipalRepaid.Fen),
        ("feesFen", books.Fees.Fen),
        ("writtenOffFen", books.WrittenOff.Fen),
        ("outstandingFen", books.Outstanding.Fen),
    ]);

    public static void Write(Utf8JsonWriter json, RegionNode region) => Write(json, [
        ("appropriatedFen", region.Appropriated.Fen),
        ("receivedFen", region.Received.Fen),
        ("passedDownWithinFen", region.PassedDownWithin.Fen),
        ("passedDownOutFen", region.PassedDownOut.Fen),
        ("passedDownInFen", region.PassedDownIn.Fen),
        ("allocatedFen", region.Allocated.Fen),
        ("disbursedFen", region.Disbursed?.Fen),
    ]);

    /// <summary>A project may draw on several funds: its accounts in all of them, together.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ProjectAccount> accounts)
    {
        long[] stated = [.. accounts.Select(Disbursed).OfType<Money>().Select(amount => amount.Fen)];
        Write(json, [
            ("allocatedFen", accounts.Sum(account => account.NetAllocated.Fen)),
            ("disbursedFen", stated.Length == 0 ? null : stated.Sum()),
        ]);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<(string Name, long? Fen)> totals)
    {
        json.WriteStartObject("totals");
        foreach ((string name, long? fen) in totals)
        {
            json.WritePropertyName(name);
            JsonRows.WriteCell(json, DataCell.Of(fen));
        }

        json.WriteEndObject();
    }
}

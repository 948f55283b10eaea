using System.Text.Json;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Totals in fen. What nobody has stated was paid is null: it is not known to be nothing.</summary>
internal static class Totals
{
    public static Money? Disbursed(FundBooks books) =>
        books.Projects.Values.Any(project => project.Disbursements > 0) ? books.Disbursed : null;

    public static Money? Disbursed(ProjectAccount account) => account.Disbursements > 0 ? account.Disbursed : null;

    public static void Write(Utf8JsonWriter json, FundBooks books) => Write(json, [
        ("appropriatedFen", books.Appropriated),
        ("passedDownFen", books.PassedDown),
        ("allocatedFen", books.Allocated),
        ("freeFen", books.Free),
        ("disbursedFen", Disbursed(books)),
    ]);

    public static void Write(Utf8JsonWriter json, RegionNode region) => Write(json, [
        ("appropriatedFen", region.Appropriated),
        ("receivedFen", region.Received),
        ("passedDownWithinFen", region.PassedDownWithin),
        ("passedDownOutFen", region.PassedDownOut),
        ("passedDownInFen", region.PassedDownIn),
        ("allocatedFen", region.Allocated),
        ("disbursedFen", region.Disbursed),
    ]);

    /// <summary>A project may draw on several funds: its accounts in all of them, together.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ProjectAccount> accounts)
    {
        Money?[] stated = [.. accounts.Select(Disbursed).Where(amount => amount is not null)];
        Write(json, [
            ("allocatedFen", accounts.Aggregate(default(Money), (sum, account) => sum + account.Allocated)),
            ("disbursedFen", stated.Length == 0 ? null : stated.Aggregate(default(Money), (sum, amount) => sum + amount!.Value)),
        ]);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<(string Name, Money? Amount)> totals)
    {
        json.WriteStartObject("totals");
        foreach ((string name, Money? amount) in totals)
        {
            json.WritePropertyName(name);
            JsonRows.WriteCell(json, DataCell.Of(amount));
        }

        json.WriteEndObject();
    }
}

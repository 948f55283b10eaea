using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Entries;

/// <summary>The same filters once more, one by one over every leaf as plain JSON, with nothing of the app's code.</summary>
internal static class NaiveScan
{
    private static readonly string[] Vouchers = ["interest", "repayment", "disbursement", "claim", "refund", "income-distribution"];
    private static readonly ConcurrentDictionary<(string Name, string Value), int[]> Found = new();

    private static readonly string[] Contracts = ["commitment", "loan"];

    /// <summary>Filters that find something and others that nearly do, from the world's own leaves.</summary>
    public static IEnumerable<(string Name, string Value)> Filters()
    {
        foreach (string name in new[] { "kind", "fund", "project", "department", "nature" })
        {
            foreach (string value in ArchiveWorld.Scanned.Select(one => (string?)one.Leaf[name]).OfType<string>().Distinct(StringComparer.Ordinal).Take(2))
            {
                yield return (name, value);
            }
        }

        string[] own =
        [
            "region=410503", "region=410500", "region=000000", "region=410700-0a1b2c3d", "budgetYear=2020", "budgetYear=2015", "source=central", "source=outside",
            "from=2021-01-01", "from=2100-01-01", "to=2020-03-10", "to=1999-01-01", "recordedFrom=2026-11-25", "recordedTo=2026-11-25", "recordedFrom=2026-11-24T00:00:00Z",
            "recordedTo=2026-11-23T12:00:00.000Z", "amountMin=1000000000", "amountMax=0", "amountMax=500", "document=财[2020] 1号", "document=北政〔2020〕3号", "voucher=付1", "contract=借1",
            "payee=收款", "payee=单位", "text=ALERT", "text=道路", "text=ＣＭＤ", "text=nothing at all",
        ];
        foreach (string filter in own)
        {
            yield return (filter[..filter.IndexOf('=', StringComparison.Ordinal)], filter[(filter.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        }

        string id = ArchiveWorld.Leaves[5_000].Leaf.Id.Value;
        yield return ("id", id);
        yield return ("posting", id[..26]);
        yield return ("posting", ArchiveWorld.Leaves[16].Leaf.Id.Value[..26]);
        if (ArchiveWorld.Scanned.Select(one => one.Leaf).FirstOrDefault(leaf => (string?)leaf["kind"] == "commitment") is { } contract)
        {
            yield return ("contract", (string)contract["id"]!);
        }
    }

    /// <summary>The leaf indexes that a filter finds.</summary>
    public static int[] Find(string name, string value) => Found.GetOrAdd((name, value), static filter =>
        [.. Enumerable.Range(0, ArchiveWorld.TreeSize).Where(at => Matches(ArchiveWorld.Scanned[at].Leaf, ArchiveWorld.Scanned[at].Values, filter.Name, filter.Value))]);

    private static bool Matches(JsonObject leaf, IReadOnlyDictionary<string, string> values, string name, string value) => name switch
    {
        "id" => Text(leaf, "id") == value,
        "posting" => Text(leaf, "id")!.StartsWith(value, StringComparison.Ordinal),
        "kind" or "fund" or "department" or "nature" => Text(leaf, name) == value,
        "project" => Text(leaf, "project") == value || (Text(leaf, "kind") == "project-change" && leaf["successors"] is JsonArray some && some.Any(one => (string?)one == value)),
        "source" => Text(leaf, "level") == value,
        "region" => Places(leaf).Any(place => Below(place, value)),
        "budgetYear" => new[] { "budgetYear", "fiscalYear", "year" }.Any(field => leaf[field]?.ToString() == value),
        "from" => string.CompareOrdinal(Text(leaf, "date"), value) >= 0,
        "to" => Text(leaf, "date") is { } date && string.CompareOrdinal(date, value) <= 0,
        "recordedFrom" => Moment(leaf) >= First(value),
        "recordedTo" => Moment(leaf) < (value.Length == 10 ? First(value).AddDays(1) : First(value).AddMilliseconds(1)),
        "amountMin" => Amounts(leaf).Any(fen => fen >= long.Parse(value, CultureInfo.InvariantCulture)),
        "amountMax" => Amounts(leaf).Any(fen => fen <= long.Parse(value, CultureInfo.InvariantCulture)),
        "voucher" => Vouchers.Contains(Text(leaf, "kind")) && IsNumber(Opened(leaf, values, "reference"), value),
        "contract" when value.Length > 26 => Text(leaf, "id") == value || (leaf["commitment"] is JsonValue cited && (string?)cited == value),
        "contract" => Contracts.Contains(Text(leaf, "kind")) && IsNumber(Opened(leaf, values, "reference"), value),
        "document" => !Vouchers.Contains(Text(leaf, "kind")) && !Contracts.Contains(Text(leaf, "kind")) && (IsNumber(Opened(leaf, values, "reference"), value) || IsNumber(Opened(leaf, values, "documentNumber"), value)),
        "payee" => new[] { "payee", "contractor" }.Any(field => Opened(leaf, values, field)?.Contains(value, StringComparison.Ordinal) == true),
        "text" => values.Values.Any(one => Folded(one).Contains(Folded(value), StringComparison.Ordinal)),
        _ => throw new InvalidOperationException($"Say what {name} finds."),
    };

    private static string? Text(JsonObject leaf, string name) => leaf[name] is JsonValue value ? value.ToString() : null;

    // The names that places have in the kinds of these worlds.
    private static IEnumerable<string> Places(JsonObject leaf) =>
        new[] { "region", "place" }.Select(name => Text(leaf, name)).OfType<string>()
            .Concat(Text(leaf, "kind") == "region-change" ? leaf["successors"]!.AsArray().Select(one => (string)one!) : []);

    private static bool Below(string place, string above) => above == "000000" || place == above || place.StartsWith($"{above}-", StringComparison.Ordinal)
        || (above.EndsWith("00", StringComparison.Ordinal) && above.Length == 6 && place.StartsWith(above.TrimEnd('0').PadRight(above.EndsWith("0000", StringComparison.Ordinal) ? 2 : 4, '0'), StringComparison.Ordinal));

    private static IEnumerable<long> Amounts(JsonObject leaf) => leaf.Where(field => field.Key.EndsWith("Fen", StringComparison.Ordinal)).Select(field => field.Value!.GetValue<long>());

    private static string? Opened(JsonObject leaf, IReadOnlyDictionary<string, string> values, string field) =>
        leaf[field] is JsonObject { Count: 1 } sealedValue && (string?)sealedValue["commitment"] is { } hex ? values.GetValueOrDefault(hex) : null;

    private static bool IsNumber(string? found, string wanted) => found is not null && Bare(found) == Bare(wanted);

    private static string Bare(string number) => Folded(number).Replace('〔', '[').Replace('〕', ']').Replace(" ", "", StringComparison.Ordinal);

    private static string Folded(string text) => text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    private static DateTimeOffset Moment(JsonObject leaf) => DateTimeOffset.Parse(Text(leaf, "recordedAt")!, CultureInfo.InvariantCulture);

    private static DateTimeOffset First(string text) => DateTimeOffset.Parse(text.Length == 10 ? $"{text}T00:00:00+08:00" : text, CultureInfo.InvariantCulture);
}

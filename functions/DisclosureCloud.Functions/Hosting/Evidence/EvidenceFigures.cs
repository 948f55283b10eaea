using System.Globalization;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Functions.Hosting.Evidence;

/// <summary>What the entries of a pack add up to, by kind, fund, project and currency, as they were recorded.</summary>
/// <remarks>What was corrected or withdrawn is counted beside, so that whoever adds up the entries finds these sums, and the ones that stand.</remarks>
internal sealed class EvidenceFigures
{
    private const string Header = "kind,fund,project,currency,entries,amountFen,amendedEntries,amendedFen\r\n";

    private static readonly string[] By = ["kind", "fund", "project", "currency"];

    private readonly SortedDictionary<string, Sum> _sums = new(StringComparer.Ordinal);

    public void Add(FoundEntry entry, bool isAmended)
    {
        string key = string.Join(',', By.Select(field => FormulaGuard.Guard(entry.Says.Json[field]?.ToString() ?? "")));
        Sum sum = _sums.TryGetValue(key, out Sum? known) ? known : _sums[key] = new Sum();
        Int128 fen = entry.Says.Json["amountFen"]?.GetValue<long>() ?? 0;
        sum.Entries++;
        sum.Fen += fen;
        sum.AmendedEntries += isAmended ? 1 : 0;
        sum.AmendedFen += isAmended ? fen : 0;
    }

    public string ToCsv() => Header + string.Concat(_sums.Select(one => string.Create(
        CultureInfo.InvariantCulture, $"{one.Key},{one.Value.Entries},{one.Value.Fen},{one.Value.AmendedEntries},{one.Value.AmendedFen}\r\n")));

    private sealed class Sum
    {
        public int Entries { get; set; }

        public Int128 Fen { get; set; }

        public int AmendedEntries { get; set; }

        public Int128 AmendedFen { get; set; }
    }
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>What an entry can be looked for by that stands in clear in its leaf, as a list of codes or ids.</summary>
public enum Term
{
    Kind,
    Department,
    Fund,
    Project,
    Region,
    BudgetYear,
    Nature,
    Source,
}

/// <summary>A leaf as queries see it: what stands in it in clear, found by the types of its kind's fields.</summary>
/// <remarks>The index of a segment and the filter of a query read leaves by this alone, so that neither can see what the other does not.</remarks>
public sealed class LeafTerms
{
    private static readonly FrozenDictionary<string, FrozenDictionary<Term, ImmutableArray<byte[]>>> NamesByKind =
        KindSchema.All.ToFrozenDictionary(kind => kind.Name, NamesOf, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ImmutableArray<byte[]>> MoneyByKind = KindSchema.All.ToFrozenDictionary(
        kind => kind.Name,
        kind => kind.Fields.Where(field => field.ValueType == typeof(Money)).Select(field => Encoding.UTF8.GetBytes(field.LeafName)).ToImmutableArray(),
        StringComparer.Ordinal);

    private readonly JsonElement _leaf;

    /// <exception cref="FormatException">Not an entry of a kind that there is.</exception>
    public LeafTerms(JsonElement leaf)
    {
        _leaf = leaf;
        Kind = leaf.ValueKind == JsonValueKind.Object ? TextOf("kind"u8) : throw new FormatException("A leaf is a JSON object.");
        if (!NamesByKind.ContainsKey(Kind))
        {
            throw new FormatException($"There is no kind '{Kind}'.");
        }
    }

    public string Kind { get; }

    /// <summary>The entry's id.</summary>
    public string Id => TextOf("id"u8);

    /// <summary>The id of an entry, without reading the rest of its leaf.</summary>
    /// <exception cref="FormatException">Not an entry.</exception>
    public static string IdOf(ReadOnlySpan<byte> leaf)
    {
        try
        {
            return LineMember.Find(leaf, "id"u8, out Utf8JsonReader id) ? id.GetString()! : throw new FormatException("A leaf has a text 'id'.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new FormatException("A leaf is a JSON object.", fault);
        }
    }

    /// <summary>When it happened, as <c>yyyy-MM-dd</c>; null where a notice does not say.</summary>
    public string? Date => _leaf.TryGetProperty("date"u8, out JsonElement date) ? date.GetString() : null;

    /// <summary>When it was recorded, as <see cref="Instant"/> writes it: earlier moments come first in ordinal order.</summary>
    public string RecordedAt => TextOf("recordedAt"u8);

    /// <summary>Every amount that the entry states, in fen.</summary>
    public IEnumerable<long> AmountsFen => Elements(MoneyByKind[Kind]).Select(amount => amount.GetInt64());

    /// <summary>What the entry names of that sort.</summary>
    public IEnumerable<string> Of(Term term) => Elements(NamesByKind[Kind][term]).Select(Text);

    /// <summary>True where the entry names this.</summary>
    public bool Has(Term term, string value)
    {
        foreach (JsonElement element in Elements(NamesByKind[Kind][term]))
        {
            if (element.ValueKind == JsonValueKind.String ? element.ValueEquals(value) : Text(element) == value)
            {
                return true;
            }
        }

        return false;
    }

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? element.GetString()!
        : element.GetInt64().ToString(CultureInfo.InvariantCulture);

    private static FrozenDictionary<Term, ImmutableArray<byte[]>> NamesOf(KindSchema kind) => Enum.GetValues<Term>().ToFrozenDictionary(term => term, term => term switch
    {
        Term.Kind => ["kind"u8.ToArray()],
        Term.Department => ["department"u8.ToArray()],
        Term.Fund => Names<FundId>(kind),
        Term.Project => Names<ProjectId>(kind),
        Term.Region => Names<RegionCode>(kind),
        Term.BudgetYear => Names<BudgetYear>(kind),
        Term.Nature => [.. Names<SourceNature>(kind), .. Names<DisbursementNature>(kind)],
        Term.Source => Names<SourceLevel>(kind),
        _ => throw new InvalidOperationException($"Say which fields have a {term}."),
    });

    private static ImmutableArray<byte[]> Names<T>(KindSchema kind) =>
        [.. kind.Fields.Where(field => field.ValueType == typeof(T)).Select(field => Encoding.UTF8.GetBytes(field.LeafName))];

    private string TextOf(ReadOnlySpan<byte> name) => _leaf.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new FormatException($"A leaf has a text '{Encoding.UTF8.GetString(name)}'.");

    private IEnumerable<JsonElement> Elements(ImmutableArray<byte[]> names)
    {
        foreach (byte[] name in names)
        {
            if (!_leaf.TryGetProperty(name, out JsonElement value))
            {
                continue;
            }

            if (value.ValueKind != JsonValueKind.Array)
            {
                yield return value;
                continue;
            }

            foreach (JsonElement item in value.EnumerateArray())
            {
                yield return item;
            }
        }
    }
}

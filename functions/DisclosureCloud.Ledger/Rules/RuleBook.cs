using System.Collections.Immutable;
using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>What differs from place to place and year to year is data: tiers of approval, caps, thresholds, periods.</summary>
/// <remarks>
/// A file (<c>rules.json</c>; the operator's own goes before the built-in one): <c>default</c> and, by region code, what is otherwise there.
/// A region's own rules go before those of the places above it.
/// </remarks>
public sealed class RuleBook
{
    /// <summary>The longest file that is read: a province has some 200 counties.</summary>
    public const int LengthMax = 1 << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private readonly PlaceRules _default;
    private readonly ImmutableDictionary<RegionCode, PlaceRules> _regions;

    private RuleBook(PlaceRules @default, ImmutableDictionary<RegionCode, PlaceRules> regions, Sha256Hex version) =>
        (_default, _regions, Version) = (@default, regions, version);

    /// <summary>The hash of the file: by it pages that were made from other rules are known.</summary>
    public Sha256Hex Version { get; }

    /// <summary>The rules that come with the program.</summary>
    public static RuleBook BuiltIn { get; } = Load();

    /// <summary>The rules for a place: its own, or those of the nearest place above it, or the default.</summary>
    public PlaceRules For(RegionCode place)
    {
        for (RegionCode? at = place; at is { } code; at = code.Parent)
        {
            if (_regions.TryGetValue(code, out PlaceRules? rules))
            {
                return rules;
            }
        }

        return _default;
    }

    /// <exception cref="FormatException">The file is not such a file; the message says where.</exception>
    public static RuleBook Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            File file = JsonSerializer.Deserialize<File>(json, Options) ?? throw new FormatException("The rules file is empty.");
            return new RuleBook(
                PlaceRules.Of(file.Default ?? throw new FormatException("The rules file has no 'default'."), "default"),
                (file.Regions ?? []).ToImmutableDictionary(
                    pair => RegionCode.TryParse(pair.Key, out RegionCode code) ? code : throw new FormatException($"'{pair.Key}' is no region code."),
                    pair => PlaceRules.Of(pair.Value ?? throw new FormatException($"The rules of '{pair.Key}' are not stated."), pair.Key)),
                Sha256Hex.Of(json));
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"The rules file cannot be read at {wrong.Path}, line {wrong.LineNumber + 1}.", wrong);
        }
    }

    private static RuleBook Load()
    {
        using Stream stream = typeof(RuleBook).Assembly.GetManifestResourceStream("rules.json")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(bytes);
    }

    private sealed record File(PlaceRules.Stated? Default, Dictionary<string, PlaceRules.Stated?>? Regions);
}

/// <summary>The rules of one place.</summary>
/// <param name="Basis">What they rest on.</param>
/// <param name="Tiers">The tiers that an item of the project library goes through, from below.</param>
/// <param name="DecidingTier">The tier that puts it into the annual plan, and to which changes over the threshold go back.</param>
/// <param name="MoneyNeedsTier">The tier without whose approval no project is registered; above the deciding one where the city approves with experts.</param>
/// <param name="ManagementFeePerTenThousand">How much of what was given may pay for managing projects, in hundredths of a percent.</param>
/// <param name="AdjustmentPercent">A change of more than this share of the old figure goes back to the deciding tier.</param>
/// <param name="GongshiDays">How many days a 公示 runs.</param>
public sealed record PlaceRules(
    string Basis,
    ImmutableArray<Tier> Tiers,
    Tier DecidingTier,
    Tier MoneyNeedsTier,
    int ManagementFeePerTenThousand,
    int AdjustmentPercent,
    int GongshiDays)
{
    /// <summary>The most that managing projects may cost, of what was given. What is finer than a fen is left out.</summary>
    public Money ManagementFeeMax(Money given) => new((long)((Int128)given.Fen * ManagementFeePerTenThousand / 10_000), given.Currency);

    /// <summary>True where a change from one figure to another is over the threshold.</summary>
    public bool IsLarge(Money from, Money to) => (Int128)Math.Abs(from.Fen - to.Fen) * 100 > (Int128)from.Fen * AdjustmentPercent;

    internal static PlaceRules Of(Stated stated, string where)
    {
        ImmutableArray<Tier> tiers = [.. (stated.Tiers ?? []).Select(name => TierOf(name, where))];
        Tier deciding = TierOf(stated.DecidingTier, where);
        Tier money = TierOf(stated.MoneyNeedsTier, where);
        bool good = !string.IsNullOrWhiteSpace(stated.Basis) && tiers.SequenceEqual(tiers.Distinct().Order()) && tiers.Contains(deciding) && tiers.Contains(money)
            && stated.ManagementFeePerTenThousand is >= 0 and <= 10_000 && stated.AdjustmentPercent is >= 0 and <= 100 && stated.GongshiDays is >= 1 and <= 366;
        return good
            ? new PlaceRules(stated.Basis!, tiers, deciding, money, stated.ManagementFeePerTenThousand, stated.AdjustmentPercent, stated.GongshiDays)
            : throw new FormatException($"The rules of '{where}' do not hold together: tiers from below, each once, the deciding ones among them; shares and days within bounds; a basis.");
    }

    private static Tier TierOf(string? name, string where) => name is not null && Code.TryParse(typeof(Tier), name) is Tier tier
        ? tier
        : throw new FormatException($"The rules of '{where}' name a tier '{name}': there are {string.Join(", ", Code.Texts(typeof(Tier)))}.");

    internal sealed record Stated(
        string? Basis, string[]? Tiers, string? DecidingTier, string? MoneyNeedsTier, int ManagementFeePerTenThousand, int AdjustmentPercent, int GongshiDays);
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace DisclosureCloud.Ledger;

/// <summary>A kind of entry, read off its record: the one source of the reader, the leaf, the JSON Schema and the dictionary.</summary>
public sealed class KindSchema
{
    /// <summary>What every leaf holds besides its fields. Stands first: making the kinds below reads it.</summary>
    private static readonly ImmutableArray<string> HeaderNames =
        ["channel", "currency", "date", "department", "format", "id", "kind", "recordedAt", "unit"];

    private static readonly FrozenDictionary<Type, KindSchema> ByType = typeof(Fact).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Fact)))
        .ToFrozenDictionary(type => type, type => new KindSchema(type));

    private static readonly FrozenDictionary<string, KindSchema> ByName =
        ByType.Values.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    private readonly ConstructorInfo _constructor;
    private readonly bool _alwaysApproved;
    private readonly int _ownCount;

    private KindSchema(Type type)
    {
        KindAttribute about = type.GetCustomAttribute<KindAttribute>()
            ?? throw new InvalidOperationException($"{type.Name} lacks its [Kind].");
        (Name, Chinese, English, IsPosted, _alwaysApproved) = (about.Name, about.Chinese, about.English, about.Posted, about.AlwaysApproved);
        IsOfProgram = type.IsAssignableTo(typeof(IOfProgram));
        IsAmendment = type.IsAssignableTo(typeof(IAmendment));
        _constructor = type.GetConstructors().Single(constructor => constructor.GetParameters().Length > 1);
        var nullability = new NullabilityInfoContext();
        FieldSchema[] own = [.. _constructor.GetParameters().Select(parameter => new FieldSchema(type, parameter, nullability))];
        (_ownCount, TakesEvidence) = (own.Length, IsCorrectable);
        Fields = TakesEvidence ? [.. own, FieldSchema.OfEvidence()] : [.. own];
        if (Fields.FirstOrDefault(field => HeaderNames.Contains(field.LeafName, StringComparer.Ordinal)) is { } clash)
        {
            throw new InvalidOperationException($"{type.Name}.{clash.Name} has the name of a field that every entry has.");
        }
    }

    /// <summary>Every kind, by name.</summary>
    public static IReadOnlyList<KindSchema> All { get; } = [.. ByName.Values.OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    public string Name { get; }

    public string Chinese { get; }

    public string English { get; }

    /// <summary>False for kinds that only a notice or the publisher makes.</summary>
    public bool IsPosted { get; }

    /// <summary>True for what the program records about itself: no page and no table shows it.</summary>
    public bool IsOfProgram { get; }

    /// <summary>True for what is said of an earlier entry.</summary>
    public bool IsAmendment { get; }

    /// <summary>True where an entry of this kind may be corrected. An amendment is not amended: the entry is corrected again.</summary>
    public bool IsCorrectable => IsPosted && !IsAmendment;

    /// <summary>True where an entry of this kind may name evidence files: what is posted, and is about no other entry.</summary>
    public bool TakesEvidence { get; }

    public ImmutableArray<FieldSchema> Fields { get; }

    /// <summary>True where a fact of this kind states money.</summary>
    public bool HasMoney => Fields.Any(one => one.ValueType == typeof(Money));

    /// <summary>True where a second person always decides, whatever the operator sets: for money, and for what changes the past.</summary>
    public bool IsAlwaysApproved => _alwaysApproved || HasMoney;

    /// <summary>The id under which others know what a fact of this kind makes; null for most kinds.</summary>
    public FieldSchema? Key => Fields.FirstOrDefault(one => one.IsKey);

    public static KindSchema Of(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return ByType[fact.GetType()];
    }

    public static KindSchema? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A fact that takes the place of another keeps what only a notice states.</summary>
    public static Fact KeepNotice(Fact replacement, Fact original)
    {
        KindSchema kind = Of(replacement);
        return kind == Of(original) && kind.Fields.Any(one => one.FromNotice)
            ? kind.Make([.. kind.Fields.Select(one => one.Value(one.FromNotice ? original : replacement))])
            : replacement;
    }

    /// <summary>The fact with each of its counts of persons and households as another says it, also those within lists and groups.</summary>
    public static Fact MapCounts(Fact fact, Func<Headcount, Headcount> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        KindSchema kind = Of(fact);
        return kind.Fields.Any(one => one.HoldsCounts) ? kind.Make([.. kind.Fields.Select(one => one.MapCounts(fact, count))]) : fact;
    }

    /// <summary>Makes the fact from its fields' values, in their order.</summary>
    internal Fact Make(object?[] values)
    {
        var fact = (Fact)_constructor.Invoke(values[.._ownCount]);
        return TakesEvidence && values[_ownCount] is ImmutableArray<EvidenceFile> { IsDefaultOrEmpty: false } files ? fact with { EvidenceFiles = files } : fact;
    }
}

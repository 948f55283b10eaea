using System.Collections.Immutable;
using System.Reflection;

namespace DisclosureCloud.Ledger;

/// <summary>One field of a kind, or of a group within one, as its record's constructor has it.</summary>
public sealed class FieldSchema
{
    private readonly PropertyInfo _property;
    private readonly FieldList? _list;

    internal FieldSchema(Type owner, ParameterInfo parameter, NullabilityInfoContext nullability)
        : this(parameter.GetCustomAttribute<FieldAttribute>(), owner.GetProperty(parameter.Name!)!, nullability.Create(parameter).ReadState == NullabilityState.Nullable)
    {
    }

    private FieldSchema(FieldAttribute? words, PropertyInfo property, bool isNullable)
    {
        FieldAttribute about = words
            ?? throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} lacks its [Field]: every field is described in both languages.");
        _property = property;
        _list = FieldList.Of(property.PropertyType);
        ValueType = _list?.ItemType ?? Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsRequired = _list is null ? !isNullable : about.Required;
        Group = GroupSchema.Find(ValueType);
        Type = Group is null ? FieldType.Of(ValueType) : null;
        Name = about.Name ?? char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
        LeafName = ValueType == typeof(Money) ? Name + "Fen" : Name;
        (Chinese, English, FromNotice, FromApproval) = (about.Chinese, about.English, about.FromNotice, about.FromApproval);
        (IsKey, ZeroAllowed) = (about.Key, about.ZeroAllowed);
    }

    /// <summary>The field that every kind has which may name evidence files.</summary>
    internal static FieldSchema OfEvidence()
    {
        PropertyInfo property = typeof(Fact).GetProperty(nameof(Fact.EvidenceFiles))!;
        return new FieldSchema(property.GetCustomAttribute<FieldAttribute>(), property, isNullable: false);
    }

    /// <summary>As postings have it.</summary>
    public string Name { get; }

    /// <summary>As leaves and data files have it: money says its unit.</summary>
    public string LeafName { get; }

    /// <summary>The type of the value, or of an item where the field is a list.</summary>
    public Type ValueType { get; }

    public bool IsArray => _list is not null;

    public bool IsRequired { get; }

    /// <summary>How many items a list has at most. A leaf has 64 KiB, and an item of a group holds several commitments.</summary>
    public int CountMax => Group is not null ? GroupSchema.CountMax : ValueType == typeof(EvidenceFile) ? EvidenceFile.CountMax : NoticeReader.ListMax;

    /// <summary>The fields of the value, or of each item, where it is a group of fields.</summary>
    public GroupSchema? Group { get; }

    /// <summary>True where the leaf holds a commitment instead of the value.</summary>
    public bool IsForgettable => Type is { IsForgettable: true };

    /// <summary>True for what a posting states itself.</summary>
    public bool IsPosted => !FromNotice && !FromApproval;

    /// <summary>True for what only a notice states.</summary>
    public bool FromNotice { get; }

    /// <summary>True for what the approval of its posting states.</summary>
    public bool FromApproval { get; }

    /// <summary>True for the id under which others know the thing.</summary>
    public bool IsKey { get; }

    /// <summary>True for an amount that may be nothing.</summary>
    public bool ZeroAllowed { get; }

    public string Chinese { get; }

    public string English { get; }

    /// <summary>What its type means; null for a group.</summary>
    internal FieldType? Type { get; }

    /// <summary>The field's value in a fact or group; null where it is not stated.</summary>
    public object? Value(object owner) => _property.GetValue(owner);

    /// <summary>The values that a fact states in this field: none, one, or the items of the list.</summary>
    public IEnumerable<object> Values(object owner) => Value(owner) switch
    {
        null => [],
        { } list when _list is not null => _list.Items(list),
        { } value => [value],
    };

    /// <summary>True where the value, or a part of it, is a count of persons or households.</summary>
    internal bool HoldsCounts => ValueType == typeof(Headcount) || (Group is { } group && group.Fields.Any(one => one.HoldsCounts));

    /// <summary>What the constructor takes for the same values with other counts.</summary>
    internal object? MapCounts(object owner, Func<Headcount, Headcount> count) =>
        HoldsCounts ? Make([.. Values(owner).Select(value => MapCount(value, count))]) : Value(owner);

    private object MapCount(object value, Func<Headcount, Headcount> count) => value switch
    {
        Headcount one => count(one),
        _ => Group!.Make([.. Group.Fields.Select(part => part.MapCounts(value, count))]),
    };

    /// <summary>What the constructor takes for these values.</summary>
    internal object? Make(IReadOnlyList<object> values) => _list is null ? values.SingleOrDefault() : _list.Make(values);
}

/// <summary>A record that is no fact of its own, but a part of one: a target, a milestone.</summary>
public sealed class GroupSchema
{
    /// <summary>How many of them a list has at most.</summary>
    public const int CountMax = 50;

    private readonly ConstructorInfo _constructor;

    private GroupSchema(Type type, ConstructorInfo constructor)
    {
        _constructor = constructor;
        var nullability = new NullabilityInfoContext();
        Fields = [.. constructor.GetParameters().Select(parameter => new FieldSchema(type, parameter, nullability))];
    }

    public ImmutableArray<FieldSchema> Fields { get; }

    /// <summary>The group that a type is, by its constructor's [Field]s; null for a single value.</summary>
    internal static GroupSchema? Find(Type type) => type.GetConstructors()
        .FirstOrDefault(one => one.GetParameters() is [var first, ..] && first.GetCustomAttribute<FieldAttribute>() is not null) is { } constructor
            ? new GroupSchema(type, constructor)
            : null;

    internal object Make(object?[] values) => _constructor.Invoke(values);
}

/// <summary>How a field's list is made and read, whatever its items are.</summary>
internal abstract class FieldList
{
    public abstract Type ItemType { get; }

    public abstract object Make(IReadOnlyList<object> items);

    public abstract IEnumerable<object> Items(object list);

    public static FieldList? Of(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        ? (FieldList)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(type.GetGenericArguments()))!
        : null;

    private sealed class Typed<T> : FieldList
        where T : notnull
    {
        public override Type ItemType => typeof(T);

        public override object Make(IReadOnlyList<object> items) => items.Cast<T>().ToImmutableArray();

        public override IEnumerable<object> Items(object list) => (ImmutableArray<T>)list is { IsDefault: false } items ? items.Cast<object>() : [];
    }
}

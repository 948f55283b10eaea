using System.Collections.Immutable;
using System.Reflection;

namespace DisclosureCloud.Ledger;

/// <summary>One field of a kind, as its record's constructor has it.</summary>
public sealed class FieldSchema
{
    private readonly PropertyInfo _property;

    internal FieldSchema(Type fact, ParameterInfo parameter, NullabilityInfoContext nullability)
    {
        FieldAttribute about = parameter.GetCustomAttribute<FieldAttribute>()
            ?? throw new InvalidOperationException($"{fact.Name}.{parameter.Name} lacks its [Field]: every field is described in both languages.");
        _property = fact.GetProperty(parameter.Name!)!;
        Type type = parameter.ParameterType;
        IsArray = type == typeof(ImmutableArray<FreeText>);
        ValueType = IsArray ? typeof(FreeText) : Nullable.GetUnderlyingType(type) ?? type;
        IsRequired = IsArray
            ? about.Name is null && parameter.Name!.EndsWith("Names", StringComparison.Ordinal)
            : nullability.Create(parameter).ReadState != NullabilityState.Nullable;
        Type = FieldType.Of(ValueType);
        Name = about.Name ?? char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];
        LeafName = ValueType == typeof(Money) ? Name + "Fen" : Name;
        (Chinese, English, FromNotice) = (about.Chinese, about.English, about.FromNotice);
    }

    /// <summary>As postings have it.</summary>
    public string Name { get; }

    /// <summary>As leaves and data files have it: money says its unit.</summary>
    public string LeafName { get; }

    public Type ValueType { get; }

    public bool IsArray { get; }

    public bool IsRequired { get; }

    /// <summary>True where the leaf holds a commitment instead of the value.</summary>
    public bool IsForgettable => Type.IsForgettable;

    /// <summary>True for what a posting cannot set.</summary>
    public bool FromNotice { get; }

    public string Chinese { get; }

    public string English { get; }

    internal FieldType Type { get; }

    /// <summary>The field's value in a fact, or null where it is not stated.</summary>
    public object? Value(Fact fact) => _property.GetValue(fact);
}

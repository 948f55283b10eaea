using System.Collections.Immutable;
using System.Reflection;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Tests.Data;

/// <summary>A fact of any kind, made from the types of its record alone, so that no new kind or field goes untested.</summary>
internal static class AnyFact
{
    private static readonly string[] Ids = ["sample-1", "410503", "aaaaaaaaaaaaaaaaaaaaaaaaaa-1", "91350100M000100Y43", new('a', 64), "0.9.0"];

    /// <summary>A fact with every field stated.</summary>
    /// <param name="text">Makes each of its texts.</param>
    /// <param name="heads">Every count of persons or households.</param>
    public static Fact Of(KindSchema kind, Func<FreeText> text, Headcount? heads = null) =>
        (Fact)Record(TypeOf(kind), type => Value(type, text, heads ?? Headcount.Of(770)));

    /// <summary>A fact with nothing stated that may be left out; lists are empty.</summary>
    public static Fact Bare(KindSchema kind, Func<FreeText> text) => (Fact)Record(
        TypeOf(kind), type => IsList(type) ? Value(type, text, Headcount.Of(770), items: 0) : Value(type, text, Headcount.Of(770)), bare: true);

    private static Type TypeOf(KindSchema kind) =>
        typeof(Fact).Assembly.GetTypes().Single(type => type.GetCustomAttribute<KindAttribute>()?.Name == kind.Name);

    private static object Record(Type type, Func<Type, object> value, bool bare = false)
    {
        ConstructorInfo constructor = type.GetConstructors().Single(one => one.GetParameters().Length > 1);
        var nullability = new NullabilityInfoContext();
        return constructor.Invoke(
        [
            .. constructor.GetParameters().Select(parameter =>
                bare && nullability.Create(parameter).ReadState == NullabilityState.Nullable ? null : value(parameter.ParameterType)),
        ]);
    }

    private static object Value(Type type, Func<FreeText> text, Headcount heads, int items = 2) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } stated => Value(stated, text, heads),
        _ when IsList(type) => List(type.GenericTypeArguments[0], items, item => Value(item, text, heads)),
        _ when type == typeof(FreeText) => text(),
        _ when type == typeof(Headcount) => heads,
        _ when type == typeof(Fingerprint) => Fingerprint.Of("ff00ff00"),
        _ when type == typeof(Money) => new Money(123_456),
        _ when type == typeof(DateOnly) => new DateOnly(2018, 6, 1),
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 11,
        _ when type == typeof(long) => 1_234L,
        _ when type == typeof(FundId) => DataWorld.FundId,
        _ when type == typeof(SigningKey) => SigningKey.Example,
        _ when type == typeof(ValuePointer) => Id.Parse<ValuePointer>("/name"),
        _ when type == typeof(ProjectId) => DataWorld.ProjectId,
        { IsEnum: true } => Enum.GetValues(type).GetValue(1)!,
        _ when type == typeof(Quantity) => Quantity.OfThousandths(12_500),
        { IsValueType: true } when type.GetMethod("TryParse") is { } parse => Parsed(parse),
        { IsValueType: true } when type.GetConstructor([typeof(int)]) is { } number => Number(number),
        _ => Record(type, part => Value(part, text, heads)), // A group of fields.
    };

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    private static object List(Type item, int items, Func<Type, object> value)
    {
        var array = Array.CreateInstance(item, items);
        for (int i = 0; i < items; i++)
        {
            array.SetValue(value(item), i);
        }

        return typeof(ImmutableArray).GetMethods().Single(method => method.Name == "Create" && method.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(item).Invoke(null, [array])!;
    }

    private static object Parsed(MethodInfo parse)
    {
        foreach (string id in Ids)
        {
            object?[] arguments = [id, null];
            if ((bool)parse.Invoke(null, arguments)!)
            {
                return arguments[1]!;
            }
        }

        throw new InvalidOperationException($"Say what a {parse.DeclaringType} looks like.");
    }

    private static object Number(ConstructorInfo constructor)
    {
        try
        {
            return constructor.Invoke([50]);
        }
        catch (TargetInvocationException)
        {
            return constructor.Invoke([2018]); // A year.
        }
    }
}

using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>Writes what a stream's commits carry as JSON, and reads it back: any record whose properties can be set.</summary>
/// <remarks>
/// A property is a value that a field of a fact may be, a record of the same sort, a list, or a dictionary by id. What has its default
/// value is left out: of an account most figures are zero. Money stands as fen; the stream's currency stands once, at the top.
/// </remarks>
public static class StateJson
{
    private const string CurrencyName = "currency";

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static JsonObject Write(object state, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(state);
        JsonObject json = WriteRecord(state);
        json[CurrencyName] = currency.Code;
        return json;
    }

    /// <exception cref="FormatException">Not what <see cref="Write"/> wrote for this type.</exception>
    public static TState Read<TState>(JsonObject json)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(json);
        return (TState)ReadRecord(typeof(TState), json, new Currency(json[CurrencyName]!.GetValue<string>()));
    }

    private static PropertyInfo[] Of(Type type) => Properties.GetOrAdd(
        type, static one => [.. one.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)]);

    private static string NameOf(PropertyInfo property)
    {
        string name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
        return (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(Money) ? name + "Fen" : name;
    }

    private static JsonObject WriteRecord(object state)
    {
        var json = new JsonObject();
        foreach (PropertyInfo property in Of(state.GetType()))
        {
            if (property.GetValue(state) is { } value && WriteValue(value) is { } node)
            {
                json[NameOf(property)] = node;
            }
        }

        return json;
    }

    // Null where the value is its type's default. A code or an id has none: its first value means something.
    private static JsonNode? WriteValue(object value) => value switch
    {
        Money { IsZero: true } or Quantity { IsZero: true } or 0 or false => null,
        bool => JsonValue.Create(true),
        Commitment commitment => commitment.Hex,
        PostingId posting => posting.Value,
        IDictionary map => map.Count == 0 ? null : WriteMap(map),
        IEnumerable list and not string => WriteList(list) is { Count: > 0 } items ? items : null,
        _ when IsValue(value.GetType()) => FieldType.Of(value.GetType()).Write!(value),
        _ => WriteRecord(value),
    };

    private static JsonObject WriteMap(IDictionary map)
    {
        var json = new JsonObject();
        foreach (DictionaryEntry pair in map)
        {
            json[pair.Key.ToString()!] = pair.Value is Money money ? money.Fen : WriteRecord(pair.Value!);
        }

        return json;
    }

    private static JsonArray WriteList(IEnumerable list)
    {
        var json = new JsonArray();
        foreach (object item in list)
        {
            json.Add(WriteValue(item));
        }

        return json;
    }

    private static bool IsValue(Type type) => type.IsEnum || type.IsValueType;

    private static object ReadRecord(Type type, JsonObject json, Currency currency)
    {
        object state = Activator.CreateInstance(type, nonPublic: true)!;
        foreach (PropertyInfo property in Of(type))
        {
            if (json[NameOf(property)] is { } node)
            {
                property.SetValue(state, ReadValue(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, node, currency));
            }
        }

        return state;
    }

    private static object ReadValue(Type type, JsonNode node, Currency currency) => node switch
    {
        _ when type == typeof(Money) => new Money(node.GetValue<long>(), currency),
        _ when type == typeof(bool) => node.GetValue<bool>(),
        _ when type == typeof(Commitment) => Commitment.Parse(node.GetValue<string>()),
        _ when type == typeof(PostingId) => Id.Parse<PostingId>(node.GetValue<string>()),
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>) =>
            StateMap.Of(type).Read(node.AsObject(), item => ReadValue(type.GetGenericArguments()[1], item, currency)),
        JsonArray items when FieldList.Of(type) is { } list => list.Make([.. items.Select(item => ReadValue(list.ItemType, item!, currency))]),
        _ when IsValue(type) => FieldType.Of(type).Restore(node),
        _ => ReadRecord(type, node.AsObject(), currency),
    };
}

/// <summary>Reads dictionaries by id, whatever the id's type.</summary>
internal abstract class StateMap
{
    public abstract object Read(JsonObject json, Func<JsonNode, object> value);

    public static StateMap Of(Type map) => (StateMap)Activator.CreateInstance(typeof(Typed<,>).MakeGenericType(map.GetGenericArguments()))!;

    private sealed class Typed<TId, TValue> : StateMap
        where TId : struct, IId<TId>
    {
        public override object Read(JsonObject json, Func<JsonNode, object> value) => json.ToImmutableSortedDictionary(
            pair => Id.Parse<TId>(pair.Key), pair => (TValue)value(pair.Value!), new IdOrder<TId>());
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>How answers are written. A value that is not there is left out, unless its property says otherwise.</summary>
internal static class AnswerJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>An answer of 200.</summary>
    public static IResult Ok<TBody>(TBody body) => Results.Json(body, Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Read as JSON and never as HTML: the content type and nosniff say so.
            Converters = { new IdConverters(), new CodeConverters(), new InstantConverter() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>A converter that says what it writes.</summary>
internal interface IDescribed
{
    /// <summary>A JSON Schema (2020-12).</summary>
    JsonObject Schema();
}

/// <summary>A schema that stands under the name of its type, for those that refer to it.</summary>
internal interface INamedSchema : IDescribed;

/// <summary>Writes only: an answer is never read by us.</summary>
internal abstract class WritingConverter<T> : JsonConverter<T>, IDescribed
{
    public abstract JsonObject Schema();

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"A {typeof(T).Name} is read from what was sent by its own reader.");
}

/// <summary>Ids are their text.</summary>
internal sealed class IdConverters : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<TId> : WritingConverter<TId>
        where TId : struct, IId<TId>
    {
        public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = TId.Pattern };

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}

/// <summary>Codes are their names in kebab-case.</summary>
internal sealed class CodeConverters : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<TCode> : WritingConverter<TCode>
        where TCode : struct, Enum
    {
        public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Code.Texts(typeof(TCode)).Select(text => (JsonNode)text)]) };

        public override void Write(Utf8JsonWriter writer, TCode value, JsonSerializerOptions options) => writer.WriteStringValue(Code.Text(value));
    }
}

/// <summary>A moment has one form, everywhere.</summary>
internal sealed class InstantConverter : WritingConverter<DateTimeOffset>
{
    public override JsonObject Schema() => new() { ["type"] = "string", ["format"] = "date-time" };

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Instant.Text(value));
}

/// <summary>A fact is written as it stands.</summary>
internal sealed class OpenedFactConverter : WritingConverter<OpenedFact>, INamedSchema
{
    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray([.. KindSchema.All.Where(kind => kind.IsPosted || kind.Name == "notice").Select(kind => (JsonNode)OpenedFactSchema.Of(kind))]),
    };

    public override void Write(Utf8JsonWriter writer, OpenedFact value, JsonSerializerOptions options) => value.Json.WriteTo(writer, options);
}

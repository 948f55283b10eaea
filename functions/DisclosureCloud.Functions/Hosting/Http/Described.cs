using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>One answer that a call can give, as its function says where it maps the route.</summary>
/// <param name="Body">The record that is written; null where <paramref name="Schema"/> says what the body is.</param>
internal sealed record DescribedAnswer(int Status, string Text, string ContentType, Type? Body, Func<JsonObject>? Schema = null);

/// <summary>The body that a call takes, by the name of its schema, with good ones.</summary>
internal sealed record DescribedBody(string Schema, Func<IEnumerable<Example>> Examples);

/// <summary>The files that a call takes, by their media types.</summary>
internal sealed record DescribedFile(ImmutableArray<string> Types);

/// <summary>The query parameters that a call takes.</summary>
internal sealed record DescribedQuery(ImmutableArray<EntryParameter> Parameters);

/// <summary>That a call takes the header of the key, and what the key names.</summary>
/// <param name="Save">When it is not needed, as a sentence.</param>
internal sealed record DescribedKey(string What, string Save);

/// <summary>What a function says of its call, for OpenAPI. What every call has, and what follows from its guard, is not said again.</summary>
internal static class Described
{
    public static RouteHandlerBuilder Answers<TBody>(this RouteHandlerBuilder route, int status, string text) =>
        route.WithMetadata(new DescribedAnswer(status, text, "application/json", typeof(TBody)));

    /// <summary>A file of one of some types.</summary>
    public static RouteHandlerBuilder AnswersFile(this RouteHandlerBuilder route, string text, ImmutableArray<string> types)
    {
        foreach (string type in types)
        {
            route.AnswersDocument(text, type, Binary);
        }

        return route;
    }

    /// <summary>Bytes that no schema describes.</summary>
    public static JsonObject Binary() => new() { ["type"] = "string", ["format"] = "binary" };

    /// <summary>A body that is no record of ours, but a document.</summary>
    public static RouteHandlerBuilder AnswersDocument(this RouteHandlerBuilder route, string text, string contentType, Func<JsonObject> schema) =>
        route.WithMetadata(new DescribedAnswer(StatusCodes.Status200OK, text, contentType, Body: null, schema));

    /// <summary>The same answer as text of lines, which no schema describes.</summary>
    public static RouteHandlerBuilder AnswersText(this RouteHandlerBuilder route, string text, string contentType) =>
        route.WithMetadata(new DescribedAnswer(StatusCodes.Status200OK, text, contentType, Body: null, () => new JsonObject { ["type"] = "string" }));

    /// <summary>Takes the header <c>Idempotency-Key</c>.</summary>
    /// <param name="what">What the key names.</param>
    public static RouteHandlerBuilder TakesKey(this RouteHandlerBuilder route, string what, string save = "") => route.WithMetadata(new DescribedKey(what, save));

    /// <summary>Takes these query parameters, each once at most.</summary>
    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder route, ImmutableArray<EntryParameter> parameters) =>
        route.WithMetadata(new DescribedQuery(parameters));

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, int status, string text) =>
        route.WithMetadata(new DescribedAnswer(status, text, Problem.ContentType, typeof(ProblemDocument)));

    /// <summary>Takes a body by <see cref="JsonBody"/>, with what may be wrong with it.</summary>
    public static RouteHandlerBuilder TakesJson(this RouteHandlerBuilder route, string schema, Func<IEnumerable<Example>> examples) => route
        .WithMetadata(new DescribedBody(schema, examples))
        .Refuses(StatusCodes.Status400BadRequest, "Not readable.")
        .Refuses(StatusCodes.Status408RequestTimeout, "The body comes too slowly.")
        .Refuses(StatusCodes.Status413PayloadTooLarge, "Too large.")
        .Refuses(StatusCodes.Status415UnsupportedMediaType, "Not JSON in UTF-8.");

    /// <summary>Takes a file as it is by <see cref="RequestBody"/>, with what may be wrong with it.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route, ImmutableArray<string> types) => route
        .WithMetadata(new DescribedFile(types))
        .Refuses(StatusCodes.Status400BadRequest, "Not readable, or without a key.")
        .Refuses(StatusCodes.Status408RequestTimeout, "The file comes too slowly.")
        .Refuses(StatusCodes.Status413PayloadTooLarge, "Too large.")
        .Refuses(StatusCodes.Status415UnsupportedMediaType, "Of another type, or compressed.");
}

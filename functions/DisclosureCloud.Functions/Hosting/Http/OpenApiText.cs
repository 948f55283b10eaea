using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.GetPostings;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>The OpenAPI 3.1 description: routes from the framework, bodies from the kinds, answers from the records that are written.</summary>
internal sealed class OpenApiText([FromKeyedServices(OpenApiText.DocumentName)] IOpenApiDocumentProvider provider, EndpointDataSource endpoints)
{
    public const string DocumentName = "v1";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        OpenApiDocument document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        JsonObject json = JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken))!.AsObject();
        json["info"] = new JsonObject
        {
            ["title"] = "DisclosureCloud",
            ["version"] = "1",
            ["description"] = "Departments post allocations, payments and progress of poverty-alleviation funds; a second person approves; "
                + "what takes effect is public. Errors are problem details (RFC 9457).",
        };
        json["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }); // Wherever this was read.
        JsonObject schemas = Schemas();
        foreach ((string path, JsonNode? item) in json["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in item!.AsObject())
            {
                Complete(path, method, operation!.AsObject(), schemas);
            }
        }

        json["components"] = new JsonObject
        {
            ["schemas"] = schemas,
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
            },
        };
        return json.ToJsonString(Indented);
    }

    /// <summary>What the document is, in so far as its readers need to know before they read it.</summary>
    public static JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("openapi", "info", "servers", "paths", "components"),
        ["properties"] = new JsonObject
        {
            ["openapi"] = new JsonObject { ["type"] = "string", ["pattern"] = "^3[.]1[.]" },
        },
        ["additionalProperties"] = true,
    };

    private void Complete(string path, string method, JsonObject operation, JsonObject schemas)
    {
        Endpoint endpoint = endpoints.Endpoints
            .Single(one => one.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == operation["operationId"]!.GetValue<string>());
        AccessRule rule = endpoint.Metadata.GetMetadata<AccessRule>()!;
        operation["responses"] = Responses(endpoint, rule, new AnswerSchema(schemas));

        // Each line is enough by itself: a token with that role.
        operation["security"] = new JsonArray([.. rule.Roles.Select(JsonNode (role) => new JsonObject { ["bearer"] = new JsonArray(role) })]);
        if (endpoint.Metadata.GetMetadata<DescribedBody>() is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = AnswerSchema.Reference(body.Schema), ["examples"] = Examples(body.Examples()) },
                },
            };
        }

        if (endpoint.Metadata.GetMetadata<DescribedFile>() is { } file)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject(file.Types.Select(type => KeyValuePair.Create(type, (JsonNode?)new JsonObject { ["schema"] = Described.Binary() }))),
            };
        }

        DescribedKey? key = endpoint.Metadata.GetMetadata<DescribedKey>();
        DescribedQuery? query = endpoint.Metadata.GetMetadata<DescribedQuery>();
        if (key is not null || query is not null)
        {
            operation["parameters"] = new JsonArray(
            [
                .. operation["parameters"]?.AsArray().Select(inPath => inPath!.DeepClone()) ?? [], // Of the address, from the framework.
                .. key is null ? [] : new JsonNode[] { Parameter("header", IdempotencyKey.Header, $"Your name for this {key.What}: {PostingId.KeyForm}.{key.Save}", Type("string")) },
                .. (query?.Parameters ?? []).Select(one => (JsonNode)Parameter("query", one.Name, one.Description, one.Schema())),
            ]);
        }

        if (path == "/api/postings" && method == "get")
        {
            operation["parameters"] = new JsonArray(
                Parameter("query", "state", "Only postings in this state.", new JsonObject { ["enum"] = States() }),
                Parameter("query", "limit", "How many at most.", new JsonObject
                {
                    ["type"] = "integer",
                    ["minimum"] = 1,
                    ["maximum"] = GetPostingsFunction.LimitMax,
                    ["default"] = GetPostingsFunction.LimitDefault,
                }),
                Parameter("query", "after", "The 'next' of the page before.", new JsonObject { ["type"] = "string", ["pattern"] = PostingId.Pattern }));
        }
    }

    // What the function says of itself, what its guard answers, and our own mistakes. One status may have several reasons and bodies.
    private static JsonObject Responses(Endpoint endpoint, AccessRule rule, AnswerSchema schemas)
    {
        List<DescribedAnswer> answers = [.. endpoint.Metadata.GetOrderedMetadata<DescribedAnswer>()];
        if (!rule.IsOpen)
        {
            answers.Add(Refusal(StatusCodes.Status401Unauthorized, "No valid token."));
            answers.Add(Refusal(StatusCodes.Status503ServiceUnavailable, "The issuer of tokens does not answer, or the store is busy: try again with the same key, after Retry-After where it is said."));
            answers.Add(Refusal(StatusCodes.Status403Forbidden, $"The token carries none of these roles: {string.Join(", ", rule.Roles)}."));
        }

        if (rule.Writes)
        {
            answers.Add(Refusal(StatusCodes.Status403Forbidden, "Or it carries roles that conflict: an operator or auditor neither posts nor approves."));
        }

        answers.AddRange(OfLoad(Weighing.Of(endpoint)));
        answers.Add(Refusal(StatusCodes.Status500InternalServerError, "The mistake is ours."));
        return new JsonObject(answers.GroupBy(answer => answer.Status).OrderBy(group => group.Key).Select(group => KeyValuePair.Create(
            group.Key.ToString(CultureInfo.InvariantCulture),
            (JsonNode?)new JsonObject
            {
                ["description"] = string.Join(' ', group.Select(answer => answer.Text)),
                ["content"] = new JsonObject(group.GroupBy(answer => answer.ContentType, StringComparer.Ordinal)
                    .Select(same => KeyValuePair.Create(same.Key, (JsonNode?)new JsonObject { ["schema"] = Body([.. same], schemas) }))),
            })));
    }

    private static IEnumerable<DescribedAnswer> OfLoad(Weight weight)
    {
        yield return Refusal(StatusCodes.Status414UriTooLong, "The address is too long.");
        yield return Refusal(StatusCodes.Status431RequestHeaderFieldsTooLarge, "The headers are too many or too long.");
        if (weight != Weight.None)
        {
            yield return Refusal(StatusCodes.Status429TooManyRequests, weight switch
            {
                Weight.Writing => "Your department has sent as many in the last hour as it may, or as many as it may wait already. Retry-After says when to send it again.",
                Weight.Complaint => "Too many complaints came in the last hour, from your address or from all. Retry-After says when to come again.",
                _ => "You have asked too often. Retry-After says when to ask again.",
            });
            yield return Refusal(StatusCodes.Status503ServiceUnavailable, "Too much is asked of the app at this moment, and nothing was done. Retry-After says when to come again.");
        }
    }

    private static DescribedAnswer Refusal(int status, string text) => new(status, text, Problem.ContentType, typeof(ProblemDocument));

    private static JsonObject Body(DescribedAnswer[] answers, AnswerSchema schemas)
    {
        DescribedAnswer[] bodies = [.. answers.DistinctBy(answer => answer.Body)];
        return bodies is [var one]
            ? One(one)
            : new JsonObject { ["anyOf"] = new JsonArray([.. bodies.Select(JsonNode (body) => One(body))]) };

        JsonObject One(DescribedAnswer answer) => answer.Body is { } type ? schemas.Of(type) : answer.Schema!();
    }

    private static JsonObject Examples(IEnumerable<Example> examples) => new(examples.Select(example => KeyValuePair.Create(
        example.Name, (JsonNode?)new JsonObject { ["summary"] = example.Summary, ["value"] = example.Body.DeepClone() })));

    private static JsonObject Schemas()
    {
        var schemas = new JsonObject
        {
            ["notice"] = KindJsonSchema.OfNotice(),
            ["decision"] = DecisionReader.Schema(),
            ["complaint"] = ComplaintReader.Schema(),
            ["complaint-reply"] = ComplaintReplyReader.Schema(),
        };
        JsonArray kinds = [];
        foreach (KindSchema kind in KindSchema.All.Where(kind => kind.IsPosted))
        {
            schemas[kind.Name] = KindJsonSchema.Of(kind, Pointer);
            kinds.Add(new JsonObject { ["$ref"] = Pointer(kind.Name) });
        }

        schemas["posting"] = new JsonObject { ["oneOf"] = kinds, ["discriminator"] = new JsonObject { ["propertyName"] = "kind" } };
        return schemas;

        static string Pointer(string kind) => $"#/components/schemas/{kind}";
    }

    private static JsonArray States() => [.. Code.Texts(typeof(PostingState)).Select(text => (JsonNode)text)];

    private static JsonObject Parameter(string place, string name, string description, JsonObject schema) => new()
    {
        ["in"] = place,
        ["name"] = name,
        ["description"] = description,
        ["schema"] = schema,
    };

    private static JsonObject Type(string type) => new() { ["type"] = type };
}

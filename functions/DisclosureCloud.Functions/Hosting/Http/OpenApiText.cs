using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.GetPostings;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>The OpenAPI 3.1 description: routes from the framework, bodies from the kinds, errors from one schema.</summary>
internal sealed class OpenApiText([FromKeyedServices(OpenApiText.DocumentName)] IOpenApiDocumentProvider provider, EndpointDataSource endpoints)
{
    public const string DocumentName = "v1";

    private static readonly (string Status, string Text) Silent = ("503", "The issuer of tokens does not answer; Retry-After says when to try again.");

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
        json["components"] = Components();
        foreach ((string path, JsonNode? item) in json["paths"]!.AsObject())
        {
            foreach ((string method, JsonNode? operation) in item!.AsObject())
            {
                Complete(path, method, operation!.AsObject());
            }
        }

        return json.ToJsonString(Indented);
    }

    private void Complete(string path, string method, JsonObject operation)
    {
        bool secured = IsSecured(operation["operationId"]!.GetValue<string>());
        operation["responses"] = Responses(path, method, secured);
        operation["security"] = secured ? new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }) : new JsonArray();
        if (method == "post")
        {
            string schema = path switch { "/api/notices" => "notice", "/api/postings" => "posting", _ => "decision" };
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(schema) } },
            };
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
            operation["responses"]!["200"]!["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject { ["schema"] = Reference("postings") },
            };
        }
        else if (path is "/api/postings" or "/api/notices")
        {
            operation["parameters"] = new JsonArray(
                Parameter("header", IdempotencyKey.Header, "Your name for this posting: 1 to 255 visible ASCII characters. Needed save for a dry run.", Type("string")),
                Parameter("query", "dryRun", "true validates only and stores nothing.", Type("boolean")));
        }
    }

    private bool IsSecured(string operation) => endpoints.Endpoints
        .Single(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == operation)
        .Metadata.GetMetadata<IAuthorizeData>() is not null;

    private static JsonObject Responses(string path, string method, bool secured)
    {
        (string Status, string Text)[] good = (method, path) switch
        {
            ("post", "/api/postings" or "/api/notices") =>
                [("201", "Stored as proposed; the same key and body give the same answer for ever."), ("200", "A dry run's findings, or: the same notice is there already.")],
            _ => [("200", "As described.")],
        };
        (string Status, string Text)[] bad = (method, path) switch
        {
            ("post", _) =>
                [("400", "Not readable."), ("401", "No valid token."), ("403", "Not your role, or your own posting."), ("404", "Not your department's."),
                    ("409", "Decided before; or the notice exists with other content; or a request under the same key is in flight, and Retry-After says when to send it again."),
                    ("413", "Too large."), ("415", "Not JSON in UTF-8."), ("422", "Not valid, or a rule refuses it."), Silent],
            ("get", "/api/postings") => [("400", "A parameter that there is not, or not of its form."), ("401", "No valid token."), Silent],
            _ when secured => [("401", "No valid token."), ("404", "Not there."), Silent],
            _ => path.Contains('{', StringComparison.Ordinal) ? [("404", "Not there.")] : [],
        };
        var responses = new JsonObject();
        foreach ((string status, string text) in good)
        {
            responses[status] = new JsonObject { ["description"] = text };
        }

        foreach ((string status, string text) in bad)
        {
            responses[status] = new JsonObject
            {
                ["description"] = text,
                ["content"] = new JsonObject { [Problem.ContentType] = new JsonObject { ["schema"] = Reference("problem") } },
            };
        }

        return responses;
    }

    private static JsonObject Components()
    {
        var schemas = new JsonObject
        {
            ["notice"] = KindJsonSchema.OfNotice(),
            ["decision"] = DecisionReader.Schema(),
            ["problem"] = ProblemSchema(),
            ["postings"] = PostingsSchema(),
        };
        JsonArray kinds = [];
        foreach (KindSchema kind in KindSchema.All.Where(kind => kind.IsPosted))
        {
            schemas[kind.Name] = KindJsonSchema.Of(kind);
            kinds.Add(Reference(kind.Name));
        }

        schemas["posting"] = new JsonObject { ["oneOf"] = kinds };
        return new JsonObject
        {
            ["schemas"] = schemas,
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
            },
        };
    }

    private static JsonObject ProblemSchema() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("type", "title", "status", "detail", "errors"),
        ["properties"] = new JsonObject
        {
            ["type"] = Type("string"),
            ["title"] = Type("string"),
            ["status"] = Type("integer"),
            ["detail"] = Type("string"),
            ["errors"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("pointer", "code", "detail"),
                    ["properties"] = new JsonObject
                    {
                        ["pointer"] = Type("string"),
                        ["code"] = Type("string"),
                        ["detail"] = Type("string"),
                        ["found"] = Type("string"),
                        ["wanted"] = Type("string"),
                    },
                },
            },
        },
    };

    private static JsonObject PostingsSchema() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("postings"),
        ["properties"] = new JsonObject
        {
            ["postings"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("id", "kind", "state", "receivedAt", "poster", "approval"),
                    ["properties"] = new JsonObject
                    {
                        ["id"] = Type("string"),
                        ["kind"] = Type("string"),
                        ["state"] = new JsonObject { ["enum"] = States() },
                        ["receivedAt"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
                        ["fund"] = Type("string"),
                        ["poster"] = Type("string"),
                        ["approval"] = new JsonObject { ["enum"] = new JsonArray("needed", "not-needed") },
                    },
                },
            },
            ["next"] = Type("string"),
        },
    };

    private static JsonArray States() => [.. Code.Texts(typeof(PostingState)).Select(text => (JsonNode)text)];

    private static JsonObject Parameter(string place, string name, string description, JsonObject schema) => new()
    {
        ["in"] = place,
        ["name"] = name,
        ["description"] = description,
        ["schema"] = schema,
    };

    private static JsonObject Type(string type) => new() { ["type"] = type };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };
}

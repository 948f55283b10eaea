using System.Text.Json;
using System.Text.RegularExpressions;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.Contract;

/// <summary>The document keeps the rules of OpenAPI 3.1, and its examples are true.</summary>
public sealed partial class OpenApiTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task Document_Operations_KeepTheRulesOfOpenApi()
    {
        ServedDocument document = await app.DocumentAsync();
        document.Json.GetProperty("openapi").GetString()!.ShouldStartWith("3.1.");
        document.Json.GetProperty("info").GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        document.Json.GetProperty("info").GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
        document.Operations.Select(one => one.Operation.GetProperty("operationId").GetString()!).ShouldBeUnique(StringComparer.Ordinal);
        JsonElement schemes = document.Json.GetProperty("components").GetProperty("securitySchemes");
        foreach ((string call, JsonElement operation) in document.Operations)
        {
            JsonElement[] parameters = operation.TryGetProperty("parameters", out JsonElement list) ? [.. list.EnumerateArray()] : [];
            parameters.Select(one => $"{one.GetProperty("in")} {one.GetProperty("name")}").ShouldBeUnique(StringComparer.Ordinal);
            parameters.ShouldAllBe(one => one.GetProperty("schema").EnumerateObject().Any());
            parameters.Where(one => one.GetProperty("in").GetString() == "path" && one.GetProperty("required").GetBoolean())
                .Select(one => $"{{{one.GetProperty("name").GetString()}}}").ShouldBe(InPath.Matches(call).Select(match => match.Value), call);
            foreach (JsonElement requirement in operation.GetProperty("security").EnumerateArray())
            {
                requirement.EnumerateObject().ShouldAllBe(scheme => schemes.GetProperty(scheme.Name).GetProperty("type").GetString() == "http");
            }

            foreach (JsonProperty response in operation.GetProperty("responses").EnumerateObject())
            {
                Status.IsMatch(response.Name).ShouldBeTrue($"{call} {response.Name}");
                response.Value.GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
                JsonProperty[] contents = [.. response.Value.GetProperty("content").EnumerateObject()];
                contents.Length.ShouldBe(
                    (call, response.Name) switch
                    {
                        ("GET /api/entries" or "GET /api/evidence-files/{id}", "200") => 3,
                        ("GET /api/templates/{name}", "200") => 2,
                        _ => 1,
                    },
                    $"{call} {response.Name}");
                foreach (JsonProperty content in contents)
                {
                    content.Value.GetProperty("schema").EnumerateObject().ShouldNotBeEmpty($"{call} {response.Name}");
                    (content.Name == "application/problem+json").ShouldBe(response.Name[0] is '4' or '5', $"{call} {response.Name}");
                }
            }
        }
    }

    [Fact]
    public async Task Document_Schemas_AreNamedByTheRuleAndEachIsReferredTo()
    {
        ServedDocument document = await app.DocumentAsync();
        string[] references = [.. References(document.Json).Distinct(StringComparer.Ordinal)];
        foreach (JsonProperty schema in document.Json.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            ComponentName.IsMatch(schema.Name).ShouldBeTrue(schema.Name);
            references.ShouldContain(reference => reference == $"#/components/schemas/{schema.Name}");
        }

        references.ShouldAllBe(reference => document.Check.Resolve(reference).EnumerateObject().Any());
    }

    [Fact]
    public async Task SchemaOfACorrection_ItsReferences_LeadToSchemasThatAreServed()
    {
        JsonElement correction = (await app.GetAsync("/api/schemas/correction.json")).Json;
        string[] references = [.. References(correction)];
        references.Length.ShouldBeGreaterThan(20);
        foreach (string reference in references)
        {
            // As a reader resolves them: against the address of the schema that holds them.
            string path = new Uri(new Uri(app.Http.BaseAddress!, "/api/schemas/correction.json"), reference).AbsolutePath;
            JsonElement schema = (await app.GetAsync(path)).ShouldBe(200).Json;
            $"{schema.GetProperty("properties").GetProperty("kind").GetProperty("const").GetString()}.json".ShouldBe(reference);
        }
    }

    [Fact]
    public async Task Examples_OfEveryCall_AreOfItsSchemaAndAreTaken()
    {
        ServedDocument document = await app.DocumentAsync();
        string poster = app.Token(Example.Department, Example.Poster, Role.Poster);
        string approver = app.Token(Example.Department, Example.Approver, Role.Approver);
        int posted = 0;
        foreach ((string call, JsonElement operation) in document.Operations.Where(one => one.Operation.TryGetProperty("requestBody", out _)))
        {
            if (!operation.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out JsonElement content))
            {
                call.ShouldBeOneOf("POST /api/evidence-files", "POST /api/bulk");
                continue;
            }

            JsonProperty[] examples = [.. content.GetProperty("examples").EnumerateObject()];
            examples.ShouldNotBeEmpty(call);
            foreach (JsonElement body in examples.Select(example => example.Value.GetProperty("value")))
            {
                document.Check.Faults(content.GetProperty("schema"), body).ShouldBeEmpty(call);
                if (call == "POST /api/complaints")
                {
                    (await app.PostAsync("/api/complaints", body.GetRawText(), key: null, token: null)).ShouldBe(202);
                }
                else if (!call.Contains('{', StringComparison.Ordinal))
                {
                    Answer answer = await app.PostAsync(call.Split(' ')[1], body.GetRawText(), body.GetProperty("kind").GetString() == "fund" ? Example.FundKey : Office.NewKey(), poster);
                    answer.ShouldBe(201);
                    posted++;
                    string decision = Example.Decisions().First().Body.ToJsonString();
                    (await app.PostAsync($"/api/postings/{answer.Id}/approval", decision, key: null, approver)).ShouldBe(200).State.ShouldBe("effective");
                }
            }
        }

        posted.ShouldBe(Example.Postings().Count() + Example.Notices().Count());
    }

    private static IEnumerable<string> References(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(References),
        _ => [],
    };

    [GeneratedRegex("[{][a-z]+[}]", RegexOptions.None, 1000)]
    private static partial Regex InPath { get; }

    [GeneratedRegex("^[2345][0-9]{2}$", RegexOptions.None, 1000)]
    private static partial Regex Status { get; }

    [GeneratedRegex("^[a-zA-Z0-9._-]+$", RegexOptions.None, 1000)]
    private static partial Regex ComponentName { get; }
}

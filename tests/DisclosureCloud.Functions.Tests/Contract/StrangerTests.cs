using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Contract;

/// <summary>Whoever has the OpenAPI document alone can write every kind of posting: what is then refused, a rule of money or of places refuses.</summary>
public sealed class StrangerTests(RunningApp app) : IClassFixture<RunningApp>
{
    /// <summary>Which names a code of a place has is no question of form, and no schema holds them all.</summary>
    private const string NoSuchPlace = "region-mismatch";

    public static TheoryData<string> PostedKinds() => [.. KindSchema.All.Where(kind => kind.IsPosted).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(PostedKinds))]
    public async Task Body_OfAKindFromTheDocumentAlone_IsOfItsForm(string kind)
    {
        ServedDocument document = await app.DocumentAsync();
        JsonElement schema = document.Check.Resolve($"#/components/schemas/{kind}");
        document.Json.GetProperty("components").GetProperty("schemas").GetProperty("posting").GetProperty("oneOf").EnumerateArray()
            .ShouldContain(one => one.GetProperty("$ref").GetString() == $"#/components/schemas/{kind}");
        var random = new Random(20261122);
        foreach (bool everything in new[] { false, true })
        {
            // Several times, since a correction may hold any kind.
            for (int i = 0; i < (kind == Correction.KindName ? 40 : 3); i++)
            {
                JsonNode body = new StrangerBody(document, everything, random).Of(schema);
                document.Check.Faults(schema, JsonElement.Parse(body.ToJsonString())).ShouldBeEmpty(body.ToJsonString());
                var findings = new Findings();
                PostingReader.ReadPosting(Encoding.UTF8.GetBytes(body.ToJsonString()), new DateOnly(2026, 3, 2), findings);
                findings.All.Select(finding => finding.Code).Except([NoSuchPlace], StringComparer.Ordinal).ShouldBeEmpty(body.ToJsonString());

                Answer answer = await new Office(app).PostAsync(body.AsObject());
                answer.Status.ShouldBeOneOf(201, 422);
            }
        }
    }

    [Theory]
    [InlineData("notice", "/api/notices")]
    [InlineData("decision", "/api/postings/aaaaaaaaaaaaaaaaaaaaaaaaaa/approval")]
    public async Task Body_OfAnotherCallFromTheDocumentAlone_IsOfItsForm(string name, string path)
    {
        ServedDocument document = await app.DocumentAsync();
        JsonNode body = new StrangerBody(document, everything: false, new Random(20261122)).Of(document.Check.Resolve($"#/components/schemas/{name}"));
        if (name == "notice")
        {
            // That the sources add up to the total no schema says; its description does.
            body["sources"]![0]!["amount"] = body["total"]!.DeepClone();
        }

        Answer answer = await app.PostAsync(path, body.ToJsonString(), Office.NewKey(), name == "notice" ? new Office(app).Poster : new Office(app).Approver);
        answer.Status.ShouldBe(name == "notice" ? 201 : 404, answer.Text);
    }
}

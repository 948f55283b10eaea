using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetKindSchema;

/// <summary>Gives the JSON Schema of a kind.</summary>
internal static class GetKindSchemaFunction
{
    public const string MediaType = "application/schema+json";

    private const string Ending = ".json";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/schemas/{name}", Handle)
        .WithName("GetKindSchema")
        .WithSummary("The JSON Schema of a kind")
        .WithDescription("The name is the kind's with .json, such as allocation.json or notice.json.")
        .WithTags("schemas")
        .AnswersDocument("A JSON Schema (2020-12). References are to the files beside it.", MediaType, KindJsonSchema.OfItself)
        .Refuses(StatusCodes.Status404NotFound, "There is no such kind of posting.");

    private static IResult Handle(string name)
    {
        string kind = name.EndsWith(Ending, StringComparison.Ordinal) ? name[..^Ending.Length] : "";
        JsonObject? schema = kind == "notice"
            ? KindJsonSchema.OfNotice()
            : KindSchema.Find(kind) is { IsPosted: true } known ? KindJsonSchema.Of(known) : null;
        return schema is null
            ? new Problem(StatusCodes.Status404NotFound, "There is no such kind of posting.")
            : Results.Json(schema, contentType: MediaType);
    }
}

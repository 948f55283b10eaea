using DisclosureCloud.Functions.Hosting.Http;

namespace DisclosureCloud.Functions.GetOpenApi;

/// <summary>Gives the description of the HTTP interface.</summary>
internal static class GetOpenApiFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/openapi.json", Handle)
        .WithName("GetOpenApi")
        .WithSummary("This description")
        .WithTags("schemas")
        .AnswersDocument("An OpenAPI 3.1 document.", "application/json", OpenApiText.Schema);

    private static async Task<IResult> Handle(OpenApiText text, CancellationToken cancellationToken) =>
        Results.Text(await text.ReadAsync(cancellationToken), "application/json");
}

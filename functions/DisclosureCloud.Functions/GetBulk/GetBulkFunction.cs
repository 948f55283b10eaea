using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetBulk;

/// <summary>Says what came of a file of many postings.</summary>
internal static class GetBulkFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/bulk/{id}", HandleAsync)
        .WithName("GetBulk")
        .WithSummary("What came of a file of many postings")
        .WithDescription("Waiting, or what was stored, or all that is wrong, each with its row and cell. It can be read for 30 days. Only the department that sent it sees it; to any other, and to a token of another region, it does not exist.")
        .WithTags("postings")
        .Answers<BulkStatus>(StatusCodes.Status200OK, "How far it has come.")
        .Refuses(StatusCodes.Status404NotFound, "Your department has no such file.");

    private static async Task<IResult> HandleAsync(string id, HttpContext context, BulkShelf shelf, CancellationToken cancellationToken)
    {
        if (!BulkId.TryParse(id, out BulkId bulk)
            || await shelf.FindAsync(bulk, cancellationToken) is not { } request
            || !request.IsSeenBy(Caller.Of(context.User, Channel.Http)))
        {
            return new Problem(StatusCodes.Status404NotFound, "Your department has no such file of many postings.");
        }

        return await shelf.AnswerAsync(bulk, cancellationToken) is { } answer
            ? Results.Bytes(answer, "application/json; charset=utf-8")
            : AnswerJson.Ok(BulkDesk.Waiting(request));
    }
}

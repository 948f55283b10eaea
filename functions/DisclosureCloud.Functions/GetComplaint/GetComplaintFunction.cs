using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetComplaint;

/// <summary>Says how far a complaint has come, to whoever has its code.</summary>
internal static class GetComplaintFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/complaints/{code}", HandleAsync)
        .WithName("GetComplaint")
        .WithSummary("How far a complaint has come")
        .WithDescription("For whoever has the code, with its dashes or without, in letters of any size. It has the answer, and neither what was said nor what it is about: "
            + "a slip of paper with a code is soon lost. Some time after the last word, and after three years in any case, the complaint is forgotten.")
        .WithTags("complaints")
        .Answers<ComplaintStanding>(StatusCodes.Status200OK, "How far it has come.")
        .Refuses(StatusCodes.Status404NotFound, "There is no complaint of that code, or none any more.");

    private static async Task<IResult> HandleAsync(string code, ComplaintDesk desk, CancellationToken cancellationToken) =>
        ComplaintCode.TryParse(code, out ComplaintCode known) && await desk.FindAsync(ComplaintId.Of(known), cancellationToken) is { } found
            ? AnswerJson.Ok(ComplaintJson.Standing(found))
            : new Problem(StatusCodes.Status404NotFound, "There is no complaint of that code, or none any more. A code has sixteen letters and digits from 2 to 7.");
}

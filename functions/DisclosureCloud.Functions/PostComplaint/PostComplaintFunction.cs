using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Http.Features;

namespace DisclosureCloud.Functions.PostComplaint;

/// <summary>Takes a complaint, or an objection to a notice, of anybody.</summary>
internal static class PostComplaintFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/complaints", HandleAsync)
        .Weighs(Weight.Complaint)
        .WithName("PostComplaint")
        .WithSummary("Complain, or object to a notice")
        .WithDescription("Anybody may, without a token, and nobody asks who it is: there is no field for a name, a number or an address, and a text that has one is refused. "
            + "The answer has a code, told once, with which the complaint is looked up. What was said is kept encrypted, for those alone who handle complaints, and nothing of it is published. "
            + "Whether what it is about exists is not checked. Sent twice, it is two complaints.")
        .WithTags("complaints")
        .TakesJson("complaint", Example.Complaints)
        .Answers<ComplaintReceipt>(StatusCodes.Status202Accepted, "Kept. Location says where it is looked up, for whoever has the code.")
        .Refuses(StatusCodes.Status422UnprocessableEntity, "Not valid, or it has data of a person.");

    private static async Task<IResult> HandleAsync(HttpContext context, ComplaintDesk desk, LoadGate gate, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte> body, Problem? problem) = await gate.ReadAsync(context, ComplaintBody.Form, Weight.Complaint);
        if (problem is not null)
        {
            return problem;
        }

        var findings = new Findings();
        if (Read(body, findings) is not { } complaint)
        {
            return ComplaintBody.Refusal(findings);
        }

        if (gate.TakeComplaint(context.Features.GetRequiredFeature<ComplaintSource>().Address) is { } full)
        {
            return full;
        }

        (ComplaintCode code, DateTimeOffset receivedAt) = await desk.TakeAsync(complaint, cancellationToken);
        return new Accepted($"/api/complaints/{code.Value}", new ComplaintReceipt(code, receivedAt, ComplaintState.Received));
    }

    private static Complaint? Read(ReadOnlyMemory<byte> body, Findings findings)
    {
        using JsonDocument? json = StrictJson.Parse(body, findings);
        return json is null ? null : ComplaintReader.Read(json.RootElement, findings);
    }
}

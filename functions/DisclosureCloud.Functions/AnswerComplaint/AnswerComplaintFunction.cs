using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.AnswerComplaint;

/// <summary>Says what was done about a complaint.</summary>
internal static class AnswerComplaintFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/complaints/{id}/answer", HandleAsync)
        .Writes(HourlyOf.Decisions)
        .WithName("AnswerComplaint")
        .WithSummary("Answer a complaint")
        .WithDescription("For those who post for the department that handles complaints. Whoever has the complaint's code reads the answer. answered, referred and not-ours are the last word; "
            + "saying the same again changes nothing.")
        .WithTags("complaints")
        .TakesJson("complaint-reply", Example.ComplaintReplies)
        .Answers<HandledComplaint>(StatusCodes.Status200OK, "The complaint as it stands now.")
        .Refuses(StatusCodes.Status403Forbidden, "Or the department has named other accounts.")
        .Refuses(StatusCodes.Status404NotFound, "There is no such complaint for you: another department handles them, or it is about yours, or of another region, or it was forgotten.")
        .Refuses(StatusCodes.Status409Conflict, "The last word was said, somebody else was first, or its state was changed too often.")
        .Refuses(StatusCodes.Status422UnprocessableEntity, "Not valid, or it has data of a person.");

    private static async Task<IResult> HandleAsync(
        string id, HttpContext context, Register register, ComplaintDesk desk, ComplaintHandling handling, LoadGate gate, CancellationToken cancellationToken)
    {
        Sender sender = Caller.Of(context.User, Channel.Http);
        if (!handling.IsOfHandlers(sender))
        {
            return NotFound();
        }

        if (await register.RefusalAsync(sender, DepartmentRole.Poster, cancellationToken) is { } unregistered)
        {
            return new Problem(StatusCodes.Status403Forbidden, "Nothing was stored: you may not answer complaints.", unregistered);
        }

        (ReadOnlyMemory<byte> body, Problem? problem) = await gate.ReadAsync(context);
        if (problem is not null)
        {
            return problem;
        }

        var findings = new Findings();
        if (Read(body, findings) is not { } reply)
        {
            return Problem.Of(findings);
        }

        FoundComplaint? found = ComplaintId.TryParse(id, out ComplaintId complaint) ? await desk.FindAsync(complaint, cancellationToken) : null;
        return found is not null && !handling.IsAboutHandlers(found) && ComplaintHandling.IsWithin(sender, found) ? Answer(await desk.ReplyAsync(found, reply, sender.Person, cancellationToken)) : NotFound();
    }

    private static ComplaintReply? Read(ReadOnlyMemory<byte> body, Findings findings)
    {
        using JsonDocument? json = StrictJson.Parse(body, findings);
        return json is null ? null : ComplaintReplyReader.Read(json.RootElement, findings);
    }

    private static IResult Answer(ReplyAnswer answer) => answer switch
    {
        ReplyAnswer.Kept kept => AnswerJson.Ok(ComplaintJson.Whole(kept.Complaint)),
        ReplyAnswer.Gone => NotFound(),
        ReplyAnswer.AlreadyClosed closed => Conflict("already-closed", "The last word was said, and it stands.", Code.Text(closed.State)),
        ReplyAnswer.ChangedMeanwhile => Conflict("changed-meanwhile", "Somebody else said something at the same moment. Read the complaint again."),
        ReplyAnswer.TooManyChanges => Conflict("too-many-changes", "Its state was changed as often as it may be. Say the last word."),
        _ => throw new InvalidOperationException($"No answer for {answer}."),
    };

    private static Problem Conflict(string code, string detail, string? found = null) =>
        new(StatusCodes.Status409Conflict, "Nothing was stored: the complaint does not stand where you think.", new Finding("", code, detail, found));

    private static Problem NotFound() => new(StatusCodes.Status404NotFound, "There is no such complaint for you.");
}

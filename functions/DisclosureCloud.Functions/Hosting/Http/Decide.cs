using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>What approving and rejecting have in common: the word, and the answers.</summary>
internal sealed class Decide(PostingDesk desk, LoadGate gate, IValueStore values)
{
    /// <summary>Takes a decision's body, with the answers of <see cref="HandleAsync"/>.</summary>
    public static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .TakesJson("decision", Example.Decisions)
        .Writes(HourlyOf.Decisions)
        .Answers<WholePosting>(StatusCodes.Status200OK, "Decided; 'state' says what came of it.")
        .Refuses(StatusCodes.Status403Forbidden, "Whoever posted it cannot decide it, and nobody whom the department has not named for it.")
        .Refuses(StatusCodes.Status404NotFound, "Your department has no such posting.")
        .Refuses(StatusCodes.Status409Conflict, "It was decided before, or needed no decision.")
        .Refuses(StatusCodes.Status422UnprocessableEntity, "The word on what was checked is missing or not valid.");

    public async Task<IResult> HandleAsync(HttpContext context, string id, bool approve)
    {
        if (!PostingId.TryParse(id, out PostingId posting))
        {
            return Answer(new DecisionAnswer.NotFound());
        }

        (ReadOnlyMemory<byte> body, Problem? problem) = await gate.ReadAsync(context);
        if (problem is not null)
        {
            return problem;
        }

        var findings = new Findings();
        FreeText? word = ReadWord(body, findings);
        return word is null
            ? Problem.Of(findings)
            : await desk.DecideAsync(posting, Caller.Of(context.User, Channel.Http), approve, word, context.RequestAborted) switch
            {
                DecisionAnswer.Decided decided => AnswerJson.Ok(await PostingJson.WholeAsync(decided.Record, values, leaves: null, context.RequestAborted)),
                DecisionAnswer answer => Answer(answer),
            };
    }

    // A decision without a word on what was checked would be a click.
    private static FreeText? ReadWord(ReadOnlyMemory<byte> body, Findings findings)
    {
        using JsonDocument? json = StrictJson.Parse(body, findings);
        return json is null ? null : DecisionReader.Read(json.RootElement, findings);
    }

    private static IResult Answer(DecisionAnswer answer) => answer switch
    {
        DecisionAnswer.NotFound => new Problem(StatusCodes.Status404NotFound, "Your department has no such posting."),
        DecisionAnswer.OwnPosting => new Problem(
            StatusCodes.Status403Forbidden,
            "Another person of your department decides it.",
            new Finding("", "own-posting", "Whoever posted it cannot decide it.")),
        DecisionAnswer.Forbidden forbidden => new Problem(StatusCodes.Status403Forbidden, "Nothing was decided: you may not decide this.", forbidden.Finding),
        DecisionAnswer.AlreadyDecided { Record.NeedsApproval: false } none => new Problem(
            StatusCodes.Status409Conflict,
            "It needed no second person, and nobody decides it afterwards.",
            new Finding("", "already-decided", "It was approved from the beginning: its kind needed no second person.", Code.Text(none.Record.State))),
        DecisionAnswer.IsNoPosting => new Problem(
            StatusCodes.Status409Conflict,
            "It was refused when it came, and there is nothing to decide.",
            new Finding("", "already-decided", "A message of the queue that could not become a posting.", Code.Text(PostingState.Refused))),
        DecisionAnswer.AlreadyDecided already => new Problem(
            StatusCodes.Status409Conflict,
            "The first decision stands.",
            new Finding("", "already-decided", "It was decided before.", Code.Text(already.Record.State))),
        _ => throw new InvalidOperationException($"No answer for {answer}."),
    };
}

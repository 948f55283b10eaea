using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>What the two functions that take postings have in common: key, body, dry run, and the answers.</summary>
internal sealed class Submit(PostingDesk desk, LoadGate gate, Deployment deployment, TimeProvider clock)
{
    public delegate Draft? Read(ReadOnlyMemory<byte> body, DateOnly today, Findings findings);

    /// <summary>Takes a body, with the answers of <see cref="HandleAsync"/>.</summary>
    public static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string schema, Func<IEnumerable<Example>> examples) => route
        .TakesJson(schema, examples)
        .TakesKey("posting", " Needed save for a dry run.")
        .TakesQuery([DryRun])
        .Writes(HourlyOf.Postings)
        .Answers<Receipt>(StatusCodes.Status201Created, "Stored as proposed; the same key and body give the same answer for ever. Location says where it is read.")
        .Answers<Rehearsal>(StatusCodes.Status200OK, "What a dry run finds.")
        .Refuses(StatusCodes.Status403Forbidden, "Or the department has named other accounts, or it names a place outside the token's region, or is about a fund, item or department of another.")
        .Refuses(StatusCodes.Status409Conflict, "A request under the same key is being stored, and Retry-After says when to send it again.")
        .Refuses(StatusCodes.Status422UnprocessableEntity, "Not valid, or a rule refuses it.");

    /// <summary>What all that take postings take: to check and store nothing.</summary>
    public static EntryParameter DryRun { get; } = new("dryRun", "true validates only and stores nothing.", () => new JsonObject { ["type"] = "boolean" });

    public async Task<IResult> HandleAsync(HttpContext context, Read read)
    {
        CancellationToken cancellationToken = context.RequestAborted;
        if (!TryReadDryRun(context.Request, out bool dryRun))
        {
            return BadQuery();
        }

        // A dry run stores nothing that a key could name, and needs none.
        Problem? noKey = null;
        string key = dryRun ? "dry-run" : IdempotencyKey.Read(context.Request, out noKey) ?? "";
        if (noKey is not null)
        {
            return noKey;
        }

        (ReadOnlyMemory<byte> body, Problem? problem) = await gate.ReadAsync(context);
        if (problem is not null)
        {
            return problem;
        }

        var findings = new Findings();
        Draft? draft = read(body, deployment.Today(clock), findings);
        Sender sender = Caller.Of(context.User, Channel.Http);
        if (dryRun)
        {
            return await TryAsync(draft, findings, sender, cancellationToken);
        }

        return draft is null ? Problem.Of(findings) : Answer(await desk.SubmitAsync(draft, sender, key, cancellationToken));
    }

    private async Task<IResult> TryAsync(Draft? draft, Findings findings, Sender sender, CancellationToken cancellationToken)
    {
        List<Finding> list = [.. findings.All];
        if (draft is not null)
        {
            Submission? answer = await desk.CheckAsync(draft, PostingId.Of(sender.Department, "dry-run"), sender, cancellationToken);
            if (answer?.WhyNot is { } why)
            {
                list.Add(why);
            }
        }

        return AnswerJson.Ok(new Rehearsal(DryRun: true, list.Count == 0, [.. list]));
    }

    private static IResult Answer(Submission submission) => submission switch
    {
        Submission.Accepted accepted => Created(PostingJson.Receipt(accepted.Record)),
        // 200 and not 201, since nothing was made.
        Submission.SameNotice { IsOwn: true } same => AnswerJson.Ok(Unchanged(PostingJson.Receipt(same.Record))),
        Submission.SameNotice => AnswerJson.Ok(Unchanged(null)),
        Submission.NotAllowed refused => Problem.Of(refused.Rejection),
        Submission.NoEvidence missing => new Problem(
            StatusCodes.Status422UnprocessableEntity, "Nothing was stored: it names an evidence file that your department does not have.", missing.Finding),
        Submission.Forbidden forbidden => new Problem(StatusCodes.Status403Forbidden, "Nothing was stored: you may not post this.", forbidden.Finding),
        Submission.Refused before => new Problem(
            StatusCodes.Status422UnprocessableEntity,
            "Nothing was stored: it came by the queue before, under the same key, and was refused for ever. Take a new key to send it again.",
            [.. before.Findings]),
        Submission.KeyReused => new Problem(
            StatusCodes.Status422UnprocessableEntity,
            "Nothing was stored: the key stands for another posting of your department.",
            new Finding("", "key-reused", "A key names one posting for ever. Take a new key for a new posting.")),
        Submission.InFlight => new Problem(
            StatusCodes.Status409Conflict,
            "A posting under this key is being stored at this moment, and it takes long.",
            new Finding("", "in-flight", "Send it again later with the same key: the answer will be the one that the first request gets."))
        {
            RetryAfter = InFlight.WaitMax,
        },
        _ => throw new InvalidOperationException($"No answer for {submission}."),
    };

    /// <summary>What is answered where there is another parameter, or it says something else.</summary>
    public static Problem BadQuery() => new(
        StatusCodes.Status400BadRequest, "There is one query parameter, dryRun.", new Finding("", "bad-query", "dryRun is true or false, given once; there is no other.", null, "dryRun=true, dryRun=false"));

    private static Created Created(Receipt receipt) => new($"/api/postings/{receipt.Id}", receipt);

    private static UnchangedNotice Unchanged(Receipt? own) => new(own?.Id, own?.Kind, own?.State, own?.ReceivedAt, Unchanged: true);

    /// <summary>Reads the one query parameter. A misspelt one must not turn a rehearsal into a posting: no other is taken.</summary>
    public static bool TryReadDryRun(HttpRequest request, out bool dryRun)
    {
        dryRun = false;
        if (request.Query.Keys.Any(name => name != "dryRun"))
        {
            return false;
        }

        return !request.Query.TryGetValue("dryRun", out var value) || (value.Count == 1 && bool.TryParse(value[0], out dryRun));
    }
}

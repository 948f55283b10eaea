using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>What the two functions that take postings have in common: key, body, dry run, and the answers.</summary>
internal sealed class Submit(PostingDesk desk, Deployment deployment, TimeProvider clock)
{
    public delegate Draft? Read(ReadOnlyMemory<byte> body, DateOnly today, Findings findings);

    public async Task<IResult> HandleAsync(HttpContext context, Read read)
    {
        CancellationToken cancellationToken = context.RequestAborted;
        if (!TryReadDryRun(context.Request, out bool dryRun))
        {
            return new Problem(
                StatusCodes.Status400BadRequest, "There is one query parameter, dryRun.", new Finding("", "bad-query", "dryRun is true or false, given once; there is no other.", null, "dryRun=true, dryRun=false"));
        }

        // A dry run stores nothing that a key could name, and needs none.
        Problem? noKey = null;
        string key = dryRun ? "dry-run" : IdempotencyKey.Read(context.Request, out noKey) ?? "";
        if (noKey is not null)
        {
            return noKey;
        }

        (ReadOnlyMemory<byte> body, Problem? problem) = await JsonBody.ReadAsync(context.Request, cancellationToken);
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
        JsonArray list = [.. findings.All.Select(PostingRecord.FindingJson)];
        if (draft is not null)
        {
            Submission? answer = await desk.CheckAsync(draft, PostingId.Of(sender.Department, "dry-run"), sender, cancellationToken);
            if (answer is Submission.NotAllowed refused)
            {
                list.Add(PostingRecord.FindingJson(refused.Rejection.ToFinding()));
            }
        }

        return Results.Json(new JsonObject { ["dryRun"] = true, ["wouldBeAccepted"] = list.Count == 0, ["findings"] = list });
    }

    private static IResult Answer(Submission submission) => submission switch
    {
        Submission.Accepted accepted => Results.Created($"/api/postings/{accepted.Record.Id}", PostingJson.Receipt(accepted.Record)),
        Submission.SameNotice { IsOwn: true } same => Results.Json(Unchanged(PostingJson.Receipt(same.Record))),
        Submission.SameNotice => Results.Json(Unchanged([])),
        Submission.NotAllowed refused => Problem.Of(refused.Rejection),
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

    // The same notice changes nothing, and the answer says so; 200 and not 201, since nothing was made.
    private static JsonObject Unchanged(JsonObject json)
    {
        json["unchanged"] = true;
        return json;
    }

    // A misspelt parameter must not turn a rehearsal into a posting: no other is taken.
    private static bool TryReadDryRun(HttpRequest request, out bool dryRun)
    {
        dryRun = false;
        if (request.Query.Keys.Any(name => name != "dryRun"))
        {
            return false;
        }

        return !request.Query.TryGetValue("dryRun", out var value) || (value.Count == 1 && bool.TryParse(value[0], out dryRun));
    }
}

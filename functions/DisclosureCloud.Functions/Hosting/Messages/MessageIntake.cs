using System.Security.Claims;
using System.Text;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Messages;

/// <summary>Takes messages of the queue <c>postings</c>, by the same reader, desk and rules as the HTTP interface.</summary>
/// <remarks>
/// Nobody waits for the answer. What can never become a posting is therefore kept as a refusal that its department sees, and the message
/// is done. What fails for now (a store that is busy, an issuer that is silent, a key that it may just have got) throws: the queue gives the message again, and sets it
/// aside after five times. A message that no token vouches for belongs to nobody: an alarm is all that is left of it. One whose token is good and
/// whose signature is not is kept as a refusal too, and uses up no key.
/// </remarks>
internal sealed class MessageIntake(PostingDesk desk, BearerTokens tokens, Credentials credentials, Deployment deployment, TimeProvider clock, Alarms alarms, LoadGate gate)
{
    /// <summary>Takes one message. Taking it again changes nothing.</summary>
    /// <returns>What came of it, in ids and codes alone.</returns>
    /// <exception cref="StoreBusyException">It is worth trying again later.</exception>
    public async Task<string> TakeAsync(string text, CancellationToken cancellationToken)
    {
        PostingMessage message = PostingMessage.Read(text);
        TokenAnswer token = message.Token is { } sent ? await tokens.ReadAsync(sent, message.SentAt ?? clock.GetUtcNow(), cancellationToken) : new TokenAnswer(TokenState.Invalid, null);
        if (token.State is TokenState.IssuerSilent or TokenState.KeyUnknown)
        {
            throw new StoreBusyException("issuer", InFlight.WaitMax);
        }

        if (token.User is not { } user)
        {
            alarms.Raise(Alarm.UnattributedMessage, "A message of the queue 'postings' carries no token that this deployment takes. It was dropped.");
            Telemetry.Took("unattributed");
            return "unattributed";
        }

        string outcome = await TakeAsync(message, text, token, user, cancellationToken);
        Telemetry.Took(outcome.Split(' ')[^1]);
        return outcome;
    }

    private async Task<string> TakeAsync(PostingMessage message, string text, TokenAnswer token, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Sender sender = Caller.Of(user, Channel.Queue);
        gate.Note(sender.Department);
        PostingId own = IdOf(text, sender);
        (Draft? draft, IReadOnlyList<Finding> wrong) = Read(message);
        PostingId id = message.Key is { } key ? PostingId.Of(sender.Department, key) : own;

        // Whoever may not post cannot use up a key; but what was answered when it came first is not answered otherwise when it comes again.
        if (await credentials.RefusalAsync(message, token, user, sender, cancellationToken) is { Count: > 0 } refusal)
        {
            return await desk.RecallAsync(id, draft, cancellationToken) is { } before
                ? Said(id, before)
                : Said(own, await desk.TurnAwayAsync(own, sender, draft, refusal, cancellationToken));
        }

        Submission answer = wrong.Count > 0
            ? await desk.TurnAwayAsync(id, sender, draft, wrong, cancellationToken)
            : await desk.SubmitAsync(draft!, sender, message.Key!, cancellationToken);
        if (answer.WhyNot is { } why)
        {
            wrong = [Within(message, why)];
            answer = await desk.TurnAwayAsync(id, sender, draft, wrong, cancellationToken);
        }

        if (answer is not Submission.KeyReused)
        {
            return Said(id, answer);
        }

        // The key's place is taken. The message has one of its own, so that its department sees this too.
        return Said(own, await desk.TurnAwayAsync(own, sender, draft, [.. wrong, KeyReused(id)], cancellationToken));
    }

    private (Draft? Draft, IReadOnlyList<Finding> Wrong) Read(PostingMessage message)
    {
        if (message.Findings.Any)
        {
            return (null, message.Findings.All);
        }

        var findings = new Findings();
        DateOnly today = deployment.Today(clock);
        Draft? draft = message.IsNotice
            ? PostingReader.ReadNotice(message.Body, today, findings)
            : PostingReader.ReadPosting(message.Body, today, findings);
        return (draft, [.. findings.All.Select(finding => Within(message, finding) with { Found = null })]); // Its sender has it; we need not keep it.
    }

    private static string Said(PostingId id, Submission answer) => answer switch
    {
        Submission.Accepted or Submission.SameNotice or Submission.Refused => $"{id} {answer.Outcome}",
        _ => throw new StoreBusyException("postings", InFlight.WaitMax), // Another copy is being stored, and nobody knows yet what will come of it.
    };

    // The body stands within the message: what is found in it is found there.
    private static Finding Within(PostingMessage message, Finding finding) => finding with { Pointer = message.BodyPointer + finding.Pointer };

    private static Finding KeyReused(PostingId id) =>
        new("/key", "key-reused", "A key names one posting for ever, also one that was refused. Take a new key for a new posting.", id.Value);

    // A message without a key that would name it, by its own bytes: sent twice it is refused once. The token's signature is in it, so
    // that nobody finds out from the id what else is. No key has a space.
    private static PostingId IdOf(string text, Sender sender) => PostingId.Of(sender.Department, $"message {Sha256Hex.Of(Encoding.UTF8.GetBytes(text))}");
}

using System.Security.Claims;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Messages;

/// <summary>Whether a message is from whom its token names: a queue holds what anybody put there who may write to it, and holds it for days.</summary>
/// <remarks>
/// The token says who; the signature, by a key that the department registered, says that nothing else in the message was changed or taken
/// from another one; the moment within it says how old it is. The token counts as of that moment, since a message may wait.
/// </remarks>
internal sealed class Credentials(Register register, TimeProvider clock)
{
    /// <summary>A message may wait while something is mended, over a week-end too. What is older is nobody's wish any more.</summary>
    private static readonly TimeSpan AgeMax = BearerTokens.RememberedFor;

    /// <summary>Why the message is not taken; nothing where it is.</summary>
    public async Task<IReadOnlyList<Finding>> RefusalAsync(
        PostingMessage message, TokenAnswer token, ClaimsPrincipal user, Sender sender, CancellationToken cancellationToken)
    {
        if (AccessGate.Refusal(AccessTable.Posted, user) is { } role)
        {
            return [role with { Pointer = PostingMessage.TokenPointer }];
        }

        if (message is not { Signed: { } signed, Signature: { } signature, SentAt: { } sentAt })
        {
            return message.Findings.All; // It could not be read so far that its signature could be checked.
        }

        SuccessionState? department = await register.OfAsync(sender.Department, cancellationToken);
        Finding? refusal = Register.Refusal(department, sender.Person, DepartmentRole.Poster) is { } unregistered
            ? unregistered with { Pointer = PostingMessage.TokenPointer }
            : OfSignature(department, sender.Person, signed, signature) ?? OfTime(sentAt) ?? OfToken(token);
        return refusal is null ? [] : [refusal];
    }

    private static Finding? OfSignature(SuccessionState? department, PersonId person, byte[] signed, byte[] signature)
    {
        if (department?.People.GetValueOrDefault(person)?.SigningKey is not { } key)
        {
            return new Finding(PostingMessage.SignaturePointer, "no-signing-key", "The department has registered no key for this account: post it with 'people' in a posting of kind 'department'.");
        }

        return key.HasSigned(signed, signature)
            ? null
            : new Finding(PostingMessage.SignaturePointer, "bad-signature", "The signature is not that of the account's registered key over this message.");
    }

    private Finding? OfTime(DateTimeOffset sentAt)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (sentAt > now + BearerTokens.ClockSkew)
        {
            return new Finding(PostingMessage.SentAtPointer, "not-yet", "The message is signed for a moment that has not come.", Instant.Text(sentAt));
        }

        return sentAt < now - AgeMax
            ? new Finding(PostingMessage.SentAtPointer, "too-old", "The message was signed too long ago. Sign and send it again.", Instant.Text(sentAt), $"P{AgeMax.Days}D")
            : null;
    }

    private static Finding? OfToken(TokenAnswer token) => token.State == TokenState.NotNow
        ? new Finding(PostingMessage.TokenPointer, "token-over", "The token was not valid when the message was signed. Send it again with a new one.")
        : null;
}

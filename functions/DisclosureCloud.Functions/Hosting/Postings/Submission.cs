using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>What becomes of a posting at the desk.</summary>
internal abstract record Submission
{
    /// <summary>What came of it in a word, for counting.</summary>
    public string Outcome => this switch
    {
        Accepted { IsNew: true } => "accepted",
        Accepted => "repeated",
        SameNotice => "unchanged",
        KeyReused => "key-reused",
        Refused => "refused",
        NotAllowed refused => refused.Rejection.Code,
        Forbidden forbidden => forbidden.Finding.Code,
        NoEvidence missing => missing.Finding.Code,
        _ => "in-flight",
    };

    /// <summary>Why it is not taken, where a rule or the sender's own rights say so; null for all else.</summary>
    public Finding? WhyNot => this switch
    {
        NotAllowed refused => refused.Rejection.ToFinding(),
        Forbidden forbidden => forbidden.Finding,
        NoEvidence missing => missing.Finding,
        _ => null,
    };

    /// <summary>It is durable; or it was before, and this is the same answer again.</summary>
    public sealed record Accepted(PostingRecord Record, bool IsNew) : Submission;

    /// <summary>The same notice is in the ledger already, by whatever key it came.</summary>
    /// <param name="IsOwn">True where the sender's department posted it, and may therefore see the posting.</param>
    public sealed record SameNotice(PostingRecord Record, bool IsOwn) : Submission;

    /// <summary>The same came by the queue, under the same key, and was refused; a refusal stands for ever like a receipt.</summary>
    public sealed record Refused(ImmutableArray<Finding> Findings) : Submission;

    /// <summary>The department used the key for something else.</summary>
    public sealed record KeyReused(PostingId Id) : Submission;

    /// <summary>Another request under the same key is still being stored; nobody knows yet what will come of it.</summary>
    public sealed record InFlight : Submission;

    public sealed record NotAllowed(Rejection Rejection) : Submission
    {
        /// <summary>Of a batch, all that the rules say of it; else the one.</summary>
        public IReadOnlyList<Rejection> All { get; init; } = [Rejection];
    }

    /// <summary>It names an evidence file that its department does not have.</summary>
    public sealed record NoEvidence(Finding Finding) : Submission;

    /// <summary>It may be right, but this person may not send it.</summary>
    public sealed record Forbidden(Finding Finding) : Submission;
}

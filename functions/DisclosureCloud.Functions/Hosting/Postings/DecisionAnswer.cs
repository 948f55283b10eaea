using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>What becomes of a decision at the desk.</summary>
internal abstract record DecisionAnswer
{
    /// <summary>What came of it in a word, for counting.</summary>
    public string Outcome => this switch
    {
        Decided decided => Code.Text(decided.Record.State),
        NotFound => "not-found",
        OwnPosting => "own-posting",
        Forbidden forbidden => forbidden.Finding.Code,
        IsNoPosting => "no-posting",
        _ => "already-decided",
    };

    public sealed record Decided(PostingRecord Record) : DecisionAnswer;

    public sealed record NotFound : DecisionAnswer;

    public sealed record OwnPosting : DecisionAnswer;

    /// <summary>This person may not decide it.</summary>
    public sealed record Forbidden(Finding Finding) : DecisionAnswer;

    /// <summary>A message that was refused when it came: there is nothing to decide.</summary>
    public sealed record IsNoPosting : DecisionAnswer;

    public sealed record AlreadyDecided(PostingRecord Record) : DecisionAnswer;
}

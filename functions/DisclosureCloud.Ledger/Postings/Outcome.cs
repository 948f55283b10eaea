using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>The one commit in a target's stream by which an approved posting's fate is decided: its entries, or its refusal.</summary>
/// <remarks>
/// A refusal is a commit too, without entries. Were it written in the posting's stream alone, two processes that finish the same posting
/// at once could refuse and record it. So the target's stream decides, and the posting's stream only repeats what it says.
/// </remarks>
public static class Outcome
{
    private const string BooksName = "books";
    private const string RefusalName = "refusal";

    /// <summary>Decides a posting upon the target's last commit.</summary>
    /// <param name="posting">An approved posting.</param>
    /// <param name="last">The last commit of its target's stream; null where that is empty.</param>
    /// <param name="registrar">The books of the fund that registers the project, where the target is a project's stream.</param>
    /// <param name="at">The moment of recording.</param>
    public static Commit Decide(PostingRecord posting, Commit? last, FundBooks? registrar, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(posting);
        ImmutableArray<Fact> facts = [.. posting.Facts.Select(fact => fact.Open(_ => null))];
        (FundBooks? books, Rejection? rejection) = Judge(facts, posting.Id, BooksOf(last), registrar);
        var state = new JsonObject();
        if ((rejection is null ? Marked(books, posting) : BooksOf(last)) is { } carried)
        {
            state[BooksName] = carried.ToJson();
        }

        if (rejection is not null)
        {
            state[RefusalName] = PostingRecord.FindingJson(rejection.ToFinding());
        }

        ImmutableArray<Leaf> leaves = rejection is null
            ? [.. posting.Facts.Zip(posting.EntryIds, (fact, id) => fact.ToLeaf(id, at, posting.Department, posting.Channel))]
            : [];
        return new Commit(posting.Target, (last?.Version ?? -1) + 1, posting.Id.Value, at, leaves, state);
    }

    /// <summary>What the rules would say, for a posting that is not yet stored.</summary>
    public static Rejection? Try(Draft draft, PostingId id, FundBooks? books)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return Judge(draft.Facts(id), id, books, books).Rejection;
    }

    /// <summary>The books that a commit of a fund's stream carries.</summary>
    public static FundBooks? BooksOf(Commit? commit) => commit?.State[BooksName] is JsonObject json ? FundBooks.FromJson(json) : null;

    /// <summary>Why the posting of this commit was refused; null where it was recorded.</summary>
    public static Finding? RefusalOf(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return commit.State[RefusalName] is { } json ? PostingRecord.FindingOf(json) : null;
    }

    private static (FundBooks? Books, Rejection? Rejection) Judge(
        ImmutableArray<Fact> facts, PostingId id, FundBooks? books, FundBooks? registrar)
    {
        switch (facts[0])
        {
            case Progress one:
                return (null, FundRules.CheckProject(registrar, one.FundId, one.ProjectId));
            case Acceptance one:
                return (null, FundRules.CheckProject(registrar, one.FundId, one.ProjectId));
            case Fund when facts[^1] is Notice notice && books?.Notice is not null:
                return (null, new Rejection.NoticeExists(notice.NoticeId));
            case Fund one when facts[^1] is Notice && books is not null:
                // A fund that was posted has the id that the notice would make one of: the notice's id is what must change.
                return (null, new Rejection.FundExists(one.FundId) with { Pointer = "/id" });
            default:
                Decision decision = FundRules.DecideAll(books, facts, id);
                return (decision.Books, decision.Rejection);
        }
    }

    // The books remember the notice by the commitment in its entry, so that the same notice is known again without its text.
    private static FundBooks? Marked(FundBooks? books, PostingRecord posting)
    {
        SealedFact last = posting.Facts[^1];
        return last.Kind != "notice" || books is null
            ? books
            : books with
            {
                Notice = new NoticeMark(
                    Id.Parse<NoticeId>(last.Fields["notice"]!.GetValue<string>()),
                    SealedFact.CommitmentIn(last.Fields["content"]!),
                    posting.Id),
            };
    }
}

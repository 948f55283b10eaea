using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Reads what became of postings.</summary>
internal static class PostingFates
{
    /// <summary>What became of a posting; null where there is none of that id.</summary>
    public static async Task<PostingFate?> FateOfAsync(this ILedgerStore ledger, PostingId id, CancellationToken cancellationToken)
    {
        var commits = new List<Commit>();
        await foreach (Commit commit in ledger.ReadStreamAsync(StreamName.Of(id), 0, cancellationToken))
        {
            commits.Add(commit);
        }

        return PostingFate.Fold(commits);
    }
}

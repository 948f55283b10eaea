using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>Which postings name an evidence file, as the ledger has it.</summary>
internal sealed class EvidenceUses(ILedgerStore ledger)
{
    /// <summary>Those postings, of the ones that were to name it, which do, whatever became of them.</summary>
    /// <remarks>That a posting names a file is written before the posting: it may never have come, or another copy of it was faster.</remarks>
    public async Task<IReadOnlyList<PostingRecord>> OfAsync(EvidenceFileId file, IEnumerable<PostingId> postings, CancellationToken cancellationToken)
    {
        var uses = new List<PostingRecord>();
        foreach (PostingId posting in postings)
        {
            if (await ledger.FateOfAsync(posting, cancellationToken) is PostingRecord record && record.Facts.Any(fact => fact.EvidenceFiles().Any(one => one.Id == file)))
            {
                uses.Add(record);
            }
        }

        return uses;
    }

    /// <summary>True where somebody may want the file: a posting that names it took effect, or still may.</summary>
    public async Task<bool> IsNeededAsync(EvidenceFileId file, IEnumerable<PostingId> postings, CancellationToken cancellationToken) =>
        (await OfAsync(file, postings, cancellationToken)).Any(posting => posting.State is PostingState.Proposed or PostingState.Approved or PostingState.Effective);
}

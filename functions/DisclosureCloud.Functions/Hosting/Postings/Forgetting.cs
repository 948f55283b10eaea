using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Removes from the value store what redactions forget, and destroys the evidence files that they name.</summary>
/// <remarks>
/// The redaction is in the ledger first: from then on no snapshot opens the value, whether or not it is still stored. So a crash between the two,
/// or a value store that was restored from an old copy, shows nobody anything, and doing it again is always right.
/// </remarks>
internal sealed class Forgetting(ILedgerStore ledger, IValueStore values, EvidenceVault evidence)
{
    /// <summary>Forgets what the recorded redactions name of one posting.</summary>
    public async Task ForgetAsync(PostingId posting, CancellationToken cancellationToken)
    {
        if (await ledger.ReadAsync(StreamName.Of(posting), 0, cancellationToken) is not { } first || PostingFate.Fold([first]) is not PostingRecord record)
        {
            return;
        }

        HashSet<Commitment> forgotten = await ForgottenAsync(record, cancellationToken);
        ValueKey[] stored = [.. (await values.GetAsync([posting], cancellationToken)).Where(opening => forgotten.Contains(opening.Commitment)).Select(opening => opening.Key)];

        // Forgetting rewrites the store's file, which is dear; mostly it was done the first time.
        if (stored.Length > 0)
        {
            await values.ForgetAsync(stored, cancellationToken);
        }

        foreach (EvidenceFile file in record.Facts.SelectMany(fact => fact.EvidenceFiles()).Where(file => forgotten.Contains(file.Content!.Value)))
        {
            await evidence.DestroyAsync(file.Id, file.Content!.Value, cancellationToken);
        }
    }

    /// <summary>The commitments of a posting whose values or files are forgotten, as the ledger has it.</summary>
    public async Task<HashSet<Commitment>> ForgottenAsync(PostingRecord posting, CancellationToken cancellationToken)
    {
        var redactions = new Redactions();
        await foreach (Commit commit in ledger.ReadStreamAsync(posting.Target, 0, cancellationToken))
        {
            redactions.Take(commit);
        }

        return [.. redactions.Forgotten(posting)];
    }

    /// <summary>Forgets again what any redaction names: for values that came back with a store's backup.</summary>
    public async Task ForgetAllAsync(CancellationToken cancellationToken)
    {
        var redactions = new Redactions();
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, cancellationToken))
        {
            redactions.Take(read.Commit);
        }

        foreach (PostingId posting in redactions.Postings)
        {
            await ForgetAsync(posting, cancellationToken);
        }
    }
}

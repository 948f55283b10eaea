using System.Collections.Immutable;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>Finds the evidence files that a posting names, and remembers that it names them.</summary>
internal sealed class EvidenceNaming(EvidenceVault vault, EvidenceUses uses, TimeProvider clock)
{
    /// <summary>The draft with what its entries will hold of the files that it names; or what is wrong with one of them.</summary>
    public async Task<(Draft Draft, Finding? Missing)> ResolveAsync(Draft draft, PostingId id, Sender sender, CancellationToken cancellationToken)
    {
        ImmutableArray<Fact> facts = draft.Facts(id);
        var known = new Dictionary<EvidenceFileId, EvidenceFile>();
        for (int index = 0; index < facts.Length; index++)
        {
            var named = new HashSet<EvidenceFileId>();
            for (int at = 0; at < facts[index].EvidenceFiles.Length; at++)
            {
                EvidenceFileId file = facts[index].EvidenceFiles[at].Id;
                if (!named.Add(file))
                {
                    return (draft, new Finding(Pointer(draft, index, at), "evidence-file-twice", "The evidence file is named twice. Name it once.", file.Value));
                }

                if (!known.ContainsKey(file))
                {
                    if (await FindAsync(file, sender, cancellationToken) is not { } record)
                    {
                        return (draft, Missing(Pointer(draft, index, at), file));
                    }

                    known.Add(file, new EvidenceFile(file, record.Commitment));
                }
            }
        }

        return (known.Count == 0 ? draft : draft with { Facts = posting => [.. draft.Facts(posting).Select(Whole)] }, null);

        Fact Whole(Fact fact) => fact.EvidenceFiles.IsEmpty ? fact : fact with { EvidenceFiles = [.. fact.EvidenceFiles.Select(file => known[file.Id])] };
    }

    /// <summary>Remembers which files a posting names. This comes before the posting is stored, so that no file is swept away that an entry needs.</summary>
    public async Task NameAsync(PostingRecord posting, CancellationToken cancellationToken)
    {
        foreach (EvidenceFileId file in posting.Facts.SelectMany(fact => fact.EvidenceFiles()).Select(file => file.Id).Distinct())
        {
            await vault.NameAsync(file, posting.Id, cancellationToken);
        }
    }

    // Another department's is as good as none; and one that waited too long for its posting may be swept away at any moment.
    private async Task<EvidenceRecord?> FindAsync(EvidenceFileId id, Sender sender, CancellationToken cancellationToken)
    {
        FoundEvidence found = await vault.FindAsync(id, cancellationToken);
        return found.Record is { } record && record.Department == sender.Department && sender.ActsFor(record.Region)
            && (clock.GetUtcNow() - record.ReceivedAt < EvidenceSweep.WaitMax || await uses.IsNeededAsync(id, found.Postings, cancellationToken))
                ? record
                : null;
    }

    private static string Pointer(Draft draft, int index, int at) => JsonPointer.Down(
        draft.Kind switch
        {
            Batch.KindName => $"{JsonPointer.Down("", index)}/{Fact.EvidenceName}",
            Correction.KindName when index == 1 => $"/{Correction.ReplacementName}/{Fact.EvidenceName}",
            _ => $"/{Fact.EvidenceName}",
        },
        at);

    private static Finding Missing(string pointer, EvidenceFileId file) => new(
        pointer,
        "no-such-evidence-file",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Your department has no such evidence file. Send it to /api/evidence-files; what no posting names is kept for {EvidenceSweep.WaitMax.TotalDays} days."),
        file.Value);
}

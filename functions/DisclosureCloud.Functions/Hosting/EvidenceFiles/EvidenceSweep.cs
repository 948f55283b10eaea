using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>Removes evidence files that no posting needs: none ever named them, or it was refused or rejected.</summary>
internal sealed class EvidenceSweep(EvidenceVault vault, EvidenceUses uses, TimeProvider clock)
{
    /// <summary>So long a file waits for its posting. A department gathers the papers of a project in days; what is not needed is not to be kept.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromDays(30);

    /// <summary>A posting that names a file on its last day is stored before the file would go: a request ends in seconds.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>Sweeps once; returns how many files were removed.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var old = new HashSet<EvidenceFileId>();
        await foreach (EvidenceFileId id in vault.ReadPutBeforeAsync(clock.GetUtcNow() - WaitMax - Grace, cancellationToken))
        {
            old.Add(id);
        }

        int swept = 0;
        foreach (EvidenceFileId id in old)
        {
            FoundEvidence found = await vault.FindAsync(id, cancellationToken);
            if (!await uses.IsNeededAsync(id, found.Postings, cancellationToken))
            {
                await vault.RemoveAsync(id, cancellationToken);
                swept++;
            }
        }

        return swept;
    }
}

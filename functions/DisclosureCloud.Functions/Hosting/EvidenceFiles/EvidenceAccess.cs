using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>Who may look at an evidence file: those who post and approve in its department, and auditors once an entry that names it is public.</summary>
internal sealed class EvidenceAccess(EvidenceVault vault, EvidenceUses uses, Forgetting forgetting, LeafFinder leaves, AuditorScope scope)
{
    /// <summary>What somebody may see of a file.</summary>
    /// <exception cref="InvalidDataException">It should be there, and is not.</exception>
    /// <param name="isOfDepartment">True for who posts or approves for their department.</param>
    /// <param name="isAuditor">True for who audits all departments, as far as their region goes.</param>
    public async Task<EvidenceSight> LookAsync(EvidenceFileId id, Sender who, bool isOfDepartment, bool isAuditor, CancellationToken cancellationToken)
    {
        FoundEvidence found = await vault.FindAsync(id, cancellationToken);
        IReadOnlyList<PostingRecord> named = await uses.OfAsync(id, found.Postings, cancellationToken);
        bool isOwn = isOfDepartment && (IsSentFor(found.Record, who) || named.Any(who.MaySee));
        if (!isOwn && !(isAuditor && await IsPublicForAsync(id, named, who.Region, cancellationToken)))
        {
            return new EvidenceSight.Hidden();
        }

        return await IsForgottenAsync(id, named, cancellationToken) ? new EvidenceSight.Forgotten()
            : found.Record is { } record ? new EvidenceSight.Seen(record)
            : throw new InvalidDataException($"An entry names the evidence file {id}, no redaction does, and its key or its bytes are not there: a store was lost.");
    }

    // Before a posting names it, the region is the one for which its sender acts.
    private static bool IsSentFor(EvidenceRecord? record, Sender who) => record is not null && record.Department == who.Department && who.ActsFor(record.Region);

    // The ledger decides, and not whether the key is still there: a store that was restored from a copy may have it again.
    private async Task<bool> IsForgottenAsync(EvidenceFileId id, IReadOnlyList<PostingRecord> named, CancellationToken cancellationToken)
    {
        foreach (PostingRecord posting in named.Where(posting => posting.State is PostingState.Approved or PostingState.Effective))
        {
            HashSet<Commitment> forgotten = await forgetting.ForgottenAsync(posting, cancellationToken);
            if (posting.Facts.SelectMany(fact => fact.EvidenceFiles()).Any(file => file.Id == id && forgotten.Contains(file.Content!.Value)))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsPublicForAsync(EvidenceFileId id, IReadOnlyList<PostingRecord> named, RegionCode? region, CancellationToken cancellationToken)
    {
        foreach (EntryId entry in named.SelectMany(posting => posting.EntryIds.Zip(posting.Facts)).Where(one => one.Second.EvidenceFiles().Any(file => file.Id == id)).Select(one => one.First))
        {
            if (await leaves.FindAsync(entry, new ReadCount(), cancellationToken) is { } leaf && (region is not { } own || await IsWithinAsync(leaf, own, cancellationToken)))
            {
                return true;
            }
        }

        return false;
    }

    // As a query for the entry would have it: it names a place of the region, or a fund of it.
    private async Task<bool> IsWithinAsync(FoundLeaf leaf, RegionCode region, CancellationToken cancellationToken)
    {
        using JsonDocument json = JsonDocument.Parse(leaf.Bytes);
        var terms = new LeafTerms(json.RootElement);
        if (new EntryQuery { Region = region }.Matches(terms, json.RootElement))
        {
            return true;
        }

        foreach (string fund in terms.Of(Term.Fund))
        {
            if (await scope.NarrowAsync(new EntryQuery { Fund = Id.Parse<FundId>(fund) }, region, cancellationToken) is { Refusal: null, Query.Region: null })
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What somebody may see of an evidence file.</summary>
internal abstract record EvidenceSight
{
    /// <summary>Nothing, not even that there is one.</summary>
    public sealed record Hidden : EvidenceSight;

    /// <summary>That there was one, and that a redaction took it.</summary>
    public sealed record Forgotten : EvidenceSight;

    public sealed record Seen(EvidenceRecord Record) : EvidenceSight;
}

using System.Collections.Immutable;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Sealing;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>Keeps evidence files: encrypted in one store, what reads them in another.</summary>
/// <remarks>
/// The key is put first, and the encrypted file, which is created once, decides: of two senders of one id the one whose file is there is the
/// first. A crash between the two leaves a key of nothing, and sending it again does all of it. What is destroyed goes in the same order: the
/// key first, since without it the rest is noise.
/// </remarks>
internal sealed class EvidenceVault(IPassingFiles files, EvidenceKeys keys, ISaltSource salts, TimeProvider clock)
{
    /// <summary>Each attempt that fails means that another sender of the same id was there at the same moment, or that its file was just destroyed.</summary>
    private const int AttemptsMax = 8;

    /// <summary>Keeps a file, exactly once for its department and key.</summary>
    public async Task<EvidenceAnswer> PutAsync(EvidenceFileId id, Sender sender, EvidenceMedia media, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            FoundEvidence found = await FindAsync(id, cancellationToken);
            if (found.Record is { } known)
            {
                return !sender.ActsFor(known.Region) ? new EvidenceAnswer.OtherRegion()
                    : known.MediaType == media.Type && Commitment.Of(known.Salt.Span, file.Span) == known.Commitment ? new EvidenceAnswer.Kept(known)
                    : new EvidenceAnswer.KeyReused();
            }

            if (!found.Postings.IsEmpty)
            {
                return new EvidenceAnswer.KeyReused(); // It was named and is forgotten: nothing can be shown to be the same.
            }

            if (found.IsStored)
            {
                await files.DeleteAsync(PathOf(id), cancellationToken); // Its key is destroyed already: whoever did that died before this line.
            }

            var record = EvidenceRecord.Of(id, sender.Department, sender.Region ?? RegionCode.Country, media.Type, file.Span, Instant.Now(clock), salts);
            await keys.PutAsync(record, cancellationToken);
            if (await files.PutAsync(PathOf(id), SealedFile.Seal(record.Seal, file.Span, salts), cancellationToken) != PutOutcome.Conflict)
            {
                return new EvidenceAnswer.Kept(record);
            }

            await keys.ForgetAsync(id, record.Commitment, cancellationToken); // Another sender was faster: theirs counts.
        }

        throw new TimeoutException($"The evidence file {id} lost {AttemptsMax} races for its place.");
    }

    /// <summary>What there is of a file.</summary>
    public async Task<FoundEvidence> FindAsync(EvidenceFileId id, CancellationToken cancellationToken)
    {
        // The file before its key: it is written after it, so that a file which is seen has its key, unless that was destroyed.
        byte[]? prefix = await files.ReadRangeAsync(PathOf(id), 0, SealedFile.PrefixLength, cancellationToken);
        KeptEvidence kept = await keys.ReadAsync(id, cancellationToken);
        Commitment? stored = prefix is null ? null : SealedFile.CommitmentOf(prefix);
        return new FoundEvidence(kept.Records.FirstOrDefault(record => record.Commitment == stored), prefix is not null, kept.Postings);
    }

    /// <summary>The bytes of a file; null where it was destroyed since.</summary>
    /// <exception cref="InvalidDataException">What is stored is not what was committed to.</exception>
    public async Task<byte[]?> ReadAsync(EvidenceRecord record, CancellationToken cancellationToken) =>
        await files.ReadAsync(PathOf(record.Id), cancellationToken) is { } stored ? SealedFile.Open(record.Seal, stored) : null;

    /// <summary>Remembers that a posting names a file: from then on it is not swept away for want of one.</summary>
    public Task NameAsync(EvidenceFileId id, PostingId posting, CancellationToken cancellationToken) => keys.NameAsync(id, posting, cancellationToken);

    /// <summary>Destroys the key of a file that a redaction names, and then the file. Doing it again is always right.</summary>
    public async Task DestroyAsync(EvidenceFileId id, Commitment commitment, CancellationToken cancellationToken)
    {
        await keys.ForgetAsync(id, commitment, cancellationToken);
        byte[]? prefix = await files.ReadRangeAsync(PathOf(id), 0, SealedFile.PrefixLength, cancellationToken);
        if (prefix is not null && SealedFile.CommitmentOf(prefix) == commitment)
        {
            await files.DeleteAsync(PathOf(id), cancellationToken);
        }
    }

    /// <summary>Removes a file that no posting needs, as if it had never been sent.</summary>
    /// <remarks>The file first: a crash leaves what is found again. Nothing need be hidden here in haste, and no file is ever deleted for want of its key.</remarks>
    public async Task RemoveAsync(EvidenceFileId id, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<ValueKey> kept = await keys.AllOfAsync(id, cancellationToken);
        await files.DeleteAsync(PathOf(id), cancellationToken);
        await keys.ForgetAsync(kept, cancellationToken);
    }

    /// <summary>The files of which something was put before a moment. One may come several times.</summary>
    public IAsyncEnumerable<EvidenceFileId> ReadPutBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => keys.ReadPutBeforeAsync(moment, cancellationToken);

    // A folder of a few hundred files for each beginning of an id, and not one of all.
    private static string PathOf(EvidenceFileId id) => $"{id.Value[..2]}/{id}";
}

/// <summary>What there is of an evidence file.</summary>
/// <param name="Record">What is known of it, and reads it; null where there is no such file, or it was destroyed.</param>
/// <param name="IsStored">True where its bytes lie there, readable or not.</param>
/// <param name="Postings">Those that have named it, whatever became of them.</param>
internal sealed record FoundEvidence(EvidenceRecord? Record, bool IsStored, ImmutableArray<PostingId> Postings);

/// <summary>What becomes of an evidence file that is sent.</summary>
internal abstract record EvidenceAnswer
{
    /// <summary>It is durable; or it was before, and this is the same answer again.</summary>
    public sealed record Kept(EvidenceRecord Record) : EvidenceAnswer;

    /// <summary>The department used the key for another file, or for one that was forgotten.</summary>
    public sealed record KeyReused : EvidenceAnswer;

    /// <summary>Another person of the department sent it, who acts for another place.</summary>
    public sealed record OtherRegion : EvidenceAnswer;
}

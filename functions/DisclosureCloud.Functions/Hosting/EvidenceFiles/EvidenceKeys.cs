using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Sealing;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>What reads evidence files, and which postings have named them.</summary>
/// <remarks>A record is forgotten with its key; that a posting named the file stays, so that whoever asks for a file that was forgotten is told so.</remarks>
internal sealed class EvidenceKeys(IValueStore store, ISaltSource salts)
{
    private const string PostingName = "posting";

    private readonly SealKeys _keys = new(store, salts);

    /// <summary>What is kept of a file.</summary>
    public async Task<KeptEvidence> ReadAsync(EvidenceFileId id, CancellationToken cancellationToken) =>
        KeptEvidence.Of(id, await OfAsync(id, cancellationToken));

    public Task PutAsync(EvidenceRecord record, CancellationToken cancellationToken) => _keys.PutAsync(record.Id.Value, record.Write(), cancellationToken);

    /// <summary>Remembers that a posting names a file. Once more changes nothing that anybody sees.</summary>
    public Task NameAsync(EvidenceFileId id, PostingId posting, CancellationToken cancellationToken) =>
        _keys.PutAsync(id.Value, new JsonObject { [PostingName] = posting.Value }, cancellationToken);

    /// <summary>Destroys a key, so that what is encrypted with it can be read by nobody any more.</summary>
    public async Task ForgetAsync(EvidenceFileId id, Commitment commitment, CancellationToken cancellationToken) =>
        await ForgetAsync([.. (await OfAsync(id, cancellationToken)).Where(kept => RecordIn(id, kept)?.Commitment == commitment).Select(kept => kept.Key)], cancellationToken);

    /// <summary>What names all that is kept of a file.</summary>
    public async Task<IReadOnlyCollection<ValueKey>> AllOfAsync(EvidenceFileId id, CancellationToken cancellationToken) =>
        [.. (await OfAsync(id, cancellationToken)).Select(kept => kept.Key)];

    public Task ForgetAsync(IReadOnlyCollection<ValueKey> kept, CancellationToken cancellationToken) => _keys.ForgetAsync(kept, cancellationToken);

    /// <summary>The files of which something was put before a moment. One may come several times.</summary>
    public async IAsyncEnumerable<EvidenceFileId> ReadPutBeforeAsync(DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (KeptKey kept in _keys.ReadPutBeforeAsync(moment, cancellationToken))
        {
            if (ComplaintKey.IsOne(kept))
            {
                continue; // It has no posting that names it, and is kept for longer.
            }

            yield return Id.Parse<EvidenceFileId>(kept.Place);
        }
    }

    // A complaint's id, sent as that of a file, is that of none.
    private async Task<IReadOnlyList<KeptKey>> OfAsync(EvidenceFileId id, CancellationToken cancellationToken) =>
        [.. (await _keys.GetAsync(id.Value, cancellationToken)).Where(kept => !ComplaintKey.IsOne(kept))];

    internal static EvidenceRecord? RecordIn(EvidenceFileId id, KeptKey kept) => kept.Json[PostingName] is null ? EvidenceRecord.Read(id, kept.Json) : null;

    internal static PostingId? PostingIn(KeptKey kept) => kept.Json[PostingName] is { } posting ? Id.Parse<PostingId>(posting.GetValue<string>()) : null;
}

/// <summary>What is kept of an evidence file.</summary>
/// <param name="Records">One; more where two senders of one id came at once, or one died in the middle.</param>
/// <param name="Postings">Those that have named it, whatever became of them.</param>
internal sealed record KeptEvidence(ImmutableArray<EvidenceRecord> Records, ImmutableArray<PostingId> Postings)
{
    public static KeptEvidence Of(EvidenceFileId id, IReadOnlyList<KeptKey> all) => new(
        [.. all.Select(kept => EvidenceKeys.RecordIn(id, kept)).OfType<EvidenceRecord>()],
        [.. all.Select(EvidenceKeys.PostingIn).OfType<PostingId>().Distinct()]);
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>What reads evidence files, and which postings have named them, in a store of its own that can forget.</summary>
/// <remarks>
/// It is a store of values like that of the postings, apart from it: a publish reads all values of postings, and no key of a file. Each file
/// has the place that a posting has there, under its own id. A record is forgotten with its key; that a posting named the file stays, so that
/// whoever asks for a file that was forgotten is told so.
/// </remarks>
internal sealed class EvidenceKeys(IValueStore store, ISaltSource salts)
{
    private const string PostingName = "posting";

    /// <summary>What is kept of a file.</summary>
    public async Task<KeptEvidence> ReadAsync(EvidenceFileId id, CancellationToken cancellationToken) =>
        KeptEvidence.Of(id, await store.GetAsync([PlaceOf(id)], cancellationToken));

    public Task PutAsync(EvidenceRecord record, CancellationToken cancellationToken) => PutAsync(record.Id, record.Write(), cancellationToken);

    /// <summary>Remembers that a posting names a file. Once more changes nothing that anybody sees.</summary>
    public Task NameAsync(EvidenceFileId id, PostingId posting, CancellationToken cancellationToken) =>
        PutAsync(id, Encoding.UTF8.GetString(CanonicalJson.Write(new JsonObject { [PostingName] = posting.Value })), cancellationToken);

    /// <summary>Destroys a key, so that what is encrypted with it can be read by nobody any more.</summary>
    public async Task ForgetAsync(EvidenceFileId id, Commitment commitment, CancellationToken cancellationToken) =>
        await ForgetAsync([.. (await store.GetAsync([PlaceOf(id)], cancellationToken)).Where(opening => RecordIn(id, opening)?.Commitment == commitment).Select(opening => opening.Key)], cancellationToken);

    /// <summary>What names all that is kept of a file.</summary>
    public async Task<IReadOnlyCollection<ValueKey>> AllOfAsync(EvidenceFileId id, CancellationToken cancellationToken) =>
        [.. (await store.GetAsync([PlaceOf(id)], cancellationToken)).Select(opening => opening.Key)];

    public async Task ForgetAsync(IReadOnlyCollection<ValueKey> kept, CancellationToken cancellationToken)
    {
        if (kept.Count > 0)
        {
            await store.ForgetAsync(kept, cancellationToken); // It rewrites the store's file, which is dear.
        }
    }

    /// <summary>The files of which something was put before a moment. One may come several times.</summary>
    public async IAsyncEnumerable<EvidenceFileId> ReadPutBeforeAsync(
        DateTimeOffset moment, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Opening opening in store.ReadPutBeforeAsync(moment, cancellationToken))
        {
            yield return Id.Parse<EvidenceFileId>(opening.Posting.Value);
        }
    }

    internal static EvidenceRecord? RecordIn(EvidenceFileId id, Opening opening) =>
        JsonNode.Parse(opening.Value) is JsonObject json && json[PostingName] is null ? EvidenceRecord.Read(id, json) : null;

    internal static PostingId? PostingIn(Opening opening) =>
        JsonNode.Parse(opening.Value)?[PostingName] is { } posting ? Id.Parse<PostingId>(posting.GetValue<string>()) : null;

    private async Task PutAsync(EvidenceFileId id, string value, CancellationToken cancellationToken)
    {
        var openings = new List<Opening>();
        SealedFact.Commit(value, salts, PlaceOf(id), openings);
        await store.PutAsync(openings, cancellationToken);
    }

    private static PostingId PlaceOf(EvidenceFileId id) => Id.Parse<PostingId>(id.Value);
}

/// <summary>What is kept of an evidence file.</summary>
/// <param name="Records">One; more where two senders of one id came at once, or one died in the middle.</param>
/// <param name="Postings">Those that have named it, whatever became of them.</param>
internal sealed record KeptEvidence(ImmutableArray<EvidenceRecord> Records, ImmutableArray<PostingId> Postings)
{
    public static KeptEvidence Of(EvidenceFileId id, IEnumerable<Opening> openings)
    {
        Opening[] all = [.. openings];
        return new KeptEvidence(
            [.. all.Select(opening => EvidenceKeys.RecordIn(id, opening)).OfType<EvidenceRecord>()],
            [.. all.Select(EvidenceKeys.PostingIn).OfType<PostingId>().Distinct()]);
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sealing;

/// <summary>What opens sealed files, in a store of its own that can forget.</summary>
/// <remarks>
/// It is a store of values like that of the postings, apart from it: a publish reads all values of postings, and no key of a file. Whatever is
/// sealed has the place there that a posting would have, under its own id, whose form is the same. What is kept under a place says itself of
/// what sort it is: evidence files and complaints lie in one store, and each looks at its own alone.
/// </remarks>
internal sealed class SealKeys(IValueStore store, ISaltSource salts)
{
    public async Task PutAsync(string place, JsonObject what, CancellationToken cancellationToken)
    {
        var openings = new List<Opening>();
        SealedFact.Commit(Encoding.UTF8.GetString(CanonicalJson.Write(what)), salts, PlaceOf(place), openings);
        await store.PutAsync(openings, cancellationToken);
    }

    public async Task<IReadOnlyList<KeptKey>> GetAsync(string place, CancellationToken cancellationToken) =>
        [.. (await store.GetAsync([PlaceOf(place)], cancellationToken)).Select(KeptKey.Of)];

    /// <summary>Destroys keys, so that what is encrypted with them can be read by nobody any more.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<ValueKey> kept, CancellationToken cancellationToken)
    {
        if (kept.Count > 0)
        {
            await store.ForgetAsync(kept, cancellationToken); // It rewrites the store's file, which is dear.
        }
    }

    /// <summary>All that was put before a moment, the oldest first. One may come several times.</summary>
    public async IAsyncEnumerable<KeptKey> ReadPutBeforeAsync(DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Opening opening in store.ReadPutBeforeAsync(moment, cancellationToken))
        {
            yield return KeptKey.Of(opening);
        }
    }

    private static PostingId PlaceOf(string place) => Id.Parse<PostingId>(place);
}

/// <summary>One thing that is kept of something sealed.</summary>
/// <param name="Place">The id under which it is kept.</param>
/// <param name="Key">What names it, for whoever forgets it.</param>
internal sealed record KeptKey(string Place, ValueKey Key, JsonObject Json)
{
    public static KeptKey Of(Opening opening) => new(opening.Posting.Value, opening.Key, JsonNode.Parse(opening.Value)!.AsObject());

    /// <summary>Names the place alone: what is kept there opens a file.</summary>
    public override string ToString() => $"kept for {Place}";
}

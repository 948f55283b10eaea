using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>Which commitments have no value in the value store, and which of these values the site has published.</summary>
/// <remarks>
/// The archive has no values, so that they can be forgotten. A value that the site shows is public; nothing else is taken back, and nothing
/// that a redaction names, though a site that was published before it still shows it. The hash shows that a value is the one that was committed to, whoever wrote to the site.
/// </remarks>
internal sealed class MissingValues(IValueStore values)
{
    /// <summary>Postings that are asked for at once.</summary>
    private const int BatchSize = 200;

    private readonly Dictionary<PostingId, Commitment[]> _batch = [];
    private readonly Dictionary<Commitment, PostingId> _missing = [];
    private readonly HashSet<Commitment> _redacted = [];

    public long Count => _missing.Count;

    /// <summary>Says which values a redaction forgets.</summary>
    public void Redact(IEnumerable<Commitment> forgotten) => _redacted.UnionWith(forgotten);

    public async Task AddAsync(PostingId posting, IEnumerable<Commitment> commitments, CancellationToken cancellationToken)
    {
        _batch.Add(posting, [.. commitments]);
        if (_batch.Count == BatchSize)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        HashSet<Commitment> there = _batch.Count == 0
            ? []
            : [.. (await values.GetAsync(_batch.Keys, cancellationToken)).Where(opening => opening.IsTrue).Select(opening => opening.Commitment)];
        foreach ((PostingId posting, Commitment[] commitments) in _batch)
        {
            foreach (Commitment commitment in commitments.Where(one => !there.Contains(one)))
            {
                _missing[commitment] = posting;
            }
        }

        _batch.Clear();
    }

    /// <summary>Takes back what the site has published.</summary>
    /// <param name="isDryRun">True to count only.</param>
    /// <returns>How many values.</returns>
    public async Task<long> TakeBackAsync(ISiteFiles site, bool isDryRun, CancellationToken cancellationToken)
    {
        long taken = 0;
        if (_missing.Count == 0)
        {
            return taken;
        }

        foreach (string path in (await site.ListAsync(cancellationToken)).Where(PublishedValues.IsOne))
        {
            var found = new Dictionary<Commitment, Opening>();
            foreach ((Commitment commitment, byte[] salt, string value) in PublishedValues.Read(await site.ReadAsync(path, cancellationToken) ?? []))
            {
                if (_missing.TryGetValue(commitment, out PostingId posting) && !_redacted.Contains(commitment)
                    && new Opening(commitment, salt, value, posting) is { IsTrue: true } opening)
                {
                    found[commitment] = opening;
                }
            }

            if (found.Count > 0 && !isDryRun)
            {
                await values.PutAsync(found.Values, cancellationToken);
            }

            taken += found.Count;
            foreach (Commitment commitment in found.Keys)
            {
                _missing.Remove(commitment);
            }
        }

        return taken;
    }
}

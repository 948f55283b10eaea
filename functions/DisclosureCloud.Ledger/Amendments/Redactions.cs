namespace DisclosureCloud.Ledger;

/// <summary>What the redactions among some entries forget.</summary>
public sealed class Redactions
{
    private readonly HashSet<(EntryId Entry, ValuePointer Value)> _values = [];
    private readonly HashSet<PostingId> _postings = [];

    public bool IsEmpty => _values.Count == 0;

    /// <summary>The postings of which they name an entry.</summary>
    public IReadOnlyCollection<PostingId> Postings => _postings;

    /// <param name="leaves">Of any number of streams, or of one; those of other kinds are passed over.</param>
    public static Redactions Among(IEnumerable<Leaf> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        var redactions = new Redactions();
        foreach (Leaf leaf in leaves)
        {
            redactions.Take(leaf);
        }

        return redactions;
    }

    /// <summary>Takes the leaves of one more commit.</summary>
    public void Take(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        foreach (Leaf leaf in commit.Entries)
        {
            Take(leaf);
        }
    }

    /// <summary>Takes one more leaf. What is no redaction is passed over without being read.</summary>
    public void Take(Leaf leaf)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        if (IsOne(leaf))
        {
            var redaction = (Redaction)SealedFact.Of(leaf.Json).Open(_ => null);
            _postings.Add(redaction.Redacted.Posting);
            _values.UnionWith(redaction.Values.Select(value => (redaction.Redacted, value)));
        }
    }

    /// <summary>True where one of them names that value of that entry.</summary>
    public bool Names(EntryId entry, ValuePointer value) => _values.Contains((entry, value));

    /// <summary>The commitments of an entry's leaf whose values are forgotten: those named, and every fingerprint, which holds the value too.</summary>
    /// <remarks>A fingerprint is a bare hash of all that was posted: who knows the rest could try values until it fits.</remarks>
    public IEnumerable<Commitment> Forgotten(EntryId entry, SealedFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return !_postings.Contains(entry.Posting)
            ? []
            : [.. _values.Where(one => one.Entry == entry).Select(one => fact.CommitmentAt(one.Value)).OfType<Commitment>(), .. fact.Fingerprints()];
    }

    /// <summary>The commitments of a whole posting whose values are forgotten.</summary>
    public IEnumerable<Commitment> Forgotten(PostingRecord posting)
    {
        ArgumentNullException.ThrowIfNull(posting);
        return _postings.Contains(posting.Id)
            ? [posting.Content, .. posting.EntryIds.Zip(posting.Facts).SelectMany(one => Forgotten(one.First, one.Second))]
            : [];
    }

    // Looked for in the bytes: nearly no leaf is one, and parsing all of them takes as long as reading them.
    private static bool IsOne(Leaf leaf) => leaf.Bytes.Span.IndexOf("\"kind\":\"redaction\""u8) >= 0;
}

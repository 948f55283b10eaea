namespace DisclosureCloud.Ledger;

/// <summary>The rules of forgetting: only by the department that spoke, and only values that are there and not forgotten yet.</summary>
/// <remarks>
/// An entry is redacted under its very own id: what it said before it was corrected is still to be read, and so is the reason of a correction.
/// The totals of the stream stay as they are, since a value that can be forgotten is never part of one. Design section 3, "What a leaf holds".
/// </remarks>
public static class RedactionRules
{
    /// <param name="state">The stream's state before.</param>
    /// <param name="about">Who redacts.</param>
    /// <param name="stream">All leaves of the stream.</param>
    public static (StreamState? State, Rejection? Rejection) Decide(StreamState? state, Redaction redaction, About about, IReadOnlyCollection<Leaf> stream)
    {
        ArgumentNullException.ThrowIfNull(redaction);
        ArgumentNullException.ThrowIfNull(about);
        Leaf? leaf = stream.FirstOrDefault(one => one.Id == redaction.Redacted);
        if (state is null || leaf is null)
        {
            return (null, new Rejection.NoSuchEntry(redaction.Redacted));
        }

        return Entry.Of(leaf, _ => null).Department != about.Department
            ? (null, new Rejection.EntryOfOtherDepartment(redaction.Redacted))
            : Check(redaction, SealedFact.Of(leaf.Json), Redactions.Among(stream)) is { } rejection ? (null, rejection) : (state, null);
    }

    private static Rejection? Check(Redaction redaction, SealedFact entry, Redactions before)
    {
        var named = new HashSet<Commitment>();
        for (int i = 0; i < redaction.Values.Length; i++)
        {
            ValuePointer pointer = redaction.Values[i];
            if (entry.CommitmentAt(pointer) is not { } commitment)
            {
                return new Rejection.NoSuchValue(i, pointer, [.. entry.Values()]);
            }

            if (before.Names(redaction.Redacted, pointer) || !named.Add(commitment))
            {
                return new Rejection.AlreadyRedacted(i, pointer);
            }
        }

        return null;
    }
}

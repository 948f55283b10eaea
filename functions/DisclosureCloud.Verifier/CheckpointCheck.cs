using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks <c>log/checkpoint</c>: a signed note of a log, by keys that are believed.</summary>
internal sealed class CheckpointCheck(ISiteSource source, VerifyRequest request, VerifyNotes notes)
{
    /// <summary>The checkpoint, with the seen file that belongs to its origin; null where it is not to be believed.</summary>
    public async Task<KnownCheckpoint?> CheckAsync(CancellationToken cancellationToken)
    {
        byte[]? bytes = await source.ReadAsync(LogLayout.Checkpoint, SignedNote.SizeMax, cancellationToken);
        if (bytes is null)
        {
            notes.Find(LogLayout.Checkpoint, "is missing: without it nothing of the site can be proven.");
            return null;
        }

        SignedNote note;
        Checkpoint checkpoint;
        try
        {
            note = SignedNote.Parse(bytes);
            checkpoint = Checkpoint.Parse(note.Text);
        }
        catch (FormatException fault)
        {
            notes.Find(LogLayout.Checkpoint, fault.Message);
            return null;
        }

        IReadOnlyList<VerifierKey>? published = await KeysFile.ReadAsync(source, LogLayout.Keys, notes, cancellationToken);
        if (published is null || !new SignatureCheck(request, notes).IsSigned(note, LogLayout.Checkpoint, checkpoint.Origin, published, LogLayout.Keys))
        {
            return null;
        }

        LogsBefore before = await new BeforeCheck(source, request, notes).ReadAsync(checkpoint, cancellationToken);
        KnownCheckpoint known = FindSeen(new KnownCheckpoint(note, checkpoint, published, before));
        return IsOfTheKeys(known) && IsOfTheSeenKeys(known) ? known : null;
    }

    // What was seen last of this log; where it is new to the reader, of the newest of those before it that is not.
    private KnownCheckpoint FindSeen(KnownCheckpoint known)
    {
        string? path = request.SeenPath(known.Checkpoint.Origin);
        SeenFile? seen = path is null ? null : SeenFile.Read(path);
        if (seen?.Origin == known.Checkpoint.Origin)
        {
            return known with { SeenPath = path, SeenFrom = path, Seen = seen };
        }

        foreach (EndedLog log in known.Before.Logs.Reverse())
        {
            if (request.SeenPath(log.Origin) is { } from && SeenFile.Read(from) is { } earlier && earlier.Origin == log.Origin)
            {
                return known with { SeenPath = path, SeenFrom = from, Seen = earlier, SeenBefore = log };
            }
        }

        return known with { SeenPath = path, SeenFrom = path, Seen = seen };
    }

    // The keys that are believed: those given, else those of the first time, else those of the site itself. Where they are of a log before
    // this one, they are believed for what that log said when it ended: which log goes on.
    private bool IsOfTheKeys(KnownCheckpoint known)
    {
        Checkpoint checkpoint = known.Checkpoint;
        string head = $"The checkpoint of '{checkpoint.Origin}' over {checkpoint.Head.Size} leaves is signed by";
        if (request.Keys.Count > 0)
        {
            VerifierKey[] given = [.. request.Keys.Where(key => key.Name == checkpoint.Origin).DistinctBy(key => key.ToString(), StringComparer.Ordinal)];
            if (given.Length > 0)
            {
                return HasAll(known.Published, LogLayout.Keys, given) && Proven($"{head} the {given.Length} given keys of the log.");
            }

            if (known.Before.Logs.LastOrDefault(log => request.Keys.Any(key => key.Name == log.Origin)) is { } ended)
            {
                return HasAll(ended.Keys, ended.KeysPath, request.Keys.Where(key => key.Name == ended.Origin)) && IsAfter(known, ended, "that were given");
            }

            notes.Find(LogLayout.Checkpoint, $"is of the log '{checkpoint.Origin}'; the given keys are of {Quoted(request.Keys.Select(key => key.Name))}.");
            return false;
        }

        if (known.Seen is not { } seen)
        {
            notes.Prove($"{head} the {known.Published.Count} keys in {LogLayout.Keys}.");
            notes.LeaveOpen($"The keys came from the site itself: get them from the operator by another way and give them with --key.");
            return true;
        }

        if (known.SeenBefore is { } before)
        {
            return IsSame(before.Keys, before.KeysPath, seen) && IsAfter(known, before, "that were there when it was first seen");
        }

        if (seen.Origin != checkpoint.Origin)
        {
            notes.Find(LogLayout.Checkpoint, $"is of the log '{checkpoint.Origin}'; this site's log was '{seen.Origin}' before. Give --key if that is meant.");
            return false;
        }

        return IsSame(known.Published, LogLayout.Keys, seen) && Proven($"{head} the {known.Published.Count} keys of the log that were there when it was first seen.");
    }

    // Whoever knew a log before this one comes over by that log's own keys, whatever keys are given for this one.
    private bool IsOfTheSeenKeys(KnownCheckpoint known) => known.SeenBefore is not { } log || IsSame(log.Keys, log.KeysPath, known.Seen!);

    private bool IsAfter(KnownCheckpoint known, EndedLog ended, string which)
    {
        string[] later = [.. known.Before.Logs.SkipWhile(log => log != ended).Skip(1).Select(log => log.Origin), known.Checkpoint.Origin];
        notes.LeaveOpen($"The keys of {Quoted(later)} came from the site itself, for a log that ends names the next one and not its keys: get them from the operator by another way and give them with --key.");
        return Proven($"The log '{known.Checkpoint.Origin}' of {known.Checkpoint.Head.Size} leaves goes on from '{ended.Origin}', whose keys {which} signed that it ended and that '{ended.End.Successor}' comes after it.");
    }

    private bool HasAll(IReadOnlyList<VerifierKey> published, string path, IEnumerable<VerifierKey> given)
    {
        HashSet<string> known = [.. published.Select(key => key.ToString())];
        if (given.FirstOrDefault(key => !known.Contains(key.ToString())) is { } lacking)
        {
            notes.Find(path, $"lacks the given key {lacking.KeyId}.");
            return false;
        }

        return true;
    }

    private bool IsSame(IReadOnlyList<VerifierKey> published, string path, SeenFile seen)
    {
        HashSet<string> keys = [.. published.Select(key => key.ToString())];
        if (!keys.SetEquals(seen.Keys))
        {
            notes.Find(path, "has other keys than when this log was first seen. Give --key if that is meant.");
            return false;
        }

        return true;
    }

    private bool Proven(string sentence)
    {
        notes.Prove(sentence);
        return true;
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Distinct(StringComparer.Ordinal).Select(name => $"'{name}'"));
}

/// <summary>A checkpoint whose signatures are good, with what was known of its log before.</summary>
/// <param name="Published">The keys that the site publishes.</param>
/// <param name="Before">The logs that it goes on from.</param>
internal sealed record KnownCheckpoint(SignedNote Note, Checkpoint Checkpoint, IReadOnlyList<VerifierKey> Published, LogsBefore Before)
{
    /// <summary>Where the last checkpoint seen of this log is kept; null where none is to be.</summary>
    public string? SeenPath { get; init; }

    /// <summary>The file that <see cref="Seen"/> was read from.</summary>
    public string? SeenFrom { get; init; }

    /// <summary>What was kept of this log, or of one before it; null the first time.</summary>
    public SeenFile? Seen { get; init; }

    /// <summary>The log that it was kept of, where that has ended since.</summary>
    public EndedLog? SeenBefore { get; init; }
}

using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks <c>log/checkpoint</c>: a signed note of a log, by keys that are believed.</summary>
internal sealed class CheckpointCheck(ISiteSource source, VerifyRequest request, VerifyNotes notes)
{
    // A line has some 150 characters; a log has two keys, and may have had others.
    private const int KeysSizeMax = 16 * 1024;
    private const int KeysMax = 16;

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

        IReadOnlyList<VerifierKey>? published = await ReadKeysAsync(cancellationToken);
        if (published is null)
        {
            return null;
        }

        string? seenPath = request.SeenPath(checkpoint.Origin);
        SeenFile? seen = seenPath is null ? null : SeenFile.Read(seenPath);
        var known = new KnownCheckpoint(note, checkpoint, published, seenPath, seen);
        return IsSigned(known) && IsOfTheKeys(known) ? known : null;
    }

    // Every key of the log that is given must have signed, and of the published ones the first of each type; those after it may have retired.
    // Nobody else signs under its name.
    private bool IsSigned(KnownCheckpoint known)
    {
        string origin = known.Checkpoint.Origin;
        VerifierKey[] all = [.. request.Keys.Concat(known.Published).DistinctBy(key => key.ToString(), StringComparer.Ordinal)];
        INoteVerifier[] verifiers = [.. all.Select(request.VerifierOf).OfType<INoteVerifier>()];
        IReadOnlyList<NoteSignature> good;
        try
        {
            good = known.Note.Verify(verifiers);
        }
        catch (NotVerifiedException fault)
        {
            bool stranger = known.Published.All(key => key.Name != origin) && known.Note.Signatures.Any(line => line.Name == origin);
            notes.Find(stranger ? LogLayout.Keys : LogLayout.Checkpoint, fault.Message);
            return false;
        }

        if (known.Published.FirstOrDefault(key => key.Name != origin) is { } other)
        {
            notes.Find(LogLayout.Keys, $"has a key of '{other.Name}'; the log is '{origin}'.");
            return false;
        }

        foreach (VerifierKey key in request.Keys.Where(key => key.Name == origin).Concat(known.Published.DistinctBy(key => key.Type)))
        {
            bool signed = known.Note.Signatures.Any(line => line.Name == key.Name && line.KeyId == key.KeyId);
            if (!signed)
            {
                notes.Find(LogLayout.Checkpoint, $"is not signed by the log's key {key.KeyId}.");
                return false;
            }
        }

        string[] unread = [.. all.Where(key => verifiers.All(one => one.KeyId != key.KeyId)).Select(key => $"{key.KeyId} ({key.Type})")];
        if (unread.Length > 0)
        {
            notes.LeaveOpen($"Signatures of {string.Join(", ", unread)} were not checked: this program cannot verify that type.");
        }

        if (known.Note.Signatures.FirstOrDefault(line => line.Name == origin && all.All(key => key.KeyId != line.KeyId)) is { } unknown)
        {
            notes.Find(LogLayout.Keys, $"lacks the key {unknown.KeyId}, which signed the checkpoint in the log's name.");
            return false;
        }

        bool signedByLog = good.Any(line => line.Name == origin);
        if (!signedByLog)
        {
            notes.Find(LogLayout.Checkpoint, $"no signature of '{origin}' itself could be verified.");
        }

        int others = known.Note.Signatures.Count - good.Count - unread.Length;
        if (others > 0)
        {
            notes.LeaveOpen($"{others} signatures of the checkpoint are of keys that were not given (--key): witnesses, perhaps.");
        }

        return signedByLog;
    }

    // The keys that are believed: those given, else those of the first time, else those of the site itself.
    private bool IsOfTheKeys(KnownCheckpoint known)
    {
        Checkpoint checkpoint = known.Checkpoint;
        HashSet<string> published = [.. known.Published.Select(key => key.ToString())];
        string head = $"The checkpoint of '{checkpoint.Origin}' over {checkpoint.Head.Size} leaves is signed by";
        VerifierKey[] given = [.. request.Keys.Where(key => key.Name == checkpoint.Origin).DistinctBy(key => key.ToString(), StringComparer.Ordinal)];
        if (request.Keys.Count > 0)
        {
            if (given.Length == 0)
            {
                notes.Find(LogLayout.Checkpoint, $"is of the log '{checkpoint.Origin}'; the given keys are of {Quoted(request.Keys.Select(key => key.Name))}.");
                return false;
            }

            if (Array.Find(given, key => !published.Contains(key.ToString())) is { } lacking)
            {
                notes.Find(LogLayout.Keys, $"lacks the given key {lacking.KeyId}.");
                return false;
            }

            notes.Prove($"{head} the {given.Length} given keys of the log.");
            return true;
        }

        if (known.Seen is not { } seen)
        {
            notes.Prove($"{head} the {published.Count} keys in {LogLayout.Keys}.");
            notes.LeaveOpen($"The keys came from the site itself: get them from the operator by another way and give them with --key.");
            return true;
        }

        if (seen.Origin != checkpoint.Origin)
        {
            notes.Find(LogLayout.Checkpoint, $"is of the log '{checkpoint.Origin}'; this site's log was '{seen.Origin}' before. Give --key if that is meant.");
            return false;
        }

        if (!published.SetEquals(seen.Keys))
        {
            notes.Find(LogLayout.Keys, "has other keys than when this log was first seen. Give --key if that is meant.");
            return false;
        }

        notes.Prove($"{head} the {published.Count} keys of the log that were there when it was first seen.");
        return true;
    }

    private async Task<IReadOnlyList<VerifierKey>?> ReadKeysAsync(CancellationToken cancellationToken)
    {
        byte[]? bytes = await source.ReadAsync(LogLayout.Keys, KeysSizeMax, cancellationToken);
        if (bytes is null)
        {
            notes.Find(LogLayout.Keys, "is missing.");
            return null;
        }

        string text = System.Text.Encoding.Latin1.GetString(bytes);
        string[] lines = text.EndsWith('\n') ? text[..^1].Split('\n') : [];
        if (lines.Length is 0 or > KeysMax || bytes.Length > KeysSizeMax)
        {
            notes.Find(LogLayout.Keys, $"is 1 to {KeysMax} verifier keys, one a line, each with a newline.");
            return null;
        }

        try
        {
            VerifierKey[] keys = [.. lines.Select(ParseUtf8)];
            return keys.DistinctBy(key => key.KeyId).Count() == keys.Length ? keys : throw new FormatException("A key is there twice.");
        }
        catch (FormatException fault)
        {
            notes.Find(LogLayout.Keys, fault.Message);
            return null;
        }
    }

    private static VerifierKey ParseUtf8(string line)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(line);
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? VerifierKey.Parse(System.Text.Encoding.UTF8.GetString(bytes))
            : throw new FormatException("A verifier key is UTF-8.");
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Distinct(StringComparer.Ordinal).Select(name => $"'{name}'"));
}

/// <summary>A checkpoint whose signatures are good, with what was known of its log before.</summary>
/// <param name="Published">The keys that the site publishes.</param>
/// <param name="SeenPath">Where the last checkpoint seen is kept; null where none is to be.</param>
/// <param name="Seen">What was kept there; null the first time.</param>
internal sealed record KnownCheckpoint(SignedNote Note, Checkpoint Checkpoint, IReadOnlyList<VerifierKey> Published, string? SeenPath, SeenFile? Seen);

using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks that a log signed a note with the keys that it should have, and nobody else in its name.</summary>
internal sealed class SignatureCheck(VerifyRequest request, VerifyNotes notes)
{
    /// <summary>
    /// True where every key of the log that is given signed, and of the published ones the first of each type; those after it may have
    /// retired. What is wrong is noted.
    /// </summary>
    /// <param name="path">The file that has the note.</param>
    /// <param name="published">The keys that the site publishes for this log, in the file <paramref name="keysPath"/>.</param>
    public bool IsSigned(SignedNote note, string path, string origin, IReadOnlyList<VerifierKey> published, string keysPath)
    {
        VerifierKey[] all = [.. request.Keys.Concat(published).DistinctBy(key => key.ToString(), StringComparer.Ordinal)];
        INoteVerifier[] verifiers = [.. all.Select(request.VerifierOf).OfType<INoteVerifier>()];
        IReadOnlyList<NoteSignature> good;
        try
        {
            good = note.Verify(verifiers);
        }
        catch (NotVerifiedException fault)
        {
            bool stranger = published.All(key => key.Name != origin) && note.Signatures.Any(line => line.Name == origin);
            notes.Find(stranger ? keysPath : path, fault.Message);
            return false;
        }

        if (published.FirstOrDefault(key => key.Name != origin) is { } other)
        {
            notes.Find(keysPath, $"has a key of '{other.Name}'; the log is '{origin}'.");
            return false;
        }

        foreach (VerifierKey key in request.Keys.Where(key => key.Name == origin).Concat(published.DistinctBy(key => key.Type)))
        {
            bool signed = note.Signatures.Any(line => line.Name == key.Name && line.KeyId == key.KeyId);
            if (!signed)
            {
                notes.Find(path, $"is not signed by the log's key {key.KeyId}.");
                return false;
            }
        }

        string what = path == LogLayout.Checkpoint ? "the checkpoint" : path;
        string[] unread = [.. all.Where(key => verifiers.All(one => one.KeyId != key.KeyId)).Select(key => $"{key.KeyId} ({key.Type})")];
        if (unread.Length > 0)
        {
            notes.LeaveOpen($"Signatures of {string.Join(", ", unread)} were not checked: this program cannot verify that type.");
        }

        if (note.Signatures.FirstOrDefault(line => line.Name == origin && all.All(key => key.KeyId != line.KeyId)) is { } unknown)
        {
            notes.Find(keysPath, $"lacks the key {unknown.KeyId}, which signed {what} in the log's name.");
            return false;
        }

        bool signedByLog = good.Any(line => line.Name == origin);
        if (!signedByLog)
        {
            notes.Find(path, $"no signature of '{origin}' itself could be verified.");
        }

        int others = note.Signatures.Count - good.Count - unread.Length;
        if (others > 0)
        {
            notes.LeaveOpen($"{others} signatures of {what} are of keys that were not given (--key): witnesses, perhaps.");
        }

        return signedByLog;
    }
}

using System.Globalization;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks <c>log/frozen</c>, where there is one: the log has ended, and no checkpoint of it goes further.</summary>
internal sealed class FrozenCheck(ISiteSource source, VerifyRequest request, VerifyNotes notes)
{
    public async Task CheckAsync(KnownCheckpoint known, CancellationToken cancellationToken)
    {
        if (await source.ReadAsync(LogLayout.Frozen, SignedNote.SizeMax, cancellationToken) is not { } bytes
            || Read(bytes, LogLayout.Frozen, known.Checkpoint, known.Published, LogLayout.Keys) is not var (_, frozen))
        {
            return;
        }

        string next = frozen.Successor is { } successor ? $"the log '{successor}' goes on: verify it by keys that its operator gives you" : "no log goes on";
        notes.Prove(string.Create(
            CultureInfo.InvariantCulture,
            $"The log has ended on {frozen.FrozenOn:yyyy-MM-dd} with {frozen.Head.Size} leaves ({FrozenLog.NameOf(frozen.Reason)}), and says so with its keys; {next}."));
        if (frozen.Reason == FreezeReason.KeyCompromised)
        {
            notes.LeaveOpen("The log's keys may be in other hands. Believe only checkpoints that you, or a witness, saw before that day.");
        }
    }

    /// <summary>That a log ended with its last checkpoint, signed by its keys; null where it does not say that, which is noted.</summary>
    public (SignedNote Note, FrozenLog Log)? Read(byte[] bytes, string path, Checkpoint last, IReadOnlyList<VerifierKey> published, string keysPath)
    {
        SignedNote note;
        FrozenLog frozen;
        try
        {
            note = SignedNote.Parse(bytes);
            frozen = FrozenLog.Parse(note.Text);
        }
        catch (FormatException fault)
        {
            notes.Find(path, fault.Message);
            return null;
        }

        if (!new SignatureCheck(request, notes).IsSigned(note, path, last.Origin, published, keysPath))
        {
            return null;
        }

        if (frozen.Origin != last.Origin)
        {
            notes.Find(path, $"is of the log '{frozen.Origin}'; this one is '{last.Origin}'.");
            return null;
        }

        if (frozen.Head != last.Head)
        {
            notes.Find(path, $"says that the log ended with {frozen.Head.Size} leaves and the root {frozen.Head.Root}; the checkpoint has {last.Head.Size} with {last.Head.Root}.");
            return null;
        }

        return (note, frozen);
    }
}

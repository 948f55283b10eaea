using System.Globalization;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks <c>log/frozen</c>, where there is one: the log has ended, and no checkpoint of it goes further.</summary>
internal sealed class FrozenCheck(ISiteSource source, VerifyRequest request, VerifyNotes notes)
{
    public async Task CheckAsync(KnownCheckpoint known, CancellationToken cancellationToken)
    {
        if (await source.ReadAsync(LogLayout.Frozen, SignedNote.SizeMax, cancellationToken) is not { } bytes)
        {
            return;
        }

        FrozenLog frozen;
        try
        {
            SignedNote note = SignedNote.Parse(bytes);
            note.Verify([.. known.Published.Where(key => key.Name == known.Checkpoint.Origin).Select(request.VerifierOf).OfType<INoteVerifier>()]);
            frozen = FrozenLog.Parse(note.Text);
        }
        catch (Exception fault) when (fault is FormatException or NotVerifiedException)
        {
            notes.Find(LogLayout.Frozen, fault.Message);
            return;
        }

        TreeHead head = known.Checkpoint.Head;
        if (frozen.Origin != known.Checkpoint.Origin)
        {
            notes.Find(LogLayout.Frozen, $"is of the log '{frozen.Origin}'; this one is '{known.Checkpoint.Origin}'.");
        }
        else if (frozen.Head != head)
        {
            notes.Find(LogLayout.Frozen, $"says that the log ended with {frozen.Head.Size} leaves and the root {frozen.Head.Root}; the checkpoint has {head.Size} with {head.Root}.");
        }
        else
        {
            string next = frozen.Successor is { } successor ? $"the log '{successor}' goes on: verify it by keys that its operator gives you" : "no log goes on";
            notes.Prove(string.Create(
                CultureInfo.InvariantCulture,
                $"The log has ended on {frozen.FrozenOn:yyyy-MM-dd} with {head.Size} leaves ({FrozenLog.NameOf(frozen.Reason)}), and says so with its keys; {next}."));
            if (frozen.Reason == FreezeReason.KeyCompromised)
            {
                notes.LeaveOpen("The log's keys may be in other hands. Believe only checkpoints that you, or a witness, saw before that day.");
            }
        }
    }
}

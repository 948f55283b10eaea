using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks that the log grew out of the one that was seen last: nothing was taken away, changed, or told otherwise to others.</summary>
/// <remarks>What was seen last may be a log that has ended since: this one must begin with it, and it must not have ended before what was seen.</remarks>
internal sealed class SeenCheck(ISiteSource source, KnownCheckpoint known, VerifyNotes notes)
{
    private TreeHead Now => known.Checkpoint.Head;

    private bool IsKnown => known.Seen is { } seen && (seen.Origin == known.Checkpoint.Origin || known.SeenBefore is not null);

    /// <summary>Alarms where the heads alone show that both cannot be true. It needs no tiles.</summary>
    public bool CheckHeads()
    {
        if (!IsKnown)
        {
            return true; // Another log, which whoever gave its key means.
        }

        TreeHead before = known.Seen!.Checkpoint.Head;
        (TreeHead last, string verb) = known.SeenBefore is { } ended ? (ended.End.Head, "ended with") : (Now, "has");
        if (last.Size < before.Size)
        {
            Alarm($"ROLLBACK: the log had {before.Size} leaves when it was last seen, and {verb} {last.Size}{(known.SeenBefore is null ? " now" : "")}.");
            return false;
        }

        if (last.Size == before.Size && last.Root != before.Root)
        {
            Alarm($"SPLIT VIEW: the log signed two different trees of {last.Size} leaves.");
            return false;
        }

        return true;
    }

    /// <summary>Proves from the tiles, which were found right, that the log begins with the one seen last.</summary>
    public async Task CheckGrowthAsync(CancellationToken cancellationToken)
    {
        if (!IsKnown)
        {
            notes.LeaveOpen("This log was not seen before, so that nothing is known of its past: check again later, from another place too.");
            return;
        }

        TreeHead before = known.Seen!.Checkpoint.Head;
        try
        {
            await GrowthProof.VerifyAsync(source, before, Now, cancellationToken);
            notes.Prove($"The log begins with the {before.Size} leaves that were seen last: none of them was changed or taken away.");
        }
        catch (NotVerifiedException)
        {
            Alarm($"SPLIT VIEW: the log of {Now.Size} leaves does not begin with the {before.Size} leaves that were seen last.");
        }
    }

    /// <summary>Remembers the checkpoint for the next time. Called where all was well.</summary>
    public void Remember()
    {
        if (known.SeenPath is { } path)
        {
            SeenFile.Write(path, known.Published.Select(key => key.ToString()), known.Note);
        }
    }

    private void Alarm(string message)
    {
        SignedNote now = known.SeenBefore?.Note ?? known.Note;
        string file = SeenFile.KeepEvidence(known.SeenFrom!, known.Seen!.Note, now);
        notes.Find(known.SeenBefore?.FrozenPath ?? LogLayout.Checkpoint, $"{message} Both signed notes are kept in {file}.");
    }
}

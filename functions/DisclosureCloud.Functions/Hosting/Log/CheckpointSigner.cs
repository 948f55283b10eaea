using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Signs this log's checkpoints, and knows them again.</summary>
/// <param name="origin">Which log: the same for ever.</param>
/// <param name="signers">The keys that sign, in the order of their lines.</param>
/// <param name="verifiers">The keys that are believed: those, and the ones that signed before them.</param>
internal sealed class CheckpointSigner(string origin, IReadOnlyList<INoteSigner> signers, IReadOnlyCollection<INoteVerifier> verifiers)
{
    public string Origin => origin;

    /// <summary>Signs the checkpoint of a tree. It is nobody's checkpoint until the lock row has it.</summary>
    public SignedCheckpoint Sign(TreeHead head)
    {
        var checkpoint = new Checkpoint(origin, head);
        return new SignedCheckpoint(SignedNote.Sign(checkpoint.Text, signers), checkpoint);
    }

    /// <summary>Signs that the log has ended. It has not until the lock row says so.</summary>
    public SignedFrozenLog Freeze(FrozenLog log) => new(SignedNote.Sign(log.Text, signers), log);

    /// <summary>That the log has ended with a tree, as the lock row has it.</summary>
    /// <exception cref="LogRefusedException">It says something else, or none of the log's keys signed it. The log is not appended to either way.</exception>
    public SignedFrozenLog OpenFrozen(ReadOnlySpan<byte> note, TreeHead head)
    {
        try
        {
            var signed = SignedNote.Parse(note);
            signed.Verify(verifiers);
            var log = FrozenLog.Parse(signed.Text);
            return log.Origin == origin && log.Head == head
                ? new SignedFrozenLog(signed, log)
                : throw new LogRefusedException($"The log refuses to start: its lock row says that '{log.Origin}' ended with {log.Head.Size} leaves; its checkpoint is of '{origin}' with {head.Size}.");
        }
        catch (Exception fault) when (fault is FormatException or NotVerifiedException)
        {
            throw new LogRefusedException($"The log refuses to start: its lock row says that it ended, and not with its keys. {fault.Message}", fault);
        }
    }

    /// <param name="where">What is read, for the message.</param>
    /// <exception cref="LogRefusedException">It is no checkpoint, or of another log, or none of its keys signed it.</exception>
    public SignedCheckpoint Open(ReadOnlySpan<byte> note, string where)
    {
        try
        {
            var signed = SignedNote.Parse(note);
            var checkpoint = Checkpoint.Parse(signed.Text);
            if (checkpoint.Origin != origin)
            {
                // Said first: the keys of another log cannot have signed for this one, and that is not what its operator has to know.
                throw new LogRefusedException(
                    $"The log refuses to start: {where} has a checkpoint of '{checkpoint.Origin}'; this log is '{origin}', and an origin never changes. A log that follows another has a place of its own ({LogHome.Setting}).");
            }

            signed.Verify(verifiers);
            return new SignedCheckpoint(signed, checkpoint);
        }
        catch (Exception fault) when (fault is FormatException or NotVerifiedException)
        {
            throw new LogRefusedException($"The log refuses to start: {where} has no checkpoint that its keys signed. {fault.Message}", fault);
        }
    }

    /// <summary>That this log has ended, as it lies in a place that others may write to; null where it does not say so with its keys.</summary>
    public SignedFrozenLog? TryOpenFrozen(ReadOnlySpan<byte> note)
    {
        try
        {
            return OpenFrozen(note, FrozenLog.Parse(SignedNote.Parse(note).Text).Head);
        }
        catch (Exception fault) when (fault is FormatException or LogRefusedException)
        {
            return null;
        }
    }

    /// <summary>What lies in a place that others may write to; null where it is no checkpoint of this log.</summary>
    public SignedCheckpoint? TryOpen(ReadOnlySpan<byte> note)
    {
        try
        {
            return Open(note, "it");
        }
        catch (LogRefusedException)
        {
            return null;
        }
    }
}

/// <summary>A checkpoint with its signatures.</summary>
internal sealed record SignedCheckpoint(SignedNote Note, Checkpoint Checkpoint)
{
    public TreeHead Head => Checkpoint.Head;
}

using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>The log's lock row: its newest signed checkpoint, whole. Who replaces it has appended to the log; nobody else has.</summary>
/// <remarks>It lies in a store of its own, so that a ledger that is restored from a copy does not take the log back with it.</remarks>
internal sealed class CheckpointCell(ICellStore cells, CheckpointSigner signer, CellKey key)
{
    /// <summary>The tree size of the newest checkpoint, for whoever has no keys and believes the row; null where there is none that can be read.</summary>
    public static async Task<long?> SizeAsync(ICellStore cells, CellKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await cells.GetAsync(key, cancellationToken) is { } cell ? Checkpoint.Parse(SignedNote.Parse(LogFreezing.Split(cell.Value).Checkpoint.Span).Text).Head.Size : null;
        }
        catch (FormatException)
        {
            return null; // The sequencer says what is wrong with it.
        }
    }

    /// <summary>The newest checkpoint; null where nothing was ever logged.</summary>
    /// <exception cref="LogRefusedException">What is there is no checkpoint of this log, or not signed with its keys.</exception>
    public async Task<LockedCheckpoint?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await cells.GetAsync(key, cancellationToken) is not { } cell)
        {
            return null;
        }

        (ReadOnlyMemory<byte> checkpoint, ReadOnlyMemory<byte>? frozen) = LogFreezing.Split(cell.Value);
        SignedCheckpoint signed = signer.Open(checkpoint.Span, "the lock row");
        return new LockedCheckpoint(signed, cell.Tag) { Frozen = frozen is { } note ? signer.OpenFrozen(note.Span, signed.Head) : null };
    }

    /// <summary>Puts a checkpoint in place of the one that was read; null where another was faster, and then nothing has changed.</summary>
    public async Task<LockedCheckpoint?> ReplaceAsync(LockedCheckpoint? last, SignedCheckpoint next, CancellationToken cancellationToken)
    {
        byte[] bytes = next.Note.ToBytes();
        CellTag? tag = last is null
            ? await cells.CreateAsync(key, bytes, cancellationToken)
            : await cells.ReplaceAsync(key, bytes, last.Tag, cancellationToken);
        return tag is { } written ? new LockedCheckpoint(next, written) : null;
    }

    /// <summary>The row for whoever ends a log that is not as it must be: with what is wrong with it, instead of a refusal.</summary>
    public async Task<RowAsFound> LookAsync(CancellationToken cancellationToken)
    {
        CellTag? tag = (await cells.GetAsync(key, cancellationToken))?.Tag;
        try
        {
            LockedCheckpoint? locked = await ReadAsync(cancellationToken);
            return new RowAsFound(locked?.Tag, locked, locked is null ? "There is no lock row." : null);
        }
        catch (LogRefusedException refused)
        {
            return new RowAsFound(tag, null, refused.Message);
        }
    }

    /// <summary>Ends the log with a checkpoint that it signed before, whatever the row has; false where another has written it since.</summary>
    public async Task<bool> EndAsync(RowAsFound found, SignedNote checkpoint, SignedFrozenLog frozen, CancellationToken cancellationToken)
    {
        byte[] bytes = LogFreezing.Join(checkpoint, frozen.Note);
        return (found.Tag is { } tag ? await cells.ReplaceAsync(key, bytes, tag, cancellationToken) : await cells.CreateAsync(key, bytes, cancellationToken)) is not null;
    }

    /// <summary>Ends the log with the checkpoint that was read; false where another has appended, and then nothing has changed.</summary>
    public async Task<bool> FreezeAsync(LockedCheckpoint last, SignedFrozenLog frozen, CancellationToken cancellationToken) =>
        await cells.ReplaceAsync(key, LogFreezing.Join(last.Signed.Note, frozen.Note), last.Tag, cancellationToken) is not null;
}

/// <summary>The lock row, right or wrong.</summary>
/// <param name="Tag">Null where there is none.</param>
/// <param name="Locked">What it says; null where that is nothing to believe.</param>
/// <param name="Fault">What is wrong with it; null where nothing is.</param>
internal sealed record RowAsFound(CellTag? Tag, LockedCheckpoint? Locked, string? Fault);

/// <summary>A checkpoint as the lock row has it.</summary>
internal sealed record LockedCheckpoint(SignedCheckpoint Signed, CellTag Tag)
{
    public TreeHead Head => Signed.Head;

    /// <summary>That the log has ended with it; null where it goes on.</summary>
    public SignedFrozenLog? Frozen { get; init; }
}

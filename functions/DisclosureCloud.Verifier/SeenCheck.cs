using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks that the log grew out of the one that was seen last: nothing was taken away, changed, or told otherwise to others.</summary>
internal sealed class SeenCheck(ISiteSource source, KnownCheckpoint known, VerifyNotes notes)
{
    private TreeHead Now => known.Checkpoint.Head;

    /// <summary>Alarms where the heads alone show that both cannot be true. It needs no tiles.</summary>
    public bool CheckHeads()
    {
        if (known.Seen is not { } seen || seen.Origin != known.Checkpoint.Origin)
        {
            return true; // Another log, which whoever gave its key means.
        }

        TreeHead before = seen.Checkpoint.Head;
        if (Now.Size < before.Size)
        {
            Alarm($"ROLLBACK: the log had {before.Size} leaves when it was last seen, and has {Now.Size} now.");
            return false;
        }

        if (Now.Size == before.Size && Now.Root != before.Root)
        {
            Alarm($"SPLIT VIEW: the log signed two different trees of {Now.Size} leaves.");
            return false;
        }

        return true;
    }

    /// <summary>Proves from the tiles, which were found right, that the log begins with the one seen last.</summary>
    public async Task CheckGrowthAsync(CancellationToken cancellationToken)
    {
        if (known.Seen is not { } seen || seen.Origin != known.Checkpoint.Origin)
        {
            notes.LeaveOpen("This log was not seen before, so that nothing is known of its past: check again later, from another place too.");
            return;
        }

        TreeHead before = seen.Checkpoint.Head;
        var tiles = new Dictionary<TileCoordinate, byte[]>();
        foreach (TileCoordinate tile in TiledTree.TilesForConsistencyProof(before.Size, Now.Size))
        {
            byte[]? bytes = await source.ReadAsync(LogLayout.PathOf(tile), tile.SizeBytes, cancellationToken);
            tiles[tile] = bytes ?? throw new SourceException($"{LogLayout.PathOf(tile)} was there and is gone: the site changes while it is checked. Check again.");
        }

        try
        {
            new TiledTree(Now.Size, tile => tiles[tile]).ConsistencyProof(before.Size).Verify(before, Now);
            notes.Prove($"The log begins with the {before.Size} leaves that were seen last: none of them was changed or taken away.");
        }
        catch (NotVerifiedException)
        {
            Alarm($"SPLIT VIEW: the log of {Now.Size} leaves does not begin with the {before.Size} leaves that were seen last.");
        }
        catch (FormatException fault)
        {
            throw new SourceException("A tile that was right a moment ago is not any more: the site changes while it is checked. Check again.", fault);
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
        string file = SeenFile.KeepEvidence(known.SeenPath!, known.Seen!.Note, known.Note);
        notes.Find(LogLayout.Checkpoint, $"{message} Both signed notes are kept in {file}.");
    }
}

using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Keeps the log: opens it, finds it whole, and appends to it so that it is one history whatever breaks.</summary>
/// <remarks>
/// <para>An append stages the new leaves, replaces the checkpoint in the lock row by compare-and-swap, and then writes bundles and tiles.
/// Whatever dies in between, whoever opens the log next finds the checkpoint, and what is staged under its name, and writes the same
/// bundles and tiles. Two who append at once stage to different names; the lock row lets one of them through, and the other reads on.</para>
/// <para>What was staged and lost is taken away once the log is larger: until then its writer might still win.</para>
/// </remarks>
internal sealed class LogKeeper(LogFiles files, CheckpointCell cell, CheckpointSigner signer, Succession succession)
{
    /// <summary>
    /// How often what is missing may be the other sequencer's work, which is about to be there: each time it has gone on meanwhile, several times a
    /// second where it has much to do, and to give up is an alarm.
    /// </summary>
    private const int OpensMax = 50;

    private KnownLog _known = new();
    private LockedCheckpoint? _locked;
    private TreeHead? _published;

    /// <summary>What this process has read and found whole.</summary>
    public KnownLog Known => _known;

    /// <summary>The newest checkpoint as of the last opening or appending; null while nothing was logged.</summary>
    public SignedCheckpoint? Newest => _locked?.Signed;

    /// <summary>True while the site shows the log before this one, which has ended, and not this one yet.</summary>
    public Task<bool> IsPredecessorShownAsync(CancellationToken cancellationToken) => succession.IsStillShownAsync(cancellationToken);

    /// <summary>Believes nothing any more that was read before: the next opening reads all of it.</summary>
    public void Forget() => (_known, _locked) = (new KnownLog(), null);

    /// <summary>Reads on to the newest checkpoint, finishes what another left half done, and holds all of it against the checkpoint.</summary>
    /// <param name="published">The checkpoint that the public has; null where there is none.</param>
    /// <exception cref="LogRefusedException">The log is not what it must be; the message says what was found.</exception>
    public async Task OpenAsync(SignedCheckpoint? published, CancellationToken cancellationToken)
    {
        await succession.BeginAsync(cancellationToken);
        for (int attempt = 1; ; attempt++)
        {
            LockedCheckpoint? locked = await cell.ReadAsync(cancellationToken);
            if (locked?.Frozen is { } end)
            {
                throw new LogRefusedException($"{LogFreezing.Sentence(end.Log)} Nothing is appended to it or published from it any more.");
            }

            if (locked is not null && locked.Tag == _locked?.Tag && locked.Head == Known.Head && published?.Head == _published)
            {
                return; // Nothing has happened since.
            }

            try
            {
                await ReadOnAsync(locked, published, cancellationToken);
                (_locked, _published) = (locked, published?.Head);
                return;
            }
            catch (Exception fault) when (fault is MissingFromLogException or FormatException or LogRefusedException)
            {
                // Another may have appended, and taken away what is wider now: then what is there now is read.
                if (attempt == OpensMax || (await cell.ReadAsync(cancellationToken))?.Tag == locked?.Tag)
                {
                    _known = new KnownLog(); // What was read last may be what is wrong.
                    throw fault as LogRefusedException ?? new LogRefusedException($"The log refuses to start: {fault.Message}", fault);
                }
            }
        }
    }

    /// <summary>Appends leaves that are not in the log. Open it first.</summary>
    /// <returns>False where another was faster: then nothing was appended, and the log is to be opened again.</returns>
    public async Task<bool> TryAppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> leaves, CancellationToken cancellationToken)
    {
        TreeGrowth growth = _known.Plan(leaves);
        string staged = StagedLeaves.PathOf(growth.Edge.Head);
        byte[] bytes = new StagedLeaves(_known.Size, leaves).ToBytes();
        if (await files.Edge.PutAsync(staged, bytes, cancellationToken) == PutOutcome.Conflict)
        {
            throw new LogRefusedException($"{staged} holds other leaves than its name says.");
        }

        // Signed before it is stored: what the lock row has is whole. A signature that loses here never leaves this process.
        LockedCheckpoint? won = await cell.ReplaceAsync(_locked, signer.Sign(growth.Edge.Head), cancellationToken);
        if (won is null)
        {
            return false;
        }

        _locked = won;
        await ApplyAsync(growth, leaves, staged, cancellationToken);
        return true;
    }

    private async Task ReadOnAsync(LockedCheckpoint? locked, SignedCheckpoint? published, CancellationToken cancellationToken)
    {
        TreeHead head = locked?.Head ?? TreeHead.Empty;
        if (locked is null)
        {
            await RefuseTilesWithoutRowAsync(cancellationToken);
        }

        RefuseShrunk(head, _known.Head, "what this process has read of it");
        RefuseShrunk(head, published?.Head, "the public checkpoint");
        await FinishAsync(head, cancellationToken);
        await ReadLeavesAsync(head.Size, cancellationToken);
        RefuseOther(_known.Head, head, "what its entry bundles hold");
        TreeEdge.Read(head, await files.FetchAsync(TiledTree.TilesForHead(head.Size), cancellationToken));
        if (published is not null)
        {
            await RefuseForkAsync(published.Head, head, cancellationToken);
        }
    }

    // Whoever appended last died before all of it was written.
    private async Task FinishAsync(TreeHead head, CancellationToken cancellationToken)
    {
        string path = StagedLeaves.PathOf(head);
        if (head.Size == _known.Size || await files.Edge.ReadAsync(path, cancellationToken) is not { } bytes)
        {
            return;
        }

        var staged = StagedLeaves.Parse(bytes);
        if (staged.OldSize < _known.Size)
        {
            _known = new KnownLog();
        }

        await ReadLeavesAsync(staged.OldSize, cancellationToken);
        TreeGrowth growth = _known.Plan(staged.Leaves);
        RefuseOther(growth.Edge.Head, head, $"what is staged as {path}");
        await ApplyAsync(growth, staged.Leaves, path, cancellationToken);
    }

    private async Task ReadLeavesAsync(long size, CancellationToken cancellationToken)
    {
        var read = new List<ReadOnlyMemory<byte>>();
        await foreach ((long index, ReadOnlyMemory<byte> bytes) in files.LeavesAsync(_known.Size, size, size, cancellationToken))
        {
            read.Add(bytes);
            if ((index + 1) % TileCoordinate.WidthMax == 0)
            {
                await AddAsync(read, cancellationToken);
                read.Clear();
            }
        }

        await AddAsync(read, cancellationToken);
    }

    // A full tile is what the public verifies with, and nobody writes it again: it is looked at with its leaves.
    private async Task AddAsync(IReadOnlyList<ReadOnlyMemory<byte>> leaves, CancellationToken cancellationToken)
    {
        foreach (Tile tile in _known.Add(leaves).Where(tile => tile.Coordinate.IsFull))
        {
            if (!(await files.ReadAsync(tile.Coordinate, cancellationToken)).AsSpan().SequenceEqual(tile.Bytes.Span))
            {
                throw new FormatException($"{tile.Coordinate} has not the hashes of its leaves.");
            }
        }
    }

    private async Task RefuseForkAsync(TreeHead published, TreeHead head, CancellationToken cancellationToken)
    {
        TileReader tiles = await files.FetchAsync(TiledTree.TilesForConsistencyProof(published.Size, head.Size), cancellationToken);
        try
        {
            new TiledTree(head.Size, tiles).ConsistencyProof(published.Size).Verify(published, head);
        }
        catch (NotVerifiedException fault)
        {
            throw new LogRefusedException(
                $"The log refuses to start: the public checkpoint of {published.Size} leaves with the root {published.Root} is not of this log. {fault.Message}", fault);
        }
    }

    // Bundles before tiles before what is staged: as long as something is missing, what is staged is there to write it from.
    private async Task ApplyAsync(TreeGrowth growth, IReadOnlyList<ReadOnlyMemory<byte>> leaves, string staged, CancellationToken cancellationToken)
    {
        foreach ((EntryBundleCoordinate bundle, byte[] bytes) in _known.Bundles(leaves))
        {
            await files.PutAsync(bundle, bytes, cancellationToken);
        }

        foreach (Tile tile in growth.Tiles)
        {
            await files.PutAsync(tile, cancellationToken);
        }

        long oldSize = _known.Size;
        _known.Add(leaves);
        await files.Edge.DeleteAsync(staged, cancellationToken);
        await RemoveOldAsync(oldSize, _known.Size, cancellationToken);
    }

    // What is wider now, and what was staged for a tree that can no longer come to be.
    private async Task RemoveOldAsync(long oldSize, long size, CancellationToken cancellationToken)
    {
        foreach (string path in EdgeOf(oldSize).Except(EdgeOf(size), StringComparer.Ordinal))
        {
            await files.Edge.DeleteAsync(path, cancellationToken);
        }

        await foreach (string path in files.Edge.ListAsync(StagedLeaves.Folder, cancellationToken))
        {
            if (StagedLeaves.SizeOf(path) <= size)
            {
                await files.Edge.DeleteAsync(path, cancellationToken);
            }
        }
    }

    private static IEnumerable<string> EdgeOf(long size) => Tiling.PartialTiles(size).SelectMany(
        tile => tile.Level == 0 ? new[] { tile.Path, new EntryBundleCoordinate(tile.Index, tile.Width).Path } : [tile.Path]);

    // Without its row nobody knows how far the log had come: to begin anew would be another log under the same name.
    private async Task RefuseTilesWithoutRowAsync(CancellationToken cancellationToken)
    {
        foreach (IArchiveFiles store in new[] { files.Full, files.Edge })
        {
            await foreach (string path in store.ListAsync(LogFiles.TileFolder, cancellationToken))
            {
                throw new LogRefusedException($"The log refuses to start: its lock row is gone, and {path} is there. Restore the row from the newest checkpoint that anybody has.");
            }
        }
    }

    private static void RefuseShrunk(TreeHead locked, TreeHead? other, string where)
    {
        if (other is not null && other.Size > locked.Size)
        {
            throw new LogRefusedException($"The log refuses to start: the lock row has {locked.Size} leaves, {where} has {other.Size}. The lock row was set back.");
        }
    }

    private static void RefuseOther(TreeHead found, TreeHead wanted, string where)
    {
        if (found != wanted)
        {
            throw new LogRefusedException(
                $"The log refuses to start: {where} has {found.Size} leaves with the root {found.Root}; the checkpoint has {wanted.Size} with {wanted.Root}.");
        }
    }
}

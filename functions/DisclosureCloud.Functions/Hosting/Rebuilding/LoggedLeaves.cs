using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>Reads the log up to its lock row and holds it against the row's root. Unlike the sequencer it finishes nothing: it writes nothing.</summary>
internal sealed class LoggedLeaves(LogFiles files, CheckpointCell row, CheckpointSigner signer, Succession succession, ISiteFiles site)
{
    /// <summary>Every leaf of the log by its place; empty where nothing was ever logged.</summary>
    /// <exception cref="LogRefusedException">The row is no checkpoint of this log, is behind the public one, or its leaves have another root.</exception>
    public async Task<KnownLog> ReadAsync(CancellationToken cancellationToken)
    {
        LockedCheckpoint? locked = await row.ReadAsync(cancellationToken);
        if (locked is null && succession.Predecessor is { } before)
        {
            throw new LogRefusedException($"The log '{signer.Origin}' has not begun: the leaves of '{before.Origin}' are not its own yet. 'disclosurecloud publish' takes them over, and then says whether the ledger lacks any.");
        }

        TreeHead head = locked?.Head ?? TreeHead.Empty;
        await RefuseWithoutRowAsync(head, cancellationToken);
        await RefuseBehindAsync(head, cancellationToken);
        try
        {
            KnownLog known = await ReadAsync(head, cancellationToken);
            return known.Head == head
                ? known
                : throw new LogRefusedException($"The log's entry bundles have {known.Size} leaves with the root {known.Head.Root}; its checkpoint has {head.Size} with {head.Root}.");
        }
        catch (Exception fault) when (fault is MissingFromLogException or FormatException)
        {
            throw new LogRefusedException($"The log cannot be read up to its checkpoint of {head.Size} leaves. {fault.Message}", fault);
        }
    }

    // Whoever appended last may have died before the bundles were written: then the leaves are staged under the checkpoint's name.
    private async Task<KnownLog> ReadAsync(TreeHead head, CancellationToken cancellationToken)
    {
        var known = new KnownLog();
        StagedLeaves? staged = await files.Edge.ReadAsync(StagedLeaves.PathOf(head), cancellationToken) is { } bytes ? StagedLeaves.Parse(bytes) : null;
        long size = staged?.OldSize ?? head.Size;
        var bundle = new List<ReadOnlyMemory<byte>>();
        await foreach ((long index, ReadOnlyMemory<byte> leaf) in files.LeavesAsync(0, size, size, cancellationToken))
        {
            bundle.Add(leaf);
            if ((index + 1) % TileCoordinate.WidthMax == 0 || index + 1 == size)
            {
                known.Add(bundle);
                bundle.Clear();
            }
        }

        known.Add(staged?.Leaves ?? []);
        return known;
    }

    private async Task RefuseWithoutRowAsync(TreeHead head, CancellationToken cancellationToken)
    {
        foreach (IArchiveFiles store in head.Size == 0 ? [files.Full, files.Edge] : Array.Empty<IArchiveFiles>())
        {
            await foreach (string path in store.ListAsync(LogFiles.TileFolder, cancellationToken))
            {
                throw new LogRefusedException($"The log's lock row is gone, and {path} is there. Restore the row from the newest checkpoint that anybody has.");
            }
        }
    }

    private async Task RefuseBehindAsync(TreeHead head, CancellationToken cancellationToken)
    {
        if (await site.ReadAsync(Sequencer.PublicPath, cancellationToken) is { } bytes && signer.TryOpen(bytes) is { } shown && shown.Head.Size > head.Size)
        {
            throw new LogRefusedException($"The lock row has {head.Size} leaves, the public checkpoint has {shown.Head.Size}. The lock row was set back.");
        }
    }
}

using System.Globalization;
using System.Text;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Witnessing;

/// <summary>Looks at what a log publishes, and has the witness cosign it: the proof is made from the log's own tiles.</summary>
internal sealed class LogWatch(LogSource source, Witness witness)
{
    private const int KeysSizeMax = 64 * 1024;

    /// <summary>The keys that the log itself publishes: to be believed at first sight alone, and then remembered.</summary>
    /// <exception cref="InvalidDataException">They are not of the form that a log's keys are.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static async Task<WitnessedLog> ReadKeysAsync(LogSource source, CancellationToken cancellationToken)
    {
        byte[] keys = await source.ReadAsync($"{PublishedLog.Folder}vkey", KeysSizeMax, cancellationToken);
        return WitnessedLog.Of(Encoding.UTF8.GetString(keys).TrimEnd('\n').Split('\n'), $"{PublishedLog.Folder}vkey");
    }

    /// <summary>Looks once.</summary>
    /// <exception cref="IOException">The log's files cannot be read.</exception>
    /// <exception cref="InvalidDataException">They are not what a log publishes, or not signed by it: nothing that could be held against it.</exception>
    public async Task<Sight> LookAsync(CancellationToken cancellationToken)
    {
        // First what is known, then what is published: a checkpoint that a log pushes in between is no rollback.
        SignedNote? known = witness.Newest;
        ShownLog shown = await ShownLog.FindAsync(source, witness.Log, cancellationToken);
        (SignedNote note, TreeHead head) = Read(shown.Checkpoint);
        Sight sight = await LookAsync(known, note, head, cancellationToken);
        return sight.IsWell && await shown.EndAsync(cancellationToken) is var (end, log) ? Ended(sight, note, head, end, log) : sight;
    }

    // The last look at a log: nothing is to come of it, and what goes on is another log, whose witness is another too.
    private Sight Ended(Sight sight, SignedNote note, TreeHead head, SignedNote end, FrozenLog log)
    {
        if (log.Head != head)
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"{log.Origin} signed that it ended with {log.Head.Size} leaves, root {log.Head.Root.ToBase64()}, and shows {head.Size}, root {head.Root.ToBase64()}.");
            witness.Accuse("beyond-end", what, end, note);
            return new Sight(false, $"beyond-end: {what}");
        }

        string next = log.Successor is { } successor ? $"{successor} goes on, which is another log: witness it with its own keys and another --state" : "no log goes on";
        return sight with { Line = string.Create(CultureInfo.InvariantCulture, $"{sight.Line}; it has ended on {log.FrozenOn:yyyy-MM-dd} ({FrozenLog.NameOf(log.Reason)}): {next}") };
    }

    private async Task<Sight> LookAsync(SignedNote? known, SignedNote note, TreeHead head, CancellationToken cancellationToken)
    {
        TreeHead older = Witness.HeadOf(known);
        if (known is not null && head.Size < older.Size)
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"{witness.Log.Origin} shows {head.Size} leaves, and had signed {older.Size}.");
            witness.Accuse("rollback", what, known, note);
            return new Sight(false, $"rollback: {what}");
        }

        if (known is not null && head == older)
        {
            return new Sight(true, string.Create(CultureInfo.InvariantCulture, $"{witness.Log.Origin} is unchanged at {head.Size} leaves"));
        }

        ConsistencyProof proof = await ProveAsync(older, head, cancellationToken);
        return Told(await witness.AddAsync(new AddCheckpointRequest(older.Size, proof, note), cancellationToken), known, note);
    }

    private Sight Told(WitnessReply reply, SignedNote? known, SignedNote note)
    {
        TreeHead head = Witness.HeadOf(note);
        switch (reply.Decision)
        {
            case WitnessDecision.Cosign:
                return new Sight(true, string.Create(CultureInfo.InvariantCulture, $"{witness.Log.Origin} cosigned at {head.Size} leaves, root {head.Root.ToBase64()}"));

            case WitnessDecision.OtherOldSize:
                return new Sight(true, string.Create(CultureInfo.InvariantCulture, $"{witness.Log.Origin} was cosigned at {reply.Size} leaves meanwhile"));

            // The tiles have the new root, and the older tree is not its beginning.
            case WitnessDecision.ProofFails or WitnessDecision.OtherRoot:
                string what = string.Create(CultureInfo.InvariantCulture, $"{witness.Log.Origin} signed a tree of {head.Size} leaves that does not begin with its tree of {Witness.HeadOf(known).Size}.");
                witness.Accuse("split-view", what, known!, note);
                return new Sight(false, $"split-view: {what}");

            default:
                throw new InvalidDataException($"The checkpoint of {witness.Log.Origin} was refused: {reply.Decision}.");
        }
    }

    private (SignedNote Note, TreeHead Head) Read(byte[] bytes)
    {
        try
        {
            var note = SignedNote.Parse(bytes);
            note.Verify(witness.Log.Verifiers);
            var checkpoint = Checkpoint.Parse(note.Text);
            return checkpoint.Origin == witness.Log.Origin
                ? (note, checkpoint.Head)
                : throw new InvalidDataException($"The checkpoint is of {checkpoint.Origin}; wanted {witness.Log.Origin}.");
        }
        catch (Exception fault) when (fault is FormatException or NotVerifiedException)
        {
            throw new InvalidDataException($"The checkpoint is not to be believed: {fault.Message}", fault);
        }
    }

    /// <summary>The proof from the log's tiles, after these were seen to be the checkpoint's.</summary>
    private async Task<ConsistencyProof> ProveAsync(TreeHead older, TreeHead head, CancellationToken cancellationToken)
    {
        if (head.Size == older.Size)
        {
            return new ConsistencyProof([]);
        }

        var tiles = new Dictionary<TileCoordinate, byte[]>();
        foreach (TileCoordinate tile in TiledTree.TilesForHead(head.Size).Concat(TiledTree.TilesForConsistencyProof(older.Size, head.Size)).Distinct())
        {
            tiles.Add(tile, await ReadAsync(tile, cancellationToken));
        }

        try
        {
            var tree = new TiledTree(head.Size, tile => tiles[tile]);
            TreeHead found = tree.Head();
            return found == head
                ? tree.ConsistencyProof(older.Size)
                : throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"The tiles have the root {found.Root.ToBase64()} at {head.Size} leaves; the checkpoint has {head.Root.ToBase64()}."));
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The tiles are damaged: {fault.Message}", fault);
        }
    }

    // A partial tile may be gone since the log has the full one: its beginning is the same (tlog-tiles, "Partial Tiles").
    private async Task<byte[]> ReadAsync(TileCoordinate tile, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync($"{PublishedLog.Folder}{tile.Path}", tile.SizeBytes, cancellationToken);
        }
        catch (FileNotFoundException) when (tile.Width < TileCoordinate.WidthMax)
        {
            var full = new TileCoordinate(tile.Level, tile.Index);
            byte[] bytes = await source.ReadAsync($"{PublishedLog.Folder}{full.Path}", full.SizeBytes, cancellationToken);
            return bytes[..Math.Min(bytes.Length, tile.SizeBytes)];
        }
    }
}

/// <summary>What was seen of a log.</summary>
/// <param name="IsWell">Whether the log is what it said before.</param>
/// <param name="Line">In words.</param>
internal sealed record Sight(bool IsWell, string Line);

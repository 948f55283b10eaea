using System.Text.Json;

namespace DisclosureCloud.Verifier;

/// <summary>Checks what publications say of one another and of the log, leaf by leaf, and that segments are sealed in their order.</summary>
internal sealed class PublicationCheck(VerifyNotes notes)
{
    // Indexes of the few leaves that positions do not count.
    private readonly List<long> _others = [];
    private long _segments;
    private long _sealed;

    /// <summary>The newest publication in the log: it vouches for the site's files.</summary>
    public PublicationLeaf? Newest { get; private set; }

    public long Publications { get; private set; }

    /// <summary>How many segments of the archive are sealed, and how many leaves they hold.</summary>
    public (long Segments, long Leaves) Sealed => (_segments, _sealed);

    public void Take(LogLeaf leaf)
    {
        if (leaf.IsFact)
        {
            return;
        }

        _others.Add(leaf.Index);
        if (leaf.Kind == LogLeaf.PublicationKind)
        {
            TakePublication(leaf);
        }
        else
        {
            TakeSeal(leaf);
        }
    }

    /// <summary>How many entries of the ledger stand before a leaf index.</summary>
    public long FactsBefore(long leafIndex)
    {
        int place = _others.BinarySearch(leafIndex);
        return leafIndex - (place < 0 ? ~place : place);
    }

    private void TakePublication(LogLeaf leaf)
    {
        JsonElement json = leaf.Json!.Value;
        if (json.NumberOf("position"u8) is not { } position || json.TextOf("manifestSha256"u8) is not { } manifest || json.TextOf("asOf"u8) is not { } asOf)
        {
            notes.Find($"leaf {leaf.Index}", "is a publication without position, asOf or manifestSha256.");
            return;
        }

        var next = new PublicationLeaf(leaf.Index, leaf.Id, position, asOf, manifest, json.NumberOf("treeSize"u8), json);
        string? previous = json.TextOf("previous"u8);
        if (previous != Newest?.Id)
        {
            notes.Find($"leaf {leaf.Index}", $"is a publication after {previous ?? "none"}; the one before it in the log is {Newest?.Id ?? "none"}.");
        }

        if (position < (Newest?.Position ?? 0))
        {
            notes.Find($"leaf {leaf.Index}", $"publishes position {position}; the publication before it had {Newest!.Position}.");
        }

        CheckTreeSize(next);
        Newest = next;
        Publications++;
    }

    private void CheckTreeSize(PublicationLeaf next)
    {
        if (next.TreeSize is not { } size)
        {
            if (Newest?.TreeSize is not null)
            {
                notes.Find($"leaf {next.LeafIndex}", "is a publication that states no treeSize; the one before it does.");
            }

            return; // Recorded before there was a log.
        }

        if (size < (Newest?.TreeSize ?? 0) || size > next.LeafIndex)
        {
            notes.Find($"leaf {next.LeafIndex}", $"states treeSize {size}, which is not from {Newest?.TreeSize ?? 0} to its own index.");
        }
        else if (FactsBefore(size) < next.Position)
        {
            notes.Find($"leaf {next.LeafIndex}", $"publishes position {next.Position}; the tree of {size} leaves that it names has {FactsBefore(size)} entries.");
        }
    }

    private void TakeSeal(LogLeaf leaf)
    {
        JsonElement json = leaf.Json!.Value;
        long? segment = json.NumberOf("segment"u8);
        long? first = json.NumberOf("firstLeaf"u8);
        long? leaves = json.NumberOf("leaves"u8);
        if (segment != _segments || first != _sealed || leaves is not > 0 || leaves > leaf.Index - _sealed)
        {
            notes.Find(
                $"leaf {leaf.Index}",
                $"seals segment {segment} of {leaves} leaves from {first}; wanted segment {_segments} from {_sealed}, of leaves that stand before it.");
            return;
        }

        _segments++;
        _sealed += leaves.Value;
    }
}

/// <summary>A publication as the log has it.</summary>
/// <param name="TreeSize">Of the checkpoint that covered all that was rendered; null before there was a log.</param>
/// <param name="Json">The whole leaf.</param>
internal sealed record PublicationLeaf(long LeafIndex, string Id, long Position, string AsOf, string ManifestSha256, long? TreeSize, JsonElement Json);

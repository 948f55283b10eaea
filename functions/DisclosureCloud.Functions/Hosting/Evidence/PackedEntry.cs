using System.Collections.Immutable;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Evidence;

/// <summary>An entry of a pack: its leaf byte for byte, what opens it, and what it says.</summary>
internal sealed record PackedEntry(ReadOnlyMemory<byte> Leaf, IReadOnlyList<PublishedOpening> Openings, FoundEntry Found)
{
    /// <exception cref="InvalidDataException">The openings are not those of the leaf.</exception>
    public static PackedEntry Of(long leafIndex, ReadOnlyMemory<byte> leaf, PublishedOpenings published)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(leaf);
            IReadOnlyList<PublishedOpening> openings = published.AllOf(leafIndex, document.RootElement.GetProperty("id").GetString()!);
            var values = openings.ToDictionary(opening => opening.Commitment, opening => opening.Value);
            return new PackedEntry(leaf, openings, FoundEntry.Of(leafIndex, document.RootElement, OpenedLeaf.Of(document.RootElement, values.GetValueOrDefault)));
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }
}

/// <summary>A line of <c>entries.ndjson</c>.</summary>
internal sealed record EvidenceLine(long LeafIndex, EntryId Entry, LeafJson Leaf, ImmutableArray<LeafOpening> Openings, ImmutableArray<string> Withheld);

/// <summary>A line of <c>withheld.ndjson</c>: commitments that nothing opens.</summary>
internal sealed record WithheldLine(long LeafIndex, EntryId Entry, IReadOnlyList<string> Commitments);

/// <summary>A line of <c>proofs.ndjson</c>: an inclusion proof (RFC 6962), hashes in base64 from the leaf up.</summary>
internal sealed record ProofLine(long LeafIndex, long TreeSize, string LeafHash, ImmutableArray<string> Hashes);

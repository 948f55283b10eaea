using System.Collections.Immutable;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Which segments are sealed, from the first on without a gap, by the commits of the seals as the archive has them.</summary>
/// <remarks>What was read once is kept: a seal never changes. The ledger is not asked.</remarks>
internal sealed class ArchiveSeals(IArchiveFiles archive)
{
    private static readonly string Folder = $"{Archiver.Folder}{StreamName.Archive.Value}/";

    private ImmutableArray<ArchiveSeal> _known = [];

    /// <summary>The seal of segment n stands at place n.</summary>
    /// <exception cref="InvalidDataException">The seals are not one a segment, or one is not what its name says.</exception>
    public async Task<ImmutableArray<ArchiveSeal>> ReadAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<ArchiveSeal> known = _known;
        ImmutableArray<ArchiveSeal>.Builder all = known.ToBuilder();
        int listed = 0;
        await foreach (string path in archive.ListAsync(Folder, cancellationToken))
        {
            if (listed++ >= known.Length)
            {
                ArchiveSeal seal = await SealAsync(path, cancellationToken);
                bool isNext = seal.Segment == all.Count && seal.FirstLeaf == seal.Segment * Segment.LeavesMax && seal.Leaves == Segment.LeavesMax;
                all.Add(isNext ? seal : throw new InvalidDataException($"The archive's {path} does not seal segment {all.Count}."));
            }
        }

        // Of two that read at once, either is right: the next one reads what is missing.
        return _known = all.ToImmutable();
    }

    private async Task<ArchiveSeal> SealAsync(string path, CancellationToken cancellationToken)
    {
        byte[] bytes = await archive.ReadAsync(path, cancellationToken) ?? throw new InvalidDataException($"The archive lists {path} and has it not.");
        Commit commit = Archiver.IsNameOf(path, bytes) ? Commit.FromBytes(bytes) : throw new InvalidDataException($"The archive's {path} is not what its name says.");
        return commit.Stream == StreamName.Archive && commit.Entries is [var leaf] && SealedFact.Of(leaf.Json).Open(_ => null) is ArchiveSeal seal
            ? seal
            : throw new InvalidDataException($"The archive's {path} is no seal.");
    }
}

using System.Security.Cryptography;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks a published site and its log as an outsider who trusts nothing but the keys.</summary>
/// <remarks>
/// The order is that of trust: the keys sign the checkpoint, its root hash holds the entries, the newest publication among them holds the
/// manifest, and that holds every file. What stands behind something that is wrong is not checked, and the report says so.
/// </remarks>
public static class SiteVerifier
{
    /// <summary>Checks all of it, and remembers the checkpoint where all was well.</summary>
    /// <exception cref="SourceException">The site could not be read to its end.</exception>
    /// <exception cref="InvalidDataException">The file of the last checkpoint seen is damaged.</exception>
    public static async Task<VerifyReport> VerifyAsync(ISiteSource source, VerifyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        var notes = new VerifyNotes();
        await new Run(source, request, notes).CheckAsync(cancellationToken);
        return notes.ToReport();
    }

    /// <summary>Checks the log alone: its checkpoint, tiles, bundles and leaves. It remembers nothing.</summary>
    /// <exception cref="SourceException">The site could not be read to its end.</exception>
    public static async Task<VerifyReport> VerifyLogAsync(ISiteSource source, VerifyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        var notes = new VerifyNotes();
        await new Run(source, request with { SeenPath = _ => null }, notes).CheckLogAsync(cancellationToken);
        return notes.ToReport();
    }

    private sealed class Run(ISiteSource source, VerifyRequest request, VerifyNotes notes)
    {
        private byte[]? _manifestBytes;
        private SiteManifest? _manifest;
        private string? _manifestFault;

        public async Task CheckAsync(CancellationToken cancellationToken)
        {
            await ReadManifestAsync(cancellationToken);
            if (await CheckLogAsync(cancellationToken) is not { } log)
            {
                notes.LeaveOpen("What the log vouches for was not checked: the publication, the manifest, the site's files and figures.");
                return;
            }

            await CheckSiteAsync(log.Known, log.Leaves, cancellationToken);
            if (notes.Count == 0)
            {
                log.Seen.Remember();
            }
        }

        public async Task<CheckedLog?> CheckLogAsync(CancellationToken cancellationToken)
        {
            if (await new CheckpointCheck(source, request, notes).CheckAsync(cancellationToken) is not { } known)
            {
                notes.LeaveOpen("The log was not checked: no checkpoint says what it must be.");
                return null;
            }

            await new FrozenCheck(source, request, notes).CheckAsync(known, cancellationToken);
            var seen = new SeenCheck(source, known, notes);
            bool grew = seen.CheckHeads();
            TreeHead head = known.Checkpoint.Head;
            var ofLeaves = new VerifyNotes();
            var leaves = new LeafCheck(source, _manifest, head.Size, ofLeaves);
            VerifyNotes found = await new LogCheck(source, head).CheckAsync(leaves.ReadAsync, leaves.Take, request.Progress, cancellationToken);
            notes.Add(found);
            if (found.Count > 0)
            {
                notes.LeaveOpen("Whether the log grew out of the one seen before, and what else lies in its folder, was not checked.");
                return null; // What leaves say of one another means nothing where some are missing.
            }

            notes.Add(ofLeaves);
            notes.Prove($"Every entry of the {head.Size} leaves hashes to the checkpoint's root, and no tile or bundle is missing, shorter or longer.");
            if (source.CanList)
            {
                await new LogFilesCheck(source, head.Size, known.Before.Paths, notes).CheckAsync(cancellationToken);
            }
            else
            {
                notes.LeaveOpen("A web server does not say what else lies under log/: tiles of earlier checkpoints were not looked for.");
            }

            await new BeforeCheck(source, request, notes).CheckGrowthAsync(known.Before, known.Checkpoint, cancellationToken);
            if (grew)
            {
                await seen.CheckGrowthAsync(cancellationToken);
            }

            return new CheckedLog(known, seen, leaves);
        }

        private async Task CheckSiteAsync(KnownCheckpoint known, LeafCheck leaves, CancellationToken cancellationToken)
        {
            PublicationCheck publications = leaves.Publications;
            if (publications.Newest is not { } publication)
            {
                notes.Find(LogLayout.Manifest, "is vouched for by nothing: the log has no publication.");
                return;
            }

            notes.Prove($"The log's {publications.Publications} publications follow one another without a gap; the newest, leaf {publication.LeafIndex}, publishes position {publication.Position} as of {publication.AsOf}.");
            notes.Prove($"{publications.Sealed.Segments} segments of the archive are sealed in their order, {publications.Sealed.Leaves} leaves.");
            notes.LeaveOpen("The archive itself is not part of the site: whether its segments are what was sealed is for auditors to check.");
            await StatusCheck.CheckAsync(source, publication, known.Checkpoint, notes, cancellationToken);
            if (!IsManifestOf(publication))
            {
                notes.LeaveOpen("The site's files and figures were not checked: the manifest that lists them is not the one that was logged.");
                return;
            }

            await leaves.ConcludeAsync(publication.TreeSize ?? 0, notes, cancellationToken);
            await CheckFilesAsync(leaves, publication, known.Checkpoint.Head.Size, cancellationToken);
        }

        private async Task CheckFilesAsync(LeafCheck leaves, PublicationLeaf publication, long size, CancellationToken cancellationToken)
        {
            var files = new FilesCheck(source, _manifest!, notes);
            files.CheckNothingElse();
            foreach (string path in _manifest!.Files.Keys.Where(path => path.StartsWith(OpeningsCheck.Folder, StringComparison.Ordinal) && !OpeningsCheck.IsOf(path, size)))
            {
                notes.Find(path, "is of no bundle of the log.");
            }

            ListedFile[] tables = [.. new[] { RowsCheck.Ndjson, RowsCheck.Csv }.Select(path => _manifest.Files.GetValueOrDefault(path)).OfType<ListedFile>()];
            await files.CheckAsync(tables, pages: null, cancellationToken);
            Books? books = await ReckonAsync(leaves, publication, tables, cancellationToken);
            PageFigures? figures = books is null ? null : new PageFigures(books, notes);
            await files.CheckAsync(_manifest.Files.Values.Except(tables), figures, cancellationToken);
            if (!_manifest.Files.Values.Any(file => notes.Has(file.Path)))
            {
                notes.Prove($"All {_manifest.Files.Count} files of the manifest are there, with the length and hash that were logged.");
            }

            if (figures is not null)
            {
                notes.Prove($"{figures.Counted.Figures} figures in pages read as their values say; {figures.Counted.Named} of them say what they are and were reckoned anew from the leaves.");
            }
        }

        // The books of what is shown. Where more was logged than is shown, the rows tell which entries those are.
        private async Task<Books?> ReckonAsync(LeafCheck leaves, PublicationLeaf publication, ListedFile[] tables, CancellationToken cancellationToken)
        {
            if (tables.Length < 2 || publication.TreeSize is not { } size)
            {
                notes.LeaveOpen($"Rows and figures were not held against the leaves: {(tables.Length < 2 ? "the site has no table of entries" : "the publication is older than the log")}.");
                return null;
            }

            var rows = new RowsCheck(source, leaves, publication, notes);
            foreach (ListedFile table in tables)
            {
                if (notes.Has(table.Path) || !await rows.CheckAsync(table, cancellationToken))
                {
                    notes.LeaveOpen("Figures in pages were not reckoned anew: the table of entries is not right.");
                    return null;
                }
            }

            notes.Prove($"Each of the {publication.Position} rows in the two tables of entries has its leaf, with the same kind, date, amount and recorder.");
            long more = leaves.Publications.FactsBefore(size) - publication.Position;
            if (more > 0)
            {
                notes.LeaveOpen($"{more} entries were logged before the site was made and are not shown in it: they were recorded after its position.");
            }

            try
            {
                return Books.Of(new LiveMovements(leaves.Facts, rows.Passes));
            }
            catch (Exception fault) when (fault is OverflowException or FormatException)
            {
                notes.Find(RowsCheck.Ndjson, $"cannot be summed up: {fault.Message}");
                return null;
            }
        }

        // It is read before the log, which tells later whether it is the right one: the leaves' openings are named in it.
        private async Task ReadManifestAsync(CancellationToken cancellationToken)
        {
            _manifestBytes = await source.ReadAsync(LogLayout.Manifest, SiteManifest.SizeMax, cancellationToken);
            try
            {
                _manifest = _manifestBytes is null ? null : SiteManifest.Parse(_manifestBytes);
            }
            catch (FormatException fault)
            {
                _manifestFault = fault.Message;
            }
        }

        private bool IsManifestOf(PublicationLeaf publication)
        {
            string? fault = _manifestBytes is null ? "is missing."
                : Convert.ToHexStringLower(SHA256.HashData(_manifestBytes)) is var hash && hash != publication.ManifestSha256
                    ? $"has the SHA-256 {hash}; the newest publication, leaf {publication.LeafIndex}, says {publication.ManifestSha256}."
                    : _manifestFault;
            if (fault is null)
            {
                notes.Prove($"{LogLayout.Manifest} is the one whose hash that publication holds.");
                return true;
            }

            notes.Find(LogLayout.Manifest, fault);
            return false;
        }
    }

    private sealed record CheckedLog(KnownCheckpoint Known, SeenCheck Seen, LeafCheck Leaves);
}

using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks what else lies under <c>log/</c>: partial tiles and bundles of earlier checkpoints, and nothing besides.</summary>
/// <remarks>Called after <see cref="LogCheck"/> found the tree's own files right: they are what the others are held against.</remarks>
internal sealed class LogFilesCheck(ISiteSource source, long size, IReadOnlySet<string> before, VerifyNotes notes)
{
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (string path in source.List(LogLayout.Folder))
        {
            if (path is LogLayout.Checkpoint or LogLayout.Keys or LogLayout.Frozen || before.Contains(path))
            {
                continue;
            }

            string below = path[LogLayout.Folder.Length..];
            if (TryParse(below, EntryBundleCoordinate.Parse) is { } bundle)
            {
                await CheckAsync(path, bundle, cancellationToken);
            }
            else if (TryParse(below, TileCoordinate.Parse) is { } tile)
            {
                await CheckAsync(path, tile, cancellationToken);
            }
            else
            {
                notes.Find(path, "is no file of a log.");
            }
        }
    }

    private async Task CheckAsync(string path, TileCoordinate tile, CancellationToken cancellationToken)
    {
        if (LogLayout.TileOf(tile.Level, tile.Index, size) is not { } right || tile.Width > right.Width)
        {
            notes.Find(path, $"no tree of {size} leaves has it.");
        }
        else if (tile.Width < right.Width)
        {
            byte[]? wider = await source.ReadAsync(LogLayout.PathOf(right), right.SizeBytes, cancellationToken);
            byte[]? found = await source.ReadAsync(path, tile.SizeBytes, cancellationToken);
            if (found is null || wider is null || !found.AsSpan().SequenceEqual(wider.AsSpan(0, tile.SizeBytes)))
            {
                notes.Find(path, $"is not the first {tile.SizeBytes} bytes of {LogLayout.PathOf(right)}.");
            }
        }
    }

    private async Task CheckAsync(string path, EntryBundleCoordinate bundle, CancellationToken cancellationToken)
    {
        if (LogLayout.TileOf(0, bundle.Index, size) is not { } tile || bundle.Width > tile.Width)
        {
            notes.Find(path, $"no tree of {size} leaves has it.");
        }
        else if (bundle.Width < tile.Width)
        {
            var right = new EntryBundleCoordinate(tile.Index, tile.Width);
            byte[]? wider = await source.ReadAsync(LogLayout.PathOf(right), LogLayout.BundleSizeMax, cancellationToken);
            byte[]? found = await source.ReadAsync(path, LogLayout.BundleSizeMax, cancellationToken);
            int length = wider is null ? 0 : EntryBundle.Decode(wider, right.Width).Take(bundle.Width).Sum(entry => entry.Length + sizeof(ushort));
            if (found is null || wider is null || !found.AsSpan().SequenceEqual(wider.AsSpan(0, length)))
            {
                notes.Find(path, $"is not the first {bundle.Width} entries of {LogLayout.PathOf(right)}.");
            }
        }
    }

    private static T? TryParse<T>(string path, Func<string, T> parse)
        where T : struct
    {
        try
        {
            return parse(path);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

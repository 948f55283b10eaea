namespace DisclosureCloud.Verifier;

/// <summary>Checks files of the site against the manifest: each is there, with its length and hash.</summary>
internal sealed class FilesCheck(ISiteSource source, SiteManifest manifest, VerifyNotes notes)
{
    /// <param name="files">Some of the manifest's files.</param>
    /// <param name="pages">Told of what is in a page on the way; null where nobody asks.</param>
    public Task CheckAsync(IEnumerable<ListedFile> files, PageFigures? pages, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        files,
        new ParallelOptions { MaxDegreeOfParallelism = source.ParallelMax, CancellationToken = cancellationToken },
        async (file, token) => await CheckAsync(file, pages, token));

    /// <summary>Finds what lies in the site that nothing vouches for.</summary>
    public void CheckNothingElse()
    {
        if (!source.CanList)
        {
            notes.LeaveOpen("A web server does not say what else lies there: files that the manifest does not list were not looked for.");
            return;
        }

        foreach (string path in source.List(""))
        {
            if (!SiteManifest.IsBeside(path) && !manifest.Files.ContainsKey(path))
            {
                notes.Find(path, "is not in the manifest: nothing vouches for it.");
            }
        }
    }

    private async Task CheckAsync(ListedFile file, PageFigures? pages, CancellationToken cancellationToken)
    {
        PageFigures.Page? page = pages?.Begin(file);
        var found = await source.HashAsync(file.Path, file.Bytes, page is null ? null : page.Add, cancellationToken);
        if (found is not { } one)
        {
            notes.Find(file.Path, "is missing; the manifest lists it.");
        }
        else if (one.Length != file.Bytes)
        {
            notes.Find(file.Path, $"has {(one.Length > file.Bytes ? "more than " : "")}{Math.Min(one.Length, file.Bytes)} bytes; the manifest says {file.Bytes}.");
        }
        else if (Convert.ToHexStringLower(one.Hash) is var hash && hash != file.Sha256)
        {
            notes.Find(file.Path, $"has the SHA-256 {hash}; the manifest says {file.Sha256}.");
        }
        else
        {
            page?.End();
        }
    }
}

namespace DisclosureCloud.Ledger;

/// <summary>The site as it was at one look. What is written meanwhile may be seen or not.</summary>
public interface ISiteLook
{
    /// <summary>The paths of all published files, in ordinal order.</summary>
    IReadOnlyList<string> Paths { get; }

    /// <summary>The SHA-256 of a file's bytes, or null where there is none. May be called in parallel.</summary>
    /// <exception cref="ArgumentException">The path is not of the form that <see cref="ISiteFiles"/> has.</exception>
    Task<Sha256Hex?> HashAsync(string path, CancellationToken cancellationToken);
}

/// <summary>A look that reads what it is asked for.</summary>
internal sealed class ReadingLook(ISiteFiles site, IReadOnlyList<string> paths) : ISiteLook
{
    public IReadOnlyList<string> Paths => paths;

    public async Task<Sha256Hex?> HashAsync(string path, CancellationToken cancellationToken) =>
        await site.ReadAsync(path, cancellationToken) is { } bytes ? Sha256Hex.Of(bytes) : null;
}

namespace DisclosureCloud.Verifier;

/// <summary>Where a published site is read from. It is believed in nothing: what it gives is checked.</summary>
/// <remarks>
/// 1. A path is relative, with <c>/</c>; only paths for which <see cref="SitePath.IsGood"/> holds are asked for.
/// 2. Any number of files may be open at once; as many as <see cref="ParallelMax"/> are read side by side.
/// </remarks>
public interface ISiteSource : IDisposable
{
    /// <summary>The site as its reader called it: a folder or an address.</summary>
    string Name { get; }

    /// <summary>True where <see cref="List"/> knows what else lies there. An HTTP server does not tell.</summary>
    bool CanList { get; }

    /// <summary>How many files may be read side by side.</summary>
    int ParallelMax { get; }

    /// <summary>Opens a file. The caller decides how much of it to read.</summary>
    /// <returns>Null where there is no such file.</returns>
    /// <exception cref="SourceException">It cannot be read: a refused connection, an answer other than 200 or 404, no right to read it.</exception>
    Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken);

    /// <summary>Every file below a folder, as paths of the site, in ordinal order.</summary>
    /// <param name="folder">With its last <c>/</c>; empty for the whole site.</param>
    /// <exception cref="NotSupportedException"><see cref="CanList"/> is false.</exception>
    IEnumerable<string> List(string folder);
}

/// <summary>A file of the site could not be read. The message says why; whether it is right is not known.</summary>
public sealed class SourceException : Exception
{
    public SourceException()
    {
    }

    public SourceException(string message)
        : base(message)
    {
    }

    public SourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The form of a path of the site.</summary>
public static class SitePath
{
    /// <summary>The longest path, in characters.</summary>
    public const int LengthMax = 1024;

    /// <summary>True for a relative path that leads nowhere else: no empty, <c>.</c> or <c>..</c> part, no backslash, colon or control character.</summary>
    public static bool IsGood(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length is > 0 and <= LengthMax
            && !path.Any(c => c is '\\' or ':' or '?' or '#' or '%' || char.IsControl(c))
            && !path.Split('/').Any(part => part is "" or "." or "..");
    }
}

namespace DisclosureCloud.Verifier;

/// <summary>A site in a folder of this machine.</summary>
public sealed class FolderSource : ISiteSource
{
    private readonly string _root;

    /// <exception cref="SourceException">There is no such folder.</exception>
    public FolderSource(string folder)
    {
        _root = Path.GetFullPath(folder);
        if (!Directory.Exists(_root))
        {
            throw new SourceException($"There is no folder {_root}.");
        }

        Name = folder;
    }

    public string Name { get; }

    public bool CanList => true;

    public int ParallelMax => Environment.ProcessorCount;

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream?>(new FileStream(
                Path.Combine(_root, path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A folder in a file's place is no file, and neither is what this user may not read.
            throw new SourceException(fault.Message, fault);
        }
    }

    public IEnumerable<string> List(string folder)
    {
        string start = Path.Combine(_root, folder);
        return Directory.Exists(start)
            ? Directory.EnumerateFiles(start, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
                .Select(file => Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal)
            : [];
    }

    public void Dispose()
    {
        // Nothing is held open between files.
    }
}

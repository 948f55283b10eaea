namespace DisclosureCloud.Ledger;

/// <summary>Files that are created once, never changed, and may go again: what is staged, and the partial tiles at the edge of the log.</summary>
/// <remarks>
/// <para>The contract of <see cref="IArchiveFiles"/>, and, in the same suite of tests:</para>
/// <para>10. <see cref="DeleteAsync"/> takes a file away; a file that is not there is no error. Its path is free then. After a loss of
/// power a file that was deleted may be there again.</para>
/// </remarks>
public interface IPassingFiles : IArchiveFiles
{
    /// <exception cref="ArgumentException">The path is of another form.</exception>
    Task DeleteAsync(string path, CancellationToken cancellationToken);
}

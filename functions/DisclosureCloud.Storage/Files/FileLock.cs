namespace DisclosureCloud.Storage;

/// <summary>A lock between processes: whoever holds the file open has it.</summary>
/// <remarks>
/// The operating system lets go of it when the process dies, however it dies. The file itself stays: if it were removed, one process
/// could lock the removed file while another locks its successor. The folder must lie on a local disk; some network shares ignore locks.
/// </remarks>
public sealed class FileLock : IDisposable, IAsyncDisposable
{
    /// <summary>Between two attempts. A person who waits does not notice it, and ten attempts a second cost nothing.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly FileStream held;

    private FileLock(FileStream held) => this.held = held;

    /// <param name="path">The lock's file, made where there is none.</param>
    /// <param name="wait">For how long to wait for whoever has it; zero tries once.</param>
    /// <param name="clock">Measures the waiting.</param>
    /// <exception cref="TimeoutException">Another process, or another holder in this one, kept it all that time.</exception>
    public static async Task<FileLock> AcquireAsync(string path, TimeSpan wait, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clock);
        PrivateFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        long start = clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen(path) is { } held)
            {
                return new FileLock(held);
            }

            TimeSpan waited = clock.GetElapsedTime(start);
            if (waited >= wait)
            {
                throw new TimeoutException($"The lock '{path}' is held by another; waited {waited:c}, wanted at most {wait:c}.");
            }

            await Task.Delay(RetryDelay, clock, cancellationToken);
        }
    }

    public void Dispose() => held.Dispose();

    public ValueTask DisposeAsync() => held.DisposeAsync();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
    }

    /// <summary>EWOULDBLOCK on Linux and on macOS; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows.</summary>
    private static bool IsHeld(IOException exception) =>
        exception.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}

using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>A lock between processes of one machine: whoever holds the file open has it.</summary>
/// <remarks>
/// The operating system lets go of it when the process dies, however it dies, and not before: it is never lost. The file itself stays: if
/// it were removed, one process could lock the removed file while another locks its successor. The folder must lie on a local disk; some
/// network shares ignore locks.
/// </remarks>
/// <param name="path">The lock's file, made where there is none.</param>
/// <param name="clock">Measures the waiting.</param>
public sealed class FileLock(string path, TimeProvider clock) : IExclusiveLock
{
    /// <summary>Between two attempts. A person who waits does not notice it, and ten attempts a second cost nothing.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    public async Task<IHeldLock> AcquireAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        PrivateFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        long start = clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen() is { } held)
            {
                return new HeldFile(held);
            }

            TimeSpan waited = clock.GetElapsedTime(start);
            if (waited >= wait)
            {
                throw new TimeoutException($"The lock '{path}' is held by another; waited {waited:c}, wanted at most {wait:c}.");
            }

            await Task.Delay(RetryDelay, clock, cancellationToken);
        }
    }

    private FileStream? TryOpen()
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

    private sealed class HeldFile(FileStream file) : IHeldLock
    {
        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync() => file.DisposeAsync();
    }
}

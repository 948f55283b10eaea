using System.Runtime.CompilerServices;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>Values and salts in memory, which a test can break.</summary>
/// <remarks>Salts are copied in and out, so that nothing is shared with who put them.</remarks>
public sealed class MemoryValueStore(TimeProvider clock) : IValueStore
{
    private readonly Lock changing = new();
    private readonly Dictionary<ValueKey, Kept> kept = [];
    private long puts;

    /// <summary>Runs before a put; if it throws, nothing was put.</summary>
    public Action? BeforePut { get; set; }

    /// <summary>Runs after a put; if it throws, the put was done but is reported as failed.</summary>
    public Action? AfterPut { get; set; }

    /// <summary>Runs before values are forgotten; if it throws, none was.</summary>
    public Action? BeforeForget { get; set; }

    /// <summary>Runs after values are forgotten; if it throws, it was done but is reported as failed.</summary>
    public Action? AfterForget { get; set; }

    public int Count
    {
        get
        {
            lock (changing)
            {
                return kept.Count;
            }
        }
    }

    public Task PutAsync(IReadOnlyCollection<Opening> openings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforePut?.Invoke();
        lock (changing)
        {
            foreach (Opening opening in openings)
            {
                kept.TryAdd(opening.Key, new Kept(clock.GetUtcNow(), puts++, Copy(opening)));
            }
        }

        AfterPut?.Invoke();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Opening>> GetAsync(IReadOnlyCollection<PostingId> postings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HashSet<PostingId> wanted = [.. postings];
        lock (changing)
        {
            return Task.FromResult<IReadOnlyList<Opening>>([.. kept.Values.Where(one => wanted.Contains(one.Opening.Posting)).Select(one => Copy(one.Opening))]);
        }
    }

    public Task ForgetAsync(IReadOnlyCollection<ValueKey> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeForget?.Invoke();
        lock (changing)
        {
            foreach (ValueKey value in values)
            {
                kept.Remove(value);
            }
        }

        AfterForget?.Invoke();
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Opening> ReadPutBeforeAsync(
        DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Kept[] old;
        lock (changing)
        {
            old = [.. kept.Values.Where(one => one.PutAt < moment).OrderBy(one => one.PutAt).ThenBy(one => one.Number)];
        }

        foreach (Kept one in old)
        {
            yield return Copy(one.Opening);
        }
    }

    private static Opening Copy(Opening opening) => opening with { Salt = opening.Salt.ToArray() };

    private sealed record Kept(DateTimeOffset PutAt, long Number, Opening Opening);
}

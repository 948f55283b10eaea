using System.Runtime.CompilerServices;

namespace DisclosureCloud.Verifier;

/// <summary>Does work on several items side by side and gives what it comes to in their order.</summary>
internal static class ReadAhead
{
    /// <param name="ahead">How many items are worked on at once: what bounds the memory.</param>
    public static async IAsyncEnumerable<TResult> InOrderAsync<TItem, TResult>(
        this IEnumerable<TItem> items,
        int ahead,
        Func<TItem, CancellationToken, Task<TResult>> work,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var under = new Queue<Task<TResult>>(ahead);
        try
        {
            foreach (TItem item in items)
            {
                if (under.Count == ahead)
                {
                    yield return await under.Dequeue();
                }

                under.Enqueue(Task.Run(() => work(item, stop.Token), stop.Token));
            }

            while (under.Count > 0)
            {
                yield return await under.Dequeue();
            }
        }
        finally
        {
            // Where the caller ended early, or one item failed, the others are waited for: they use the caller's source.
            await stop.CancelAsync();
            await Task.WhenAll(under).ContinueWith(static all => _ = all.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}

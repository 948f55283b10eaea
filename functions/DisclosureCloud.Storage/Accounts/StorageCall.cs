using System.Globalization;
using System.Net;
using Azure;
using Azure.Core;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>One call to a storage account, or to a topic: repeated by the client where it is refused for load, and given up within a bound.</summary>
/// <param name="store">The store's name in errors, such as <c>blobs/archive</c>.</param>
/// <param name="timeMax">How long all attempts may take together, before what the bytes need; mostly <see cref="TimeMax"/>.</param>
internal sealed class StorageCall(string store, TimeSpan timeMax)
{
    /// <summary>The caller waits for us, and its caller for it: what does not help in this time is told to it.</summary>
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(10);

    /// <summary>For each mebibyte that travels. A line ten times slower than any in Azure still does it.</summary>
    private static readonly TimeSpan TimePerMebibyte = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan DelayFirst = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(2);

    /// <summary>With growing waits of 0.1 to 2 s these fill the ten seconds.</summary>
    private const int RetriesMax = 6;

    /// <summary>Sets a client's own repeats, which answer to 408, 429, 500, 502, 503, 504 and broken connections.</summary>
    public static T Bounded<T>(T options)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = DelayFirst;
        options.Retry.MaxDelay = DelayMax;
        options.Retry.MaxRetries = RetriesMax;
        return options;
    }

    /// <exception cref="StoreBusyException">It was refused for load to the last attempt, or got no answer.</exception>
    /// <exception cref="RequestFailedException">It was refused for another reason.</exception>
    public Task<T> SendAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) => SendAsync(0, call, cancellationToken);

    /// <param name="bytes">How many bytes travel, where they are many.</param>
    public async Task<T> SendAsync<T>(long bytes, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(timeMax + (TimePerMebibyte * (int)(bytes >> 20)));
        try
        {
            return await call(bound.Token);
        }
        catch (RequestFailedException refused) when (IsBusy(refused.Status))
        {
            throw Busy(refused, refused.GetRawResponse());
        }
        catch (AggregateException failed) when (failed.InnerExceptions.All(IsNoAnswer))
        {
            throw Busy(failed, answer: null); // Each attempt failed by itself.
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw Busy(late, answer: null);
        }
    }

    /// <summary>What to tell a caller of an answer that says busy; where the service names a longer wait, that one.</summary>
    public StoreBusyException Busy(Exception? cause, Response? answer)
    {
        TimeSpan wanted = WaitOf(answer) ?? DelayMax;
        return new StoreBusyException(store, wanted > DelayMax ? wanted : DelayMax, cause);
    }

    /// <summary>For how long the service asks to be left alone; null where it does not say.</summary>
    public static TimeSpan? WaitOf(Response? answer) =>
        Wanted(answer, "x-ms-retry-after-ms", TimeSpan.FromMilliseconds(1)) ?? Wanted(answer, "Retry-After", TimeSpan.FromSeconds(1));

    /// <summary>Also 0, where there was no answer, and 500, which the service gives when it does not know how a request ended.</summary>
    public static bool IsBusy(int status) => status is 0
        or (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.InternalServerError
        or (int)HttpStatusCode.BadGateway or (int)HttpStatusCode.ServiceUnavailable or (int)HttpStatusCode.GatewayTimeout;

    private static bool IsNoAnswer(Exception exception) =>
        exception is OperationCanceledException or IOException || (exception is RequestFailedException refused && IsBusy(refused.Status));

    private static TimeSpan? Wanted(Response? answer, string header, TimeSpan unit) =>
        answer is not null && answer.Headers.TryGetValue(header, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? unit * count
            : null;
}

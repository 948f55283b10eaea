using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using DisclosureCloud.Ledger;
using Microsoft.Azure.Cosmos;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace DisclosureCloud.Storage;

/// <summary>One request to Cosmos DB: repeated within a bound where it is refused for load, and its charge told to the meter.</summary>
internal sealed class CosmosCall
{
    public const string ChargeName = "disclosurecloud.cosmos.request_charge";

    /// <summary>Too many requests; a write that met another one of the same partition.</summary>
    private const HttpStatusCode TooMany = HttpStatusCode.TooManyRequests;
    private const HttpStatusCode RetryWith = (HttpStatusCode)449;

    private const int RetriesMax = 6;

    /// <summary>All attempts together, those included that the SDK makes by itself: at a 449 it would go on for a minute.</summary>
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(10);

    /// <summary>The caller waits for us: what does not help in this time is told to it.</summary>
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan DelayFirst = TimeSpan.FromMilliseconds(50);

    private static readonly Meter Meter = new(StorageMeter.Name);

    private static readonly Histogram<decimal> Charge = Meter.CreateHistogram<decimal>(
        ChargeName, unit: "{request_unit}", description: "Request units of one call, retries apart.");

    private readonly string _store;
    private readonly ResiliencePipeline<ResponseMessage> _pipeline;

    /// <param name="store">The store's name in errors and metrics, such as <c>cosmos/ledger</c>.</param>
    /// <param name="clock">Waits between two attempts.</param>
    /// <param name="timeMax">How long all attempts may take together; mostly <see cref="TimeMax"/>.</param>
    public CosmosCall(string store, TimeProvider clock, TimeSpan timeMax)
    {
        _store = store;
        _pipeline = new ResiliencePipelineBuilder<ResponseMessage> { TimeProvider = clock }
            .AddTimeout(timeMax)
            .AddRetry(new RetryStrategyOptions<ResponseMessage>
            {
                MaxRetryAttempts = RetriesMax,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = DelayFirst,
                MaxDelay = DelayMax,
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result is { StatusCode: TooMany or RetryWith }),
                DelayGenerator = retry => ValueTask.FromResult(Wanted(retry.Outcome.Result)),
                OnRetry = retry =>
                {
                    retry.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Makes the call; the answer may be any that is not a refusal for load.</summary>
    /// <param name="operation">What it is for, in the metrics: <c>append</c>, <c>read</c>.</param>
    /// <exception cref="StoreBusyException">It was refused for load to the last attempt, or got no answer.</exception>
    public async Task<ResponseMessage> SendAsync(
        string operation, Func<CancellationToken, Task<ResponseMessage>> call, CancellationToken cancellationToken)
    {
        ResponseMessage answer;
        try
        {
            answer = await _pipeline.ExecuteAsync(async token => Metered(operation, await call(token)), cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or TimeoutRejectedException or CosmosException { StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.ServiceUnavailable or TooMany or RetryWith })
        {
            throw new StoreBusyException(_store, DelayMax, fault);
        }

        if (answer.StatusCode is TooMany or RetryWith or HttpStatusCode.RequestTimeout or HttpStatusCode.ServiceUnavailable)
        {
            TimeSpan later = Wanted(answer) is { } wanted && wanted > DelayMax ? wanted : DelayMax;
            answer.Dispose();
            throw new StoreBusyException(_store, later);
        }

        return answer;
    }

    private ResponseMessage Metered(string operation, ResponseMessage answer)
    {
        if (decimal.TryParse(answer.Headers["x-ms-request-charge"], NumberStyles.Number, CultureInfo.InvariantCulture, out decimal charge))
        {
            Charge.Record(charge, new("store", _store), new("operation", operation), new("status", (int)answer.StatusCode));
        }

        return answer;
    }

    // What the service asks for; null leaves it to the pipeline.
    private static TimeSpan? Wanted(ResponseMessage? answer) =>
        int.TryParse(answer?.Headers["x-ms-retry-after-ms"], NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
}

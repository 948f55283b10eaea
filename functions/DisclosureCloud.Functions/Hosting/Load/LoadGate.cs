using System.Collections.Frozen;
using System.Globalization;
using System.Threading.RateLimiting;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>Lets in what can be worked on now or soon, and turns away the rest at once, saying when to come again.</summary>
/// <remarks>
/// 1. Whoever writes for a department is counted by the hour, before the body is read. 2. Bodies are read by as many as come: that holds up
/// nobody (<see cref="BodyAllowance"/>). 3. A department has its own places and its own queue, and only who has one of them waits for one of
/// the places of all; so a department that sends without end waits behind itself alone. 4. All other calls are counted by person, or by
/// address where no token names one, and share places by what they cost. 5. Complaints, which anybody may send, are counted by address before
/// the body is read, and by address and all together when they are kept; they have places and room of their own. Messages of the queue are counted and never turned away: they wait
/// where they are, and a refusal would set them aside.
/// </remarks>
internal sealed class LoadGate : IDisposable
{
    /// <summary>Longer nobody waits for a place: a program would have given up, and the work be for nothing.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    /// <summary>Places get free many times a second.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly LoadLimits _limits;
    private readonly BodyAllowance _bodies;
    private readonly TimeProvider _clock;
    private readonly FrozenDictionary<HourlyOf, HourlyCount> _hourly;
    private readonly ComplaintAttempts _attempts;
    private readonly ComplaintCount _complaints;
    private readonly FrozenDictionary<Weight, ConcurrencyLimiter> _rooms;
    private readonly PartitionedRateLimiter<string> _departments;
    private readonly PartitionedRateLimiter<string> _callers;

    public LoadGate(LoadLimits limits, BodyAllowance bodies, TimeProvider clock)
    {
        (_limits, _bodies, _clock) = (limits, bodies, clock);
        _hourly = Enum.GetValues<HourlyOf>().ToFrozenDictionary(one => one, one => new HourlyCount(limits.AnHour(one), clock));
        _attempts = new ComplaintAttempts(limits.ComplaintAttemptsAnHour, clock);
        _complaints = new ComplaintCount(limits.ComplaintsAnHourOfSource, limits.ComplaintsAnHourOfSite, limits.ComplaintsAnHour, clock);
        _rooms = Enum.GetValues<Weight>().ToFrozenDictionary(one => one, one => new ConcurrencyLimiter(OptionsOf(limits.Of(one))));
        _departments = PartitionedRateLimiter.Create<string, string>(department => RateLimitPartition.GetConcurrencyLimiter(
            department, _ => OptionsOf(new Room(limits.DepartmentAtOnce, limits.DepartmentQueue))), StringComparer.Ordinal);
        _callers = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.CallerBurst,
            TokensPerPeriod = limits.CallerPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }), StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _callers.Dispose();
        _departments.Dispose();
        foreach (ConcurrencyLimiter room in _rooms.Values)
        {
            room.Dispose();
        }
    }

    /// <summary>Counts a call of somebody, a person or an address; the problem to answer with where it is one too many.</summary>
    public Problem? Count(string caller)
    {
        using RateLimitLease lease = _callers.AttemptAcquire(caller);
        return lease.IsAcquired ? null : TooMany(
            "too-many-requests",
            "You have asked too often.",
            lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan later) && later > Soon ? later : Soon,
            string.Create(CultureInfo.InvariantCulture, $"{_limits.CallerPerSecond} a second"));
    }

    /// <summary>Counts a posting or decision of a department by the hour; the problem to answer with where it is one too many.</summary>
    public Problem? Count(HourlyOf what, DepartmentId department) => _hourly[what].Take(department.Value) is { } later
        ? TooMany(
            $"too-many-{Code.Text(what)}",
            "Nothing was stored: your department has sent as many in the last hour as it may.",
            later,
            string.Create(CultureInfo.InvariantCulture, $"at most {_limits.AnHour(what)} an hour"))
        : null;

    /// <summary>Counts what an address sends as a complaint, before it is read; the problem to answer with where it is one too many, or there is no room for it anyway.</summary>
    /// <remarks>Which of them, it does not say, nor is it written anywhere who was turned away. Where there is no room, it is not counted.</remarks>
    public Problem? CountComplaint(string source) => TooManyComplaints(_complaints.Look(source) ?? _attempts.Take(source));

    /// <summary>Takes the place of a complaint that is about to be kept; the problem to answer with where others took the last one.</summary>
    public Problem? TakeComplaint(string source) => TooManyComplaints(_complaints.Take(source));

    /// <summary>Counts a posting that is there already, such as a message of the queue.</summary>
    public void Note(DepartmentId department) => _hourly[HourlyOf.Postings].Note(department.Value);

    /// <summary>Reads a body of JSON and then waits for a place, which the request keeps to its end.</summary>
    public Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(HttpContext context) => ReadAsync(context, JsonBody.Form);

    /// <summary>Reads a body and then waits for a place, which the request keeps to its end.</summary>
    public async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(HttpContext context, BodyForm form)
    {
        string department = Caller.Of(context.User, Channel.Http).Department.Value;
        if (_departments.GetStatistics(department) is { } now && now.CurrentQueuedCount >= _limits.DepartmentQueue && now.CurrentAvailablePermits == 0)
        {
            return (default, TooManyAtOnce()); // A body that would wait for nothing is not even read.
        }

        (ReadOnlyMemory<byte> body, Problem? problem) = await ReadBodyAsync(context, form);
        return (body, problem ?? await EnterAsync(context, cancel => _departments.AcquireAsync(department, 1, cancel), own: true) ?? await EnterAsync(context, Weight.Writing));
    }

    /// <summary>Reads a body of somebody without a token and then waits for a place of that sort, which the request keeps to its end.</summary>
    public async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(HttpContext context, BodyForm form, Weight weight)
    {
        (ReadOnlyMemory<byte> body, Problem? problem) = await ReadBodyAsync(context, form);
        return (body, problem ?? await EnterAsync(context, weight));
    }

    /// <summary>Waits for a place, which the request keeps to its end; the problem to answer with where there is none soon.</summary>
    public Task<Problem?> EnterAsync(HttpContext context, Weight weight) => EnterAsync(context, cancel => _rooms[weight].AcquireAsync(1, cancel), own: false);

    /// <summary>Takes a place without a request; null where there is none.</summary>
    public IDisposable? TryEnter(Weight weight) => _rooms[weight].AttemptAcquire() is { IsAcquired: true } lease ? lease : null;

    private async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadBodyAsync(HttpContext context, BodyForm form)
    {
        BodyAllowance.Share share = _bodies.Begin(form);
        context.Response.RegisterForDispose(share);
        return await RequestBody.ReadAsync(context.Request, form, _bodies, share, context.RequestAborted);
    }

    private async Task<Problem?> EnterAsync(HttpContext context, Func<CancellationToken, ValueTask<RateLimitLease>> acquire, bool own)
    {
        using var patience = new CancellationTokenSource(WaitMax, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        try
        {
            RateLimitLease lease = await acquire(either.Token);
            context.Response.RegisterForDispose(lease);
            if (lease.IsAcquired)
            {
                return null;
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Waited in vain: the same answer as where nobody may wait any more.
        }

        return own ? TooManyAtOnce() : Busy();
    }

    private Problem? TooManyComplaints(TimeSpan? wait) => wait is { } later
        ? TooMany(
            "too-many-complaints",
            "Nothing was stored: too many complaints came in the last hour. Come again later, or call the hotline, which the site names.",
            later,
            string.Create(CultureInfo.InvariantCulture, $"at most {_limits.ComplaintsAnHourOfSource} an hour that are kept, and {_limits.ComplaintAttemptsAnHour} that are sent"))
        : null;

    private Problem TooManyAtOnce() => TooMany(
        "too-many-at-once",
        "Nothing was stored: too many requests of your department wait already.",
        Soon,
        string.Create(CultureInfo.InvariantCulture, $"at most {_limits.DepartmentAtOnce} at once"));

    /// <summary>All that can be worked on at once is being worked on.</summary>
    public static Problem Busy() => new(
        StatusCodes.Status503ServiceUnavailable,
        "Too much is asked of the app at this moment. Nothing of the request was done.",
        new Finding("", "busy", "Wait as long as Retry-After says, and send it again with the same key."))
    {
        RetryAfter = Soon,
    };

    private static Problem TooMany(string code, string detail, TimeSpan later, string wanted) => new(
        StatusCodes.Status429TooManyRequests, detail, new Finding("", code, "Wait as long as Retry-After says.", null, wanted)) { RetryAfter = later };

    private static ConcurrencyLimiterOptions OptionsOf(Room room) => new()
    {
        PermitLimit = room.AtOnce,
        QueueLimit = room.Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };
}

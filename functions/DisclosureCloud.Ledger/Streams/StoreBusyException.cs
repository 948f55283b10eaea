namespace DisclosureCloud.Ledger;

/// <summary>A store that is there did not take the request in time: it had too much to do, or did not answer.</summary>
/// <remarks>
/// What was asked may have been done or not. Whoever asked repeats it; every write of ours may be repeated. A caller over HTTP is told 503
/// with <c>Retry-After</c>; a message of a queue comes again.
/// </remarks>
/// <param name="store">Which store, such as <c>cosmos/ledger</c>.</param>
/// <param name="retryAfter">After which time it is worth trying again.</param>
/// <param name="cause">What the store's client said.</param>
public sealed class StoreBusyException(string store, TimeSpan retryAfter, Exception? cause = null)
    : Exception($"The store '{store}' is busy or does not answer; try again in {retryAfter:c}.", cause)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

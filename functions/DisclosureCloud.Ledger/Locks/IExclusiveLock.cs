namespace DisclosureCloud.Ledger;

/// <summary>A lock between processes, and perhaps between machines: at most one holder at a time.</summary>
/// <remarks>
/// <para>The contract, numbered; <c>ExclusiveLockContract</c> in the tests runs it on every implementation.</para>
/// <para>1. Of any number who ask at once, in one process or several, one has the lock. The others wait; who is next is not promised.</para>
/// <para>2. Disposing what was acquired lets go of the lock. It may be done twice, and never takes the lock from another holder. It does
/// not throw: the work under the lock is done, and a lock that could not be let go of ends by itself.</para>
/// <para>3. A holder that dies, however it dies, does not keep the lock for ever.</para>
/// <para>4. A lock over a network is a lease: a holder that was frozen, or cut off, may lose it to another and go on working until it
/// looks. <see cref="IHeldLock.Lost"/> tells it; what must not be written twice needs a condition at the store that it is written to.</para>
/// </remarks>
public interface IExclusiveLock
{
    /// <param name="wait">For how long to wait for whoever has it; zero tries once.</param>
    /// <exception cref="TimeoutException">Another held it all that time.</exception>
    /// <exception cref="StoreBusyException">Whether another holds it could not be asked.</exception>
    Task<IHeldLock> AcquireAsync(TimeSpan wait, CancellationToken cancellationToken);
}

/// <summary>A lock that is held until it is disposed, or lost.</summary>
public interface IHeldLock : IAsyncDisposable
{
    /// <summary>Cancelled as soon as the holder can no longer be sure that it has the lock. It never has it again.</summary>
    CancellationToken Lost { get; }
}

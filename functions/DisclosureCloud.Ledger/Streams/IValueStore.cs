namespace DisclosureCloud.Ledger;

/// <summary>Where forgettable values lie with their salts, by commitment. Unlike the ledger, it can forget.</summary>
/// <remarks>
/// <para>The contract, numbered; <c>ValueStoreContract</c> in the tests runs it on every implementation.</para>
/// <para>1. What <see cref="PutAsync"/> returned from is durable. Values are put before the commit that holds their commitments.</para>
/// <para>2. Putting the same opening again changes nothing.</para>
/// <para>3. <see cref="GetAsync"/> returns the openings that are there, each once; one that is missing is forgotten, not an error.</para>
/// <para>4. What <see cref="ForgetAsync"/> returned from is gone from the store's files too, not merely marked.</para>
/// <para>5. <see cref="ReadPutBeforeAsync"/> gives the openings put before a moment, oldest first, for the sweep that removes values
/// whose commit never came.</para>
/// </remarks>
public interface IValueStore
{
    Task PutAsync(IReadOnlyCollection<Opening> openings, CancellationToken cancellationToken);

    Task<IReadOnlyList<Opening>> GetAsync(IReadOnlyCollection<Commitment> commitments, CancellationToken cancellationToken);

    Task ForgetAsync(IReadOnlyCollection<Commitment> commitments, CancellationToken cancellationToken);

    IAsyncEnumerable<Opening> ReadPutBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);
}

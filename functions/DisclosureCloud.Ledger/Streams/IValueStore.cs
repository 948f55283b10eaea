namespace DisclosureCloud.Ledger;

/// <summary>Where forgettable values lie with their salts, by the posting that brought them. Unlike the ledger, it can forget.</summary>
/// <remarks>
/// <para>Whoever wants one value of a posting mostly wants them all, and a store may keep them together: a large notice has thousands.</para>
/// <para>The contract, numbered; <c>ValueStoreContract</c> in the tests runs it on every implementation.</para>
/// <para>1. What <see cref="PutAsync"/> returned from is durable. Values are put before the commit that holds their commitments.</para>
/// <para>2. Putting the same opening again changes nothing; where it was forgotten meanwhile, it is there again.</para>
/// <para>3. <see cref="GetAsync"/> returns every opening that is kept under the postings, each once, in no order. A commitment that is not
/// among them is forgotten, which is no error.</para>
/// <para>4. What <see cref="ForgetAsync"/> returned from is gone from the store's files too, not merely marked, however often it was put.
/// A value that is not there, or not under that posting, is no error; all others stay.</para>
/// <para>5. <see cref="ReadPutBeforeAsync"/> gives the openings put before a moment, oldest first: for the sweep that removes values whose
/// commit never came, and, with the last moment there is, for whoever wants all. What is forgotten or put meanwhile may be among them. An
/// opening that was put twice, each time among others, may come twice.</para>
/// <para>6. Any number of callers may do any of this at once, in any number of processes.</para>
/// </remarks>
public interface IValueStore
{
    Task PutAsync(IReadOnlyCollection<Opening> openings, CancellationToken cancellationToken);

    Task<IReadOnlyList<Opening>> GetAsync(IReadOnlyCollection<PostingId> postings, CancellationToken cancellationToken);

    Task ForgetAsync(IReadOnlyCollection<ValueKey> values, CancellationToken cancellationToken);

    IAsyncEnumerable<Opening> ReadPutBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);
}

namespace DisclosureCloud.Ledger;

/// <summary>Where the files of the public site lie: a folder, or a blob container. Only whoever holds the publish lock writes.</summary>
/// <remarks>
/// <para>Paths are relative, with <c>/</c>, without empty, <c>.</c> or <c>..</c> parts, such as <c>en/funds/f1/index.html</c>.</para>
/// <para>The contract, numbered:</para>
/// <para>1. <see cref="StageAsync"/> keeps the bytes aside. Nothing that a reader of the site sees changes. May be called in parallel.</para>
/// <para>2. <see cref="ApplyAsync"/> makes the staged files public, each replaced whole, in the order given, and removes what is to be
/// removed before it puts the last file: that one is the commit point. What was to be done is durable before the first file changes.</para>
/// <para>3. A crash during staging leaves the site as it was; a crash during applying is rolled forward by <see cref="RecoverAsync"/>,
/// which every publisher calls first. Recovering twice is the same as once. What was staged and never applied is discarded, by
/// recovery or by an apply that leaves it out. Until a crash during applying is recovered, staging and applying are refused.</para>
/// <para>4. A path is staged once (no two pages have one path) and is in the puts or the removals once; a removal of what is not
/// published does nothing.</para>
/// <para>5. Reading, staging or removing a path that is not of the form above throws <see cref="ArgumentException"/>.</para>
/// <para>6. Where the publish lock is a lease, a publisher that was frozen may go on after another has recovered and published. It then
/// changes nothing of what the other made public, and throws <see cref="PublisherOvertakenException"/>.</para>
/// </remarks>
public interface ISiteFiles
{
    /// <summary>A published file's bytes, or null where there is none.</summary>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>The paths of all published files, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>What is published now, to hold other files against.</summary>
    async Task<ISiteLook> LookAsync(CancellationToken cancellationToken) => new ReadingLook(this, await ListAsync(cancellationToken));

    /// <exception cref="InvalidOperationException">The path is staged already, or recovery was not called.</exception>
    Task StageAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <param name="puts">Staged paths in the order in which they become public.</param>
    /// <param name="removals">Published paths that go.</param>
    /// <exception cref="InvalidOperationException">A path to be put was not staged, or recovery was not called.</exception>
    /// <exception cref="ArgumentException">A path is given more than once.</exception>
    /// <exception cref="PublisherOvertakenException">Another publisher has recovered since this one did.</exception>
    Task ApplyAsync(IReadOnlyList<string> puts, IReadOnlyList<string> removals, CancellationToken cancellationToken);

    /// <exception cref="PublisherOvertakenException">Another publisher recovered at the same time.</exception>
    Task RecoverAsync(CancellationToken cancellationToken);
}

using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Following;

/// <summary>Puts every commit of the ledger into the archive, each as a file of its own that is created once and never changed.</summary>
/// <remarks>
/// <c>commits/{stream}/{version}-{hash}.json</c>, the commit's canonical bytes: ids, codes, amounts, dates and commitments. The values behind
/// the commitments are not in it, so that they can be forgotten. The name holds the first half of the SHA-256 of the bytes: in a container
/// that never forgets, nobody else can take the place of a commit to come.
/// </remarks>
internal sealed class Archiver(ILedgerStore ledger, IArchiveFiles archive, ICellStore cells, Alarms alarms) : IDisposable
{
    public const string Folder = "commits/";

    private const string Extension = ".json";

    private const int VersionLength = 10;

    /// <summary>128 bits, in hexadecimal: who would take the place must know the bytes.</summary>
    private const int HashLength = 32;

    /// <summary>A crash costs at most so many files put again, which change nothing.</summary>
    private const int MarkEvery = 100;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly LedgerReader _new = new(ledger, cells, "archive");

    /// <summary>Puts what is new.</summary>
    /// <returns>How many commits were put, or found to be there.</returns>
    /// <exception cref="ArchiveException">The archive holds something else in a commit's place. Nothing after it was put.</exception>
    public async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await FollowOnAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Sees to it that commits are in the archive, and waits for no others. Those that this process has put are not put again.</summary>
    /// <exception cref="ArchiveException">The archive holds something else in a commit's place.</exception>
    public async Task EnsureAsync(IReadOnlyList<Commit> commits, CancellationToken cancellationToken)
    {
        foreach (Commit commit in commits.Where(commit => !_new.HasDone(commit)))
        {
            await PutAsync(commit, cancellationToken);
        }
    }

    /// <summary>Puts a commit that the archive was found to lack.</summary>
    /// <exception cref="ArchiveException">The archive holds something else in its place.</exception>
    public Task PutAgainAsync(Commit commit, CancellationToken cancellationToken) => PutAsync(commit, cancellationToken);

    /// <summary>True where the file is one that we put: the commit of its name, byte for byte.</summary>
    public async Task<bool> IsOursAsync(string path, CancellationToken cancellationToken) =>
        Parse(path) is var (stream, version)
        && await ledger.ReadAsync(stream, version, cancellationToken) is { } commit
        && commit.ToBytes() is var expected
        && PathOf(commit, expected) == path
        && await archive.ReadAsync(path, cancellationToken) is { } bytes
        && bytes.AsSpan().SequenceEqual(expected);

    public void Dispose() => _one.Dispose();

    /// <summary>Where a commit lies. Ten digits, so that the names stand by version.</summary>
    internal static string PathOf(Commit commit) => PathOf(commit, commit.ToBytes());

    private static string PathOf(Commit commit, byte[] bytes) => string.Create(
        CultureInfo.InvariantCulture, $"{Folder}{commit.Stream.Value}/{commit.Version:D10}-{Sha256Hex.Of(bytes).Value[..HashLength]}{Extension}");

    /// <summary>True where the name's hash is that of the bytes.</summary>
    internal static bool IsNameOf(string path, ReadOnlySpan<byte> bytes) =>
        path.EndsWith($"-{Sha256Hex.Of(bytes).Value[..HashLength]}{Extension}", StringComparison.Ordinal);

    /// <summary>Which commit a file is, by its name; null where the archiver writes no such name.</summary>
    internal static (StreamName Stream, long Version)? Parse(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal)
        && path.LastIndexOf('/') is var slash && slash > Folder.Length
        && path.Length == slash + 1 + VersionLength + 1 + HashLength + Extension.Length
        && StreamName.TryParse(path[Folder.Length..slash], out StreamName stream)
        && long.TryParse(path.AsSpan(slash + 1, VersionLength), NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? (stream, version)
            : null;

    private async Task<int> FollowOnAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        var put = new List<CommitAt>();
        await foreach (CommitAt read in _new.ReadAsync(cancellationToken))
        {
            await PutAsync(read.Commit, cancellationToken);
            put.Add(read);
            if (put.Count == MarkEvery)
            {
                count += await MarkAsync(put, cancellationToken);
            }
        }

        return count + await MarkAsync(put, cancellationToken);
    }

    private async Task<int> MarkAsync(List<CommitAt> put, CancellationToken cancellationToken)
    {
        int count = put.Count;
        await _new.DoneAsync(put, cancellationToken);
        put.Clear();
        return count;
    }

    private async Task PutAsync(Commit commit, CancellationToken cancellationToken)
    {
        byte[] bytes = commit.ToBytes();
        string path = PathOf(commit, bytes);
        if (await archive.PutAsync(path, bytes, cancellationToken) == PutOutcome.Conflict)
        {
            alarms.Raise(Alarm.ForeignBlob, $"The archive holds something else than the ledger at {path}.");
            throw new ArchiveException($"The archive holds something else than the ledger at {path}. Nothing after it is archived or published.");
        }
    }
}

/// <summary>The archive is not what the ledger made it: somebody else wrote to it.</summary>
internal sealed class ArchiveException(string message) : Exception(message);

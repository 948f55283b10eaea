using System.Security.Cryptography;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>One log of the world after another: the one that ends is published, and the next has a key, a place and a lock row of its own.</summary>
internal sealed partial class LogWorld
{
    /// <summary>Publishes a tree of the log as its last, with the note that it ended.</summary>
    /// <param name="change">Makes another end of the right one.</param>
    public async Task EndAsync(string? successor, TreeHead head, Func<FrozenLog, FrozenLog>? change = null)
    {
        var files = new LogFiles(_full, _edge);
        foreach (TileCoordinate tile in Tiling.Tiles(head.Size))
        {
            await PutAsync(tile.Path, await files.ReadAsync(tile, Cancel));
        }

        foreach (EntryBundleCoordinate bundle in Tiling.EntryBundles(head.Size))
        {
            await PutAsync(bundle.Path, await files.ReadAsync(bundle, Cancel));
        }

        // As the publisher of a successor does: the files of the logs before go below its own.
        foreach ((string path, byte[] bytes) in _full.Files.Where(file => file.Key.StartsWith(Succession.Folder, StringComparison.Ordinal)))
        {
            await PutAsync(path, bytes);
        }

        var end = new FrozenLog(Signer.Origin, head, new DateOnly(2026, 3, 2), FreezeReason.Closed, successor);
        await PutAsync("vkey", System.Text.Encoding.UTF8.GetBytes($"{Key}\n"));
        await PutAsync("checkpoint", Signer.Sign(head).Note.ToBytes());
        await PutAsync("frozen", Signer.Freeze(change?.Invoke(end) ?? end).Note.ToBytes());
    }

    /// <summary>Goes on as another log: with a key, a place and a lock row of its own.</summary>
    public void Succeed(string origin)
    {
        Predecessor = new Predecessor(Signer.Origin, [Key, .. Predecessor?.Keys ?? []]);
        (_full, _edge, _cells) = (new MemoryArchive(), new MemoryArchive(), new MemoryCells());
        (Key, Signer) = MakeKey(origin);
    }

    /// <summary>Another name in the same place: what an operator may do by mistake.</summary>
    public void Rename(string origin)
    {
        Predecessor = new Predecessor(Signer.Origin, [Key]);
        (Key, Signer) = MakeKey(origin);
    }

    /// <summary>Takes the lock row away.</summary>
    public async Task LoseRowAsync() =>
        await _cells.DeleteAsync(LogHome.First.Row, (await _cells.GetAsync(LogHome.First.Row, Cancel))!.Tag, Cancel);

    /// <summary>The tree of the first checkpoint that the log's row ever had.</summary>
    public TreeHead? FirstSigned { get; private set; }

    /// <summary>Puts a file below the site's <c>/log/</c>; null takes it away.</summary>
    public async Task PutAsync(string path, byte[]? bytes)
    {
        string[] puts = bytes is null ? [] : [$"log/{path}"];
        if (bytes is not null)
        {
            await Site.StageAsync(puts[0], bytes, Cancel);
        }

        await Site.ApplyAsync(puts, bytes is null ? [$"log/{path}"] : [], Cancel);
    }

    private (VerifierKey Key, CheckpointSigner Signer) MakeKey(string origin)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _owned.Add(key);
        var signer = new EcdsaP256Signer(origin, key);
        return (signer.VerifierKey, new CheckpointSigner(origin, [signer], [new EcdsaP256Verifier(signer.VerifierKey)]));
    }
}

using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>The keys of the log: those that sign its checkpoints, and those that once did.</summary>
/// <remarks>
/// A new key comes in beside the old one: while the old seed is there too, both sign, so that a reader who knows either verifies. Then the
/// old seed goes, and its verifier keys stay known as retired. The signers are for one thread at a time.
/// </remarks>
internal sealed class LogKeys : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly List<INoteSigner> _signers = [];
    private readonly List<VerifierKey> _verifierKeys = [];

    private LogKeys()
    {
    }

    /// <summary>In the order of the lines of a checkpoint: Ed25519, P-256, and then the same of the old key while there is one.</summary>
    public IReadOnlyList<INoteSigner> Signers => _signers;

    /// <summary>The keys of the signers in their order, and then the retired ones.</summary>
    public IReadOnlyList<VerifierKey> VerifierKeys => _verifierKeys;

    /// <summary>What verifies any checkpoint that this log ever signed. That the stored one does shows that the seed is still the log's.</summary>
    public IReadOnlyList<INoteVerifier> Verifiers => [.. _verifierKeys.Select(NoteVerifier.Of)];

    /// <summary>The file <c>/log/vkey</c>: a verifier key a line.</summary>
    public byte[] VkeyBytes => BytesOf(_verifierKeys);

    /// <summary>The file as it goes with a checkpoint: the keys that signed it stand first.</summary>
    /// <remarks>Readers want a signature of the first key of each type. A checkpoint from before a rotation has none of the new keys, until the log grows.</remarks>
    public byte[] VkeyBytesOf(SignedNote shown) => BytesOf(
        _verifierKeys.OrderByDescending(key => shown.Signatures.Any(line => line.Name == key.Name && line.KeyId == key.KeyId)));

    /// <summary>Opens the seeds that are set, or else those in files; where there is none, and the data are on this machine, one is made.</summary>
    /// <exception cref="InvalidOperationException">
    /// The storage is in Azure and no seed is set; this process is the API, which signs nothing; a file holds no seed; both seeds are the same;
    /// a retired key is not of this log; a key is one of the log before.
    /// </exception>
    /// <exception cref="InvalidDataException">Others than its owner may read or write a seed file.</exception>
    /// <exception cref="LibcryptoMissingException">This machine has no OpenSSL.</exception>
    public static LogKeys Open(Deployment deployment)
    {
        using LogSeed seed = OpenSeed(deployment);
        using LogSeed? oldSeed = OpenOldSeed(deployment);
        if (oldSeed is not null && CryptographicOperations.FixedTimeEquals(seed.Bytes, oldSeed.Bytes))
        {
            throw new InvalidOperationException("The log's old seed is its seed: nothing would be rotated. Give it a new seed, or take the old one away.");
        }

        var keys = new LogKeys();
        try
        {
            keys.AddSigners(deployment.Origin, seed);
            if (oldSeed is not null)
            {
                keys.AddSigners(deployment.Origin, oldSeed);
            }

            keys.AddRetired(deployment.Origin, deployment.Log.RetiredKeys);
            keys.RefuseKeysOf(deployment.Predecessor);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (IDisposable key in _owned)
        {
            key.Dispose();
        }
    }

    private static byte[] BytesOf(IEnumerable<VerifierKey> keys) => Encoding.UTF8.GetBytes(string.Concat(keys.Select(key => $"{key}\n")));

    // Whoever has stolen the old log's seed could sign for the new one; and of a signature nobody could say for which of the two it was.
    private void RefuseKeysOf(Predecessor? predecessor)
    {
        foreach (VerifierKey old in predecessor?.Keys ?? [])
        {
            if (_verifierKeys.Exists(key => key.Type == old.Type && key.PublicKey.SequenceEqual(old.PublicKey)))
            {
                throw new InvalidOperationException($"The log's seed makes the key {old.KeyId} of the log '{old.Name}', which came before it. A log that follows another has a seed of its own: take a new one.");
            }
        }
    }

    private static LogSeed OpenSeed(Deployment deployment) => deployment switch
    {
        { Role: AppRole.Api } => throw new InvalidOperationException("The role 'api' signs nothing, and has no use for the log's seed."),
        _ when deployment.Log.Seed() is { } set => set,

        // A function app's disk is gone with its machine, and the log's key with it.
        { Storage: StoragePlace.Azure { IsLocal: false } } => throw new InvalidOperationException(
            $"{LogSettings.SeedSetting} is needed where the storage is in Azure: a reference to a secret in Key Vault, the base64 of {LogSeed.Size} random bytes. It is for the publisher alone."),
        _ => LogSeed.OpenOrMake(deployment.LogSeedFile),
    };

    // Where the seed is a setting, so is the old one: a forgotten file must not sign.
    private static LogSeed? OpenOldSeed(Deployment deployment)
    {
        using LogSeed? set = deployment.Log.Seed();
        return set is not null ? deployment.Log.OldSeed()
            : File.Exists(deployment.LogOldSeedFile) ? LogSeed.Read(deployment.LogOldSeedFile)
            : null;
    }

    private void AddSigners(string origin, LogSeed seed)
    {
        Ed25519Signer ed25519 = LogKeyDerivation.Ed25519(origin, seed.Bytes);
        _owned.Add(ed25519);
        ECDsa p256 = LogKeyDerivation.P256(seed.Bytes);
        _owned.Add(p256);
        var ecdsa = new EcdsaP256Signer(origin, p256);
        _signers.AddRange([ed25519, ecdsa]);
        _verifierKeys.AddRange([ed25519.VerifierKey, ecdsa.VerifierKey]);
    }

    private void AddRetired(string origin, IReadOnlyList<VerifierKey> retired)
    {
        foreach (VerifierKey key in retired)
        {
            if (key.Name != origin || key.Type is not (SignatureType.Ed25519 or SignatureType.EcdsaP256))
            {
                throw new InvalidOperationException($"The retired key '{key}' is none of the log '{origin}': its name is the origin, and it is of the type Ed25519 or P-256.");
            }

            // One that still signs may be named already: that mends itself when its seed goes.
            if (!_verifierKeys.Exists(known => known.KeyId == key.KeyId))
            {
                _verifierKeys.Add(key);
            }
        }
    }
}

using System.Security.Cryptography;
using DisclosureCloud.Storage;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>The 32 bytes of chance that a log's keys are made of. It is overwritten on disposal, and is never printed.</summary>
internal sealed class LogSeed : IDisposable
{
    public const int Size = 32;

    /// <summary>What an app setting is that names a secret, where Azure could not put the secret in its place.</summary>
    private const string UnresolvedReference = "@Microsoft.KeyVault(";

    /// <summary>The text of a seed is 44 bytes; the rest is for white space at its end.</summary>
    private const int FileSizeMax = 64;

    private readonly byte[] _bytes;

    private LogSeed(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads base64, as it stands in a setting or a file.</summary>
    /// <param name="where">The setting or file that has it, for messages.</param>
    /// <exception cref="InvalidOperationException">It is no base64 of 32 bytes. The message begins with where, and has nothing of the text.</exception>
    public static LogSeed Parse(string text, string where)
    {
        if (text.StartsWith(UnresolvedReference, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"{where} is a reference to Key Vault that Azure did not resolve: the app's identity may not read the secret, or there is no secret of this name. The portal says which, beside the setting.");
        }

        byte[] bytes = new byte[Size + 1];
        if (Convert.TryFromBase64String(text, bytes, out int length) && length == Size)
        {
            byte[] seed = bytes[..Size];
            CryptographicOperations.ZeroMemory(bytes);
            return new LogSeed(seed);
        }

        CryptographicOperations.ZeroMemory(bytes);
        throw new InvalidOperationException($"{where} is no seed: wanted the base64 of {Size} random bytes, such as 'openssl rand -base64 {Size}' writes.");
    }

    /// <summary>Reads a seed file, or makes it where there is none. Of two processes that make it at once one wins, and both use that seed.</summary>
    /// <exception cref="InvalidOperationException">It holds no seed.</exception>
    /// <exception cref="InvalidDataException">Others than its owner may read or write it, or it is too large.</exception>
    public static LogSeed OpenOrMake(string file)
    {
        if (!File.Exists(file))
        {
            byte[] made = RandomNumberGenerator.GetBytes(Size);
            PrivateFile.WriteOnce(file, Convert.ToBase64String(made) + "\n");
            CryptographicOperations.ZeroMemory(made);
        }

        return Read(file);
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">It holds no seed.</exception>
    /// <exception cref="InvalidDataException">Others than its owner may read or write it, or it is too large.</exception>
    public static LogSeed Read(string file) => Parse(PrivateFile.Read(file, FileSizeMax), $"'{file}'");

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}

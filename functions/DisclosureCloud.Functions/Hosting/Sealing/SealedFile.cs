using System.Security.Cryptography;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sealing;

/// <summary>A file as it lies in its store: encrypted with a key of its own (AES-256-GCM), which is kept elsewhere.</summary>
/// <remarks>
/// Its bytes: "DCE1", the commitment (32), the nonce (12), the tag (16), then the encrypted file. What it is, is bound to it, so that one file
/// cannot be given out as another. The commitment stands in front so that it is known which of two writers of one path was first; it tells
/// nothing of the file.
/// </remarks>
internal static class SealedFile
{
    /// <summary>How much has to be read to know whose it is.</summary>
    public const int PrefixLength = 4 + SHA256.HashSizeInBytes;

    private const int NonceLength = 12;

    private const int TagLength = 16;

    private const int HeaderLength = PrefixLength + NonceLength + TagLength;

    private static ReadOnlySpan<byte> Magic => "DCE1"u8;

    public static byte[] Seal(FileSeal seal, ReadOnlySpan<byte> file, ISaltSource salts)
    {
        byte[] all = new byte[HeaderLength + file.Length];
        Magic.CopyTo(all);
        Convert.FromHexString(seal.Commitment.Hex).CopyTo(all, Magic.Length);
        Span<byte> nonce = all.AsSpan(PrefixLength, NonceLength);
        salts.Fill(nonce);
        using var aes = new AesGcm(seal.Key.Span, TagLength);
        aes.Encrypt(nonce, file, all.AsSpan(HeaderLength), all.AsSpan(PrefixLength + NonceLength, TagLength), seal.Bound());
        return all;
    }

    /// <summary>True for what begins like a file of ours.</summary>
    public static bool IsOne(ReadOnlySpan<byte> stored) => stored.Length >= PrefixLength && stored.StartsWith(Magic);

    /// <summary>The commitment to the file that lies there.</summary>
    /// <exception cref="InvalidDataException">It is no file of ours.</exception>
    public static Commitment CommitmentOf(ReadOnlySpan<byte> stored) => IsOne(stored)
        ? Commitment.Parse(Convert.ToHexStringLower(stored[Magic.Length..PrefixLength]))
        : throw new InvalidDataException("A store of sealed files holds what is no file of this form.");

    /// <summary>The file as it was sealed.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut off, of another key, or another file: none of it is given out.</exception>
    public static byte[] Open(FileSeal seal, ReadOnlySpan<byte> stored)
    {
        if (stored.Length != HeaderLength + seal.Length || CommitmentOf(stored) != seal.Commitment)
        {
            throw new InvalidDataException($"What is stored of the {seal} is another file, or not all of it.");
        }

        byte[] file = new byte[seal.Length];
        using var aes = new AesGcm(seal.Key.Span, TagLength);
        try
        {
            aes.Decrypt(stored.Slice(PrefixLength, NonceLength), stored[HeaderLength..], stored.Slice(PrefixLength + NonceLength, TagLength), file, seal.Bound());
        }
        catch (AuthenticationTagMismatchException altered)
        {
            throw new InvalidDataException($"What is stored of the {seal} was altered, or is not of its key.", altered);
        }

        return Commitment.Of(seal.Salt.Span, file) == seal.Commitment
            ? file
            : throw new InvalidDataException($"The {seal} is not what was committed to.");
    }
}

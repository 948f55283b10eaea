using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>An evidence file as it lies in its store: encrypted with a key of its own (AES-256-GCM), which is kept elsewhere.</summary>
/// <remarks>
/// Its bytes: "DCE1", the commitment (32), the nonce (12), the tag (16), then the encrypted file. What is said of the file is bound to it, so
/// that one file cannot be given out as another. The commitment stands in front so that it is known which of two senders of one id was first;
/// it tells nothing of the file.
/// </remarks>
internal static class SealedEvidence
{
    /// <summary>How much has to be read to know whose it is.</summary>
    public const int PrefixLength = 4 + SHA256.HashSizeInBytes;

    private const int NonceLength = 12;

    private const int TagLength = 16;

    private const int HeaderLength = PrefixLength + NonceLength + TagLength;

    private static ReadOnlySpan<byte> Magic => "DCE1"u8;

    public static byte[] Seal(EvidenceRecord record, ReadOnlySpan<byte> file, ISaltSource salts)
    {
        byte[] all = new byte[HeaderLength + file.Length];
        Magic.CopyTo(all);
        Convert.FromHexString(record.Commitment.Hex).CopyTo(all, Magic.Length);
        Span<byte> nonce = all.AsSpan(PrefixLength, NonceLength);
        salts.Fill(nonce);
        using var aes = new AesGcm(record.Key.Span, TagLength);
        aes.Encrypt(nonce, file, all.AsSpan(HeaderLength), all.AsSpan(PrefixLength + NonceLength, TagLength), Bound(record));
        return all;
    }

    /// <summary>The commitment to the file that lies there.</summary>
    /// <exception cref="InvalidDataException">It is no file of ours.</exception>
    public static Commitment CommitmentOf(ReadOnlySpan<byte> stored) => stored.Length >= PrefixLength && stored.StartsWith(Magic)
        ? Commitment.Parse(Convert.ToHexStringLower(stored[Magic.Length..PrefixLength]))
        : throw new InvalidDataException("The store of evidence files holds what is no evidence file of this form.");

    /// <summary>The file as it was sent.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut off, of another key, or another file: none of it is given out.</exception>
    public static byte[] Open(EvidenceRecord record, ReadOnlySpan<byte> stored)
    {
        if (stored.Length != HeaderLength + record.Length || CommitmentOf(stored) != record.Commitment)
        {
            throw new InvalidDataException($"What is stored of the {record} is another file, or not all of it.");
        }

        byte[] file = new byte[record.Length];
        using var aes = new AesGcm(record.Key.Span, TagLength);
        try
        {
            aes.Decrypt(stored.Slice(PrefixLength, NonceLength), stored[HeaderLength..], stored.Slice(PrefixLength + NonceLength, TagLength), file, Bound(record));
        }
        catch (AuthenticationTagMismatchException altered)
        {
            throw new InvalidDataException($"What is stored of the {record} was altered, or is not of its key.", altered);
        }

        return Commitment.Of(record.Salt.Span, file) == record.Commitment
            ? file
            : throw new InvalidDataException($"The {record} is not what was committed to.");
    }

    private static byte[] Bound(EvidenceRecord record) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"disclosurecloud/evidence/1\n{record.Id}\n{record.MediaType}\n{record.Length}\n{record.Commitment}"));
}

using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;

namespace DisclosureCloud.Functions.Commands;

/// <summary>Names what is imported by what it says, so that the same is recorded once, however often it is imported.</summary>
/// <remarks>
/// The id of a posting is public for ever, and comes from its key. Were the key a bare hash of what is said, whoever guesses a text that was
/// redacted could find it again (design section 11): so it is a hash with a secret of this data folder. Without that file the same import is
/// another one.
/// </remarks>
internal sealed class ImportKeys
{
    private const int SecretLength = 32;

    private readonly byte[] _secret;

    private ImportKeys(byte[] secret) => _secret = secret;

    /// <summary>The secret of the data folder, made when it is first used.</summary>
    /// <exception cref="InvalidDataException">The file is open to others, or is none of ours.</exception>
    public static ImportKeys Open(Deployment deployment)
    {
        if (!File.Exists(deployment.ImportKeyFile))
        {
            PrivateFile.WriteOnce(deployment.ImportKeyFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretLength)));
        }

        string text = PrivateFile.Read(deployment.ImportKeyFile, 2 * SecretLength);
        return text.Length == 2 * SecretLength && text.All(char.IsAsciiHexDigitLower)
            ? new ImportKeys(Convert.FromHexString(text))
            : throw new InvalidDataException($"'{deployment.ImportKeyFile}' is no secret of ours: {2 * SecretLength} hexadecimal digits.");
    }

    public string OfNotice(FundId fund, Fingerprint content) => $"notice:{fund.Value}:{Named(Encoding.UTF8.GetBytes(content.Hex!))}";

    /// <summary>What the postings of a file have in common: what its rows say, however the program packed them that saved it.</summary>
    public string OfRows(IEnumerable<SheetRow> rows)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        foreach (SheetRow row in rows)
        {
            hash.AppendData(row.Body);
            hash.AppendData("\n"u8);
        }

        return $"rows:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private string Named(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, content));
}

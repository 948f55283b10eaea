using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DisclosureCloud.Ledger;

/// <summary>A SHA-256 hash in lower-case hexadecimal.</summary>
public readonly record struct Sha256Hex : IId<Sha256Hex>
{
    private Sha256Hex(string value) => Value = value;

    public static string Pattern => "^[0-9a-f]{64}$";

    public string Value { get; }

    public static Sha256Hex Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public static bool TryParse([NotNullWhen(true)] string? text, out Sha256Hex id)
    {
        bool good = text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
        id = good ? new Sha256Hex(text!) : default;
        return good;
    }

    public override string ToString() => Value ?? "";
}

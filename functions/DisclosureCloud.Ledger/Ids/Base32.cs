using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace DisclosureCloud.Ledger;

/// <summary>Ids that are the beginning of a hash, in base32 (RFC 4648, section 6) in lower case: they can be read aloud.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    /// <summary>The first characters of base32(SHA-256(text)), five bits each.</summary>
    public static string HashOf(string text, int length) => Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)), length);

    /// <summary>The first characters of bytes in base32, five bits each. There are no more of them than the bytes have.</summary>
    public static string Of(ReadOnlySpan<byte> bytes, int length) => string.Create(length, bytes, static (text, bytes) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            int bit = i * 5;
            int next = (bit / 8) + 1;
            int pair = (bytes[next - 1] << 8) | (next < bytes.Length ? bytes[next] : 0);
            text[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }
    });

    /// <summary>True for a text of so many characters, all of the alphabet.</summary>
    public static bool Is([NotNullWhen(true)] string? text, int length) => text?.Length == length && !text.AsSpan().ContainsAnyExcept(Characters);
}

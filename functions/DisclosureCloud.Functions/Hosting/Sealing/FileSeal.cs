using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sealing;

/// <summary>What opens one sealed file: once this is forgotten, nobody can.</summary>
/// <param name="Name">What the file is called in diagnostics: its sort and id.</param>
/// <param name="Subject">What the file is, in lines: it opens as nothing else.</param>
/// <param name="Length">In bytes, before it was sealed.</param>
/// <param name="Commitment">To the salt and the file's bytes.</param>
/// <param name="Salt">32 random bytes.</param>
/// <param name="Key">32 random bytes, for this file alone.</param>
internal sealed record FileSeal(string Name, string Subject, int Length, Commitment Commitment, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Key)
{
    /// <summary>256 bits.</summary>
    public const int KeyLength = 32;

    /// <summary>A new one for a file.</summary>
    public static FileSeal Of(string name, string subject, ReadOnlySpan<byte> file, ISaltSource salts)
    {
        byte[] salt = new byte[Commitment.SaltLength];
        salts.Fill(salt);
        byte[] key = new byte[KeyLength];
        salts.Fill(key);
        return new FileSeal(name, subject, file.Length, Commitment.Of(salt, file), salt, key);
    }

    /// <summary>The one of what was kept by <see cref="WriteTo"/>.</summary>
    public static FileSeal Read(string name, string subject, JsonNode json)
    {
        return new FileSeal(
            name, subject, json["bytes"]!.GetValue<int>(), Commitment.Parse(Text("commitment")), Convert.FromHexString(Text("salt")), Convert.FromBase64String(Text("key")));

        string Text(string member) => json[member]!.GetValue<string>();
    }

    /// <summary>Puts what is to be kept of it beside what else is kept of the file.</summary>
    public void WriteTo(JsonObject json)
    {
        json["bytes"] = Length;
        json["commitment"] = Commitment.Hex;
        json["salt"] = Convert.ToHexStringLower(Salt.Span);
        json["key"] = Convert.ToBase64String(Key.Span);
    }

    /// <summary>What the encryption is bound to.</summary>
    public byte[] Bound() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Subject}\n{Length}\n{Commitment}"));

    /// <summary>Names the file, and nothing else: a key must not reach diagnostics by way of a record's ToString.</summary>
    public override string ToString() => Name;
}

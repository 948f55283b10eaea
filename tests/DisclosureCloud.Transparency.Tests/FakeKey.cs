using System.Security.Cryptography;
using System.Text;

namespace DisclosureCloud.Transparency.Tests;

/// <summary>A key that signs by hashing: enough to see which keys a note asks, and of which text.</summary>
internal sealed class FakeKey(string name, uint keyId, string secret = "secret") : INoteSigner, INoteVerifier
{
    public string Name => name;

    public KeyId KeyId { get; } = new(keyId);

    public byte[] Sign(ReadOnlySpan<byte> text) => SHA256.HashData([.. Encoding.UTF8.GetBytes(secret), .. text]);

    public bool Accepts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => signature.SequenceEqual(Sign(text));
}

using System.Buffers.Binary;

namespace DisclosureCloud.Transparency;

/// <summary>One signature of a note (C2SP signed-note, "Signatures"): <c>— &lt;name&gt; &lt;base64(key id || signature)&gt;</c>.</summary>
public sealed class NoteSignature
{
    private const string Prefix = "\u2014 "; // An em dash.

    /// <param name="name">The key's name: not empty, without Unicode spaces and plus signs.</param>
    /// <param name="bytes">What the key signed with, at least one byte; the signature type says what they are.</param>
    /// <exception cref="ArgumentException">The name is not of its form, or there are no bytes.</exception>
    public NoteSignature(string name, KeyId keyId, ReadOnlyMemory<byte> bytes)
    {
        if (!NoteText.IsKeyName(name))
        {
            throw new ArgumentException($"A key name is not empty and has neither spaces nor plus signs; found '{name}'.", nameof(name));
        }

        if (bytes.IsEmpty)
        {
            throw new ArgumentException("A signature has at least one byte.", nameof(bytes));
        }

        Name = name;
        KeyId = keyId;
        Bytes = bytes;
    }

    public string Name { get; }

    public KeyId KeyId { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The line, without a newline.</summary>
    public string Line
    {
        get
        {
            byte[] signed = new byte[KeyId.Size + Bytes.Length];
            BinaryPrimitives.WriteUInt32BigEndian(signed, KeyId.Value);
            Bytes.Span.CopyTo(signed.AsSpan(KeyId.Size));
            return $"{Prefix}{Name} {Convert.ToBase64String(signed)}";
        }
    }

    /// <summary>Reads a <see cref="Line"/>, and nothing that is written otherwise.</summary>
    /// <exception cref="FormatException">Another form.</exception>
    public static NoteSignature Parse(string line)
    {
        string[] parts = line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..].Split(' ', 2) : [];
        if (parts.Length != 2 || !NoteText.IsKeyName(parts[0]))
        {
            throw new FormatException($"A signature line is '{Prefix}<key name> <base64>'; found another line of {line.Length} characters.");
        }

        byte[] signed = CanonicalBase64.Decode(parts[1]);
        return signed.Length > KeyId.Size
            ? new NoteSignature(parts[0], new KeyId(BinaryPrimitives.ReadUInt32BigEndian(signed)), signed.AsMemory(KeyId.Size))
            : throw new FormatException($"A signature is more than the {KeyId.Size} bytes of the key id; found {signed.Length}.");
    }

    /// <summary>Whether both are of one key: the name and the key id together tell it.</summary>
    internal bool IsOfTheKeyOf(NoteSignature other) => Name == other.Name && KeyId == other.KeyId;
}

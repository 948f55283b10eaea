namespace DisclosureCloud.Transparency;

/// <summary>Signs the texts of notes with one key.</summary>
public interface INoteSigner
{
    /// <summary>The name the key signs under.</summary>
    string Name { get; }

    KeyId KeyId { get; }

    /// <summary>The bytes that stand after the key id in the signature line.</summary>
    /// <param name="text">The note text in UTF-8, with its last newline and without the empty line after it.</param>
    byte[] Sign(ReadOnlySpan<byte> text);
}

/// <summary>Knows one key, and tells whether it signed.</summary>
public interface INoteVerifier
{
    /// <summary>The name the key signs under.</summary>
    string Name { get; }

    KeyId KeyId { get; }

    /// <summary>Whether the signature is this key's over this text. It throws for no signature, of whatever bytes and length.</summary>
    /// <param name="text">The note text in UTF-8, with its last newline and without the empty line after it.</param>
    /// <param name="signature">The bytes after the key id in the signature line.</param>
    bool Accepts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);
}

using System.Text;

namespace DisclosureCloud.Transparency;

/// <summary>A text and the signatures below it (C2SP signed-note, "Format"): text, an empty line, signature lines.</summary>
/// <remarks>That it was read says nothing: the text is to be ignored until <see cref="Verify"/> has returned.</remarks>
public sealed class SignedNote
{
    /// <summary>The longest note, in bytes: a checkpoint with 64 post-quantum signatures of 5 kB, in base64, and room to spare.</summary>
    public const int SizeMax = 512 * 1024;

    /// <summary>The most signatures. The specification asks for at least 16; a limit, so that reading a note cannot take for ever.</summary>
    public const int SignaturesMax = 64;

    private const string Separator = "\n\n";

    /// <param name="text">Ends in a newline; no ASCII control characters but newlines.</param>
    /// <param name="signatures">From 1 to <see cref="SignaturesMax"/>.</param>
    /// <exception cref="ArgumentException">The text is not of its form, or there are no or too many signatures, or too many bytes.</exception>
    public SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        Signatures = [.. signatures];
        if (FindFault(text, signatures.Count) is { } fault)
        {
            throw new ArgumentException(fault, nameof(text));
        }

        int size = NoteText.Utf8.GetByteCount(ToString());
        if (size > SizeMax)
        {
            throw new ArgumentException($"A note is at most {SizeMax} bytes; found {size}.", nameof(signatures));
        }
    }

    /// <summary>The text that is signed, with its last newline.</summary>
    public string Text { get; }

    /// <summary>In the order of their lines. A key can have several.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Signs a text.</summary>
    /// <param name="text">Ends in a newline; no ASCII control characters but newlines.</param>
    /// <param name="signers">From 1 to <see cref="SignaturesMax"/>; their lines stand in this order.</param>
    /// <exception cref="ArgumentException">As for the constructor. What a signer throws passes through.</exception>
    public static SignedNote Sign(string text, IReadOnlyList<INoteSigner> signers)
    {
        if (FindFault(text, signers.Count) is { } fault)
        {
            throw new ArgumentException(fault, nameof(text)); // Before anything is signed.
        }

        byte[] bytes = NoteText.Utf8.GetBytes(text);
        return new SignedNote(text, [.. signers.Select(signer => new NoteSignature(signer.Name, signer.KeyId, signer.Sign(bytes)))]);
    }

    /// <summary>Reads what <see cref="ToBytes"/> writes, and nothing else.</summary>
    /// <exception cref="FormatException">
    /// Not UTF-8, a control character, no empty line before the signatures, a line that is no signature, or over a limit.
    /// </exception>
    public static SignedNote Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length > SizeMax)
        {
            throw new FormatException($"A note is at most {SizeMax} bytes; found {note.Length}.");
        }

        string all;
        try
        {
            all = NoteText.Utf8.GetString(note);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("The note is not UTF-8.", exception);
        }

        // The text may have empty lines itself: the last one parts it from the signatures.
        int split = all.LastIndexOf(Separator, StringComparison.Ordinal);
        if (split < 0 || !all.EndsWith('\n'))
        {
            throw new FormatException("A note is a text, an empty line, and signature lines; the last one ends in a newline too.");
        }

        string text = all[..(split + 1)];
        string[] lines = all[(split + Separator.Length)..].Split('\n')[..^1];
        return FindFault(text, lines.Length) is { } fault
            ? throw new FormatException(fault)
            : new SignedNote(text, [.. lines.Select(NoteSignature.Parse)]);
    }

    /// <summary>Checks the signatures of the known keys, and returns one of each key that signed, in the order of their lines.</summary>
    /// <remarks>
    /// Signatures of other keys are passed over, also those that share a name or a key id with a known one. A bad signature of a known key
    /// rejects the note, whatever else is on it.
    /// </remarks>
    /// <param name="known">The keys to believe.</param>
    /// <exception cref="ArgumentException">Two of the known keys have the same name and key id.</exception>
    /// <exception cref="NotVerifiedException">A known key's signature is not its signature over this text, or no known key signed.</exception>
    public IReadOnlyList<NoteSignature> Verify(IReadOnlyCollection<INoteVerifier> known)
    {
        var verifiers = known.ToDictionary(verifier => (verifier.Name, verifier.KeyId));
        byte[] text = NoteText.Utf8.GetBytes(Text);
        var verified = new List<NoteSignature>();
        foreach (NoteSignature signature in Signatures)
        {
            if (!verifiers.TryGetValue((signature.Name, signature.KeyId), out INoteVerifier? verifier))
            {
                continue;
            }

            if (!verifier.Accepts(text, signature.Bytes.Span))
            {
                throw new NotVerifiedException($"The signature of {signature.Name} ({signature.KeyId}) is not its signature over this note.");
            }

            if (!verified.Exists(signature.IsOfTheKeyOf))
            {
                verified.Add(signature);
            }
        }

        return verified.Count > 0 ? verified : throw new NotVerifiedException("No known key signed the note.");
    }

    /// <summary>The note with one signature more, in place of those that the same key has on it.</summary>
    /// <exception cref="ArgumentException">There would be too many signatures, or too many bytes.</exception>
    public SignedNote With(NoteSignature signature) =>
        new(Text, [.. Signatures.Where(other => !other.IsOfTheKeyOf(signature)), signature]);

    /// <summary>The note in UTF-8, as it is stored and served.</summary>
    public byte[] ToBytes() => NoteText.Utf8.GetBytes(ToString());

    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => signature.Line + "\n"))}";

    private static string? FindFault(string text, int signatures) =>
        !text.EndsWith('\n') || !NoteText.IsWritable(text) ? "A note text is Unicode, ends in a newline, and has no other control characters."
        : signatures is < 1 or > SignaturesMax ? $"A note has 1 to {SignaturesMax} signatures; found {signatures}."
        : null;
}

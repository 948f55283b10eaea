using System.Globalization;

namespace DisclosureCloud.Transparency;

/// <summary>
/// What a log sends to a witness (C2SP tlog-witness, "add-checkpoint"): the size that the witness knows, the proof from there, and the
/// signed checkpoint.
/// </summary>
/// <remarks>That it was read says nothing: whether a witness cosigns is <see cref="WitnessRule"/>'s to say.</remarks>
public sealed class AddCheckpointRequest
{
    /// <summary>The most hashes of a proof, as the specification has it.</summary>
    public const int ProofHashesMax = 63;

    /// <summary>The longest request, in bytes: the longest note, and a proof line of 45 bytes for each hash, and the first line.</summary>
    public const int SizeMax = SignedNote.SizeMax + (ProofHashesMax * 45) + 64;

    private const string Prefix = "old ";

    /// <param name="oldSize">The tree size, in leaves, that the witness cosigned last; 0 where it never did.</param>
    /// <param name="proof">From there to the note's tree; at most <see cref="ProofHashesMax"/> hashes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The old size is below 0 or above <see cref="TreeHead.SizeMax"/>.</exception>
    /// <exception cref="ArgumentException">The proof has too many hashes.</exception>
    /// <exception cref="FormatException">The note's text is no checkpoint.</exception>
    public AddCheckpointRequest(long oldSize, ConsistencyProof proof, SignedNote note)
    {
        TreeHead.CheckSize(oldSize);
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(note);
        if (proof.Hashes.Count > ProofHashesMax)
        {
            throw new ArgumentException($"A proof has at most {ProofHashesMax} hashes; found {proof.Hashes.Count}.", nameof(proof));
        }

        OldSize = oldSize;
        Proof = proof;
        Note = note;
        Checkpoint = Checkpoint.Parse(note.Text);
    }

    /// <summary>In leaves.</summary>
    public long OldSize { get; }

    public ConsistencyProof Proof { get; }

    public SignedNote Note { get; }

    /// <summary>What the note says, unverified.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Reads what <see cref="ToBytes"/> writes, and nothing else.</summary>
    /// <exception cref="FormatException">Another form, too many hashes, or over a limit of the note.</exception>
    public static AddCheckpointRequest Parse(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> rest = body;
        long oldSize = ParseOldSize(Line(ref rest));
        var hashes = new List<TreeHash>();
        for (string line = Line(ref rest); line.Length > 0; line = Line(ref rest))
        {
            if (hashes.Count == ProofHashesMax)
            {
                throw new FormatException($"A proof has at most {ProofHashesMax} hashes.");
            }

            hashes.Add(TreeHash.ParseBase64(line));
        }

        return new AddCheckpointRequest(oldSize, new ConsistencyProof(hashes), SignedNote.Parse(rest));
    }

    public byte[] ToBytes()
    {
        string lines = string.Concat(Proof.Hashes.Select(hash => hash.ToBase64() + "\n"));
        return NoteText.Utf8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{OldSize}\n{lines}\n{Note}"));
    }

    /// <summary>Takes a line off the front. None before the note is longer than a hash in base64.</summary>
    private static string Line(ref ReadOnlySpan<byte> rest)
    {
        const int LengthMax = 44;
        int end = rest[..Math.Min(rest.Length, LengthMax + 1)].IndexOf((byte)'\n');
        if (end < 0 || rest[..end].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            throw new FormatException("A request is the line 'old <size>', a line for each hash of the proof, an empty line, and a signed checkpoint.");
        }

        string line = NoteText.Utf8.GetString(rest[..end]);
        rest = rest[(end + 1)..];
        return line;
    }

    private static long ParseOldSize(string line) =>
        line.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(line.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
        && size <= TreeHead.SizeMax
        && string.Create(CultureInfo.InvariantCulture, $"{Prefix}{size}") == line
            ? size
            : throw new FormatException($"The first line is '{Prefix}<size>', from 0 to {TreeHead.SizeMax} without zeroes in front.");
}

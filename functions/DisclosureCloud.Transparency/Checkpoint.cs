using System.Globalization;

namespace DisclosureCloud.Transparency;

/// <summary>A tree head with the log it is of: the text that the log signs (C2SP tlog-checkpoint, "Note text").</summary>
public sealed class Checkpoint
{
    /// <summary>The longest text, in characters: the three lines take some 100, and extension lines are not recommended.</summary>
    public const int LengthMax = 16 * 1024;

    private const int LinesMin = 3;

    /// <param name="origin">Which log: a line that is not empty, by custom the log's address without the scheme.</param>
    /// <param name="extensions">Lines that are not empty, of whatever sense; by default none.</param>
    /// <exception cref="ArgumentException">A line is empty, holds a newline or another control character, or the text is too long.</exception>
    public Checkpoint(string origin, TreeHead head, params IReadOnlyList<string> extensions)
    {
        ArgumentNullException.ThrowIfNull(head);
        Origin = origin;
        Head = head;
        Extensions = [.. extensions];
        if (!Extensions.Prepend(origin).All(NoteText.IsLine))
        {
            throw new ArgumentException("A checkpoint's lines are not empty and have no control characters.", nameof(extensions));
        }

        if (Text.Length > LengthMax)
        {
            throw new ArgumentException($"A checkpoint is at most {LengthMax} characters; found {Text.Length}.", nameof(extensions));
        }
    }

    /// <summary>Which log this is of. Two checkpoints of one origin are of one log, or the log cheats.</summary>
    public string Origin { get; }

    public TreeHead Head { get; }

    /// <summary>The lines after the root hash. No monitor of a log can check them.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>The note text: origin, tree size, root hash in base64, extension lines, each with its newline.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{Origin}\n{Head.Size}\n{Head.Root.ToBase64()}\n{string.Concat(Extensions.Select(line => line + "\n"))}");

    /// <summary>Reads a <see cref="Text"/>, and nothing that is written otherwise.</summary>
    /// <exception cref="FormatException">
    /// Fewer than three lines, an empty one, a control character (a carriage return is one), no newline at the end, too long; a size with
    /// zeroes in front or above <see cref="TreeHead.SizeMax"/>; a root that is not 32 bytes in base64, or not the empty tree's at size 0.
    /// </exception>
    public static Checkpoint Parse(string text)
    {
        if (text.Length > LengthMax)
        {
            throw new FormatException($"A checkpoint is at most {LengthMax} characters; found {text.Length}.");
        }

        string[] lines = text.EndsWith('\n') ? text[..^1].Split('\n') : [];
        if (lines.Length < LinesMin || !lines.All(NoteText.IsLine))
        {
            throw new FormatException("A checkpoint is three or more lines, none empty, each with a newline and no other control character.");
        }

        long size = ParseSize(lines[1]);
        var root = TreeHash.ParseBase64(lines[2]);
        return size == 0 && root != Rfc6962.EmptyRoot
            ? throw new FormatException("The root hash at size 0 is not that of the empty tree.")
            : new Checkpoint(lines[0], new TreeHead(size, root), lines[LinesMin..]);
    }

    private static long ParseSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
        && size <= TreeHead.SizeMax
        && size.ToString(CultureInfo.InvariantCulture) == text
            ? size
            : throw new FormatException($"A tree size is a number from 0 to {TreeHead.SizeMax} without zeroes in front."); // A witness tells its asker, and what he sent may be anything.
}

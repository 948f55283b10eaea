using System.Globalization;

namespace DisclosureCloud.Transparency;

/// <summary>That a log has ended: with which tree, when, why, and which log goes on. The text of a signed note by the log's own keys.</summary>
/// <remarks>
/// No C2SP specification has such a note; logs that end are told of by whoever runs them. Its first line is a name and its second a word
/// with a text, so that it is never read as a checkpoint, whose second line is a number.
/// </remarks>
public sealed class FrozenLog
{
    private const string Header = "disclosurecloud-frozen-log/v1";
    private const string NoSuccessor = "none";
    private const string DayForm = "yyyy-MM-dd";

    private static readonly string[] Words = ["origin", "size", "root", "frozen", "reason", "successor"];

    /// <param name="origin">The log that has ended.</param>
    /// <param name="head">Its last tree.</param>
    /// <param name="frozenOn">The civil date on which it ended.</param>
    /// <param name="successor">The origin of the log that goes on, which is another; null where none does.</param>
    /// <exception cref="ArgumentException">An origin is no key name, is <c>none</c>, or the successor is the log itself.</exception>
    public FrozenLog(string origin, TreeHead head, DateOnly frozenOn, FreezeReason reason, string? successor)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (FaultOf(origin, successor) is { } fault)
        {
            throw new ArgumentException(fault, nameof(successor));
        }

        (Origin, Head, FrozenOn, Reason, Successor) = (origin, head, frozenOn, reason, successor);
    }

    public string Origin { get; }

    /// <summary>The tree that no checkpoint of the log exceeds.</summary>
    public TreeHead Head { get; }

    /// <summary>The civil date on which it ended.</summary>
    public DateOnly FrozenOn { get; }

    public FreezeReason Reason { get; }

    /// <summary>The origin of the log that goes on; null where none does.</summary>
    public string? Successor { get; }

    /// <summary>The note text: seven lines, each with its newline.</summary>
    public string Text
    {
        get
        {
            string[] values =
            [
                Origin, Head.Size.ToString(CultureInfo.InvariantCulture), Head.Root.ToBase64(), FrozenOn.ToString(DayForm, CultureInfo.InvariantCulture),
                NameOf(Reason), Successor ?? NoSuccessor,
            ];
            return $"{Header}\n{string.Concat(Words.Zip(values, (word, value) => $"{word} {value}\n"))}";
        }
    }

    /// <summary>How a reason is written.</summary>
    public static string NameOf(FreezeReason reason) => reason == FreezeReason.Closed ? "closed" : "key-compromised";

    /// <summary>Reads a <see cref="Text"/>, and nothing that is written otherwise.</summary>
    /// <exception cref="FormatException">It is of another form; the message says which line.</exception>
    public static FrozenLog Parse(string text)
    {
        string[] lines = text.Length <= Checkpoint.LengthMax && text.EndsWith('\n') ? text[..^1].Split('\n') : [];
        if (lines.Length != Words.Length + 1 || lines[0] != Header)
        {
            throw new FormatException($"What tells of a frozen log is {Words.Length + 1} lines, the first '{Header}'.");
        }

        string[] values = [.. Words.Select((word, index) => lines[index + 1].StartsWith(word + ' ', StringComparison.Ordinal)
            ? lines[index + 1][(word.Length + 1)..]
            : throw new FormatException($"Line {index + 2} of what tells of a frozen log begins with '{word} '."))];
        Checkpoint last = Checkpoint.Parse($"{values[0]}\n{values[1]}\n{values[2]}\n");
        FreezeReason reason = Array.Find(Enum.GetValues<FreezeReason>(), one => NameOf(one) == values[4]);
        bool isDated = DateOnly.TryParseExact(values[3], DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly frozenOn);
        string? successor = values[5] == NoSuccessor ? null : values[5];
        if (!isDated || NameOf(reason) != values[4] || FaultOf(values[0], successor) is not null)
        {
            throw new FormatException("A frozen log has a day as 2026-01-31, a reason 'closed' or 'key-compromised', and another log or 'none' after it.");
        }

        return new FrozenLog(values[0], last.Head, frozenOn, reason, successor);
    }

    private static string? FaultOf(string origin, string? successor) =>
        !NoteText.IsKeyName(origin) ? "An origin is a line without spaces and plus signs."
        : successor is null ? null
        : !NoteText.IsKeyName(successor) || successor == NoSuccessor ? "A successor is the origin of a log: a line without spaces and plus signs, and not 'none'."
        : successor == origin ? "A log does not succeed itself."
        : null;
}

/// <summary>Why a log has ended.</summary>
public enum FreezeReason
{
    /// <summary>Nothing more is to be published under its origin.</summary>
    Closed,

    /// <summary>Somebody else may have its keys: what they sign from now on is not believed.</summary>
    KeyCompromised,
}

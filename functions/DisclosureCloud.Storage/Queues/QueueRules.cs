using System.Text;
using System.Text.RegularExpressions;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>What every queue of ours checks in the same way.</summary>
internal static partial class QueueRules
{
    private const string Poison = "-poison";

    private static readonly TimeSpan HiddenMax = TimeSpan.FromDays(7);

    /// <summary>Refuses half of a surrogate pair, which has no UTF-8 and would come out as another character.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The name of the queue for what is set aside; null where this one is it.</summary>
    public static string? PoisonOf(string queue) => queue.EndsWith(Poison, StringComparison.Ordinal) ? null : queue + Poison;

    /// <exception cref="ArgumentException">The name is of another form.</exception>
    public static void CheckName(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        string name = queue.EndsWith(Poison, StringComparison.Ordinal) ? queue[..^Poison.Length] : queue;
        if (name.Length is < 3 or > IMessageQueue.NameMax || !Form.IsMatch(queue))
        {
            throw new ArgumentException($"A queue's name has 3 to {IMessageQueue.NameMax} characters a-z 0-9, with single '-' between them; found '{queue}'.", nameof(queue));
        }
    }

    /// <exception cref="ArgumentException">It is empty, too long, or no text that UTF-8 can write.</exception>
    public static byte[] BytesOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] bytes = Utf8.GetBytes(text);
        return bytes.Length is >= 1 and <= IMessageQueue.SizeMax
            ? bytes
            : throw new ArgumentException($"A message has 1 to {IMessageQueue.SizeMax} bytes of UTF-8; found {bytes.Length}.", nameof(text));
    }

    /// <summary>The text of a message in base64, or null where it is none of ours.</summary>
    public static string? TextOf(string base64)
    {
        byte[] bytes = new byte[base64.Length];
        try
        {
            return Convert.TryFromBase64String(base64, bytes, out int length) && length > 0 ? Utf8.GetString(bytes.AsSpan(0, length)) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public static void CheckReceive(int count, TimeSpan hidden)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, IMessageQueue.CountMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hidden, HiddenMax);
        if (hidden.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(hidden), hidden, "A message is hidden for whole seconds.");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form { get; }
}

using System.Globalization;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>How a lock row says that its log has ended: the checkpoint's note, a byte that no note has, and the signed note of the end.</summary>
internal static class LogFreezing
{
    /// <summary>A signed note has no control characters but newlines. A version of the app that does not know of this finds no checkpoint, and stops.</summary>
    private const byte Separator = 0;

    public static byte[] Join(SignedNote checkpoint, SignedNote frozen) => [.. checkpoint.ToBytes(), Separator, .. frozen.ToBytes()];

    /// <summary>The two notes of a row; of the second none where the log goes on.</summary>
    public static (ReadOnlyMemory<byte> Checkpoint, ReadOnlyMemory<byte>? Frozen) Split(ReadOnlyMemory<byte> row)
    {
        int at = row.Span.IndexOf(Separator);
        return at < 0 ? (row, (ReadOnlyMemory<byte>?)null) : (row[..at], row[(at + 1)..]);
    }

    /// <summary>That a log has ended, for people.</summary>
    public static string Sentence(FrozenLog log) => string.Create(
        CultureInfo.InvariantCulture,
        $"The log '{log.Origin}' has ended on {log.FrozenOn:yyyy-MM-dd} with {log.Head.Size} leaves ({FrozenLog.NameOf(log.Reason)}); {(log.Successor is { } next ? $"the log '{next}' goes on" : "no log goes on")}.");
}

/// <summary>That the log has ended, with the signatures of its keys.</summary>
internal sealed record SignedFrozenLog(SignedNote Note, FrozenLog Log);

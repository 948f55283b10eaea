using System.Globalization;

namespace DisclosureCloud.Transparency;

/// <summary>What a witness signs: that it saw this checkpoint at this time (C2SP tlog-cosignature, "Ed25519 signed message").</summary>
public sealed class CosignatureMessage
{
    private const string Header = "cosignature/v1\n";
    private const string TimePrefix = "time ";

    /// <param name="timestampSeconds">When the witness signed: seconds since 1970-01-01 UTC, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public CosignatureMessage(long timestampSeconds, Checkpoint checkpoint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timestampSeconds);
        ArgumentNullException.ThrowIfNull(checkpoint);
        TimestampSeconds = timestampSeconds;
        Checkpoint = checkpoint;
    }

    /// <summary>Seconds since 1970-01-01 UTC.</summary>
    public long TimestampSeconds { get; }

    public Checkpoint Checkpoint { get; }

    /// <summary>The text whose UTF-8 is signed: a header, the time, and the whole text of the checkpoint without its signatures.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Header}{TimePrefix}{TimestampSeconds}\n{Checkpoint.Text}");

    /// <summary>Reads a <see cref="Text"/>, and nothing that is written otherwise.</summary>
    /// <exception cref="FormatException">Another header, a time with zeroes in front or above 2^63-1, or no checkpoint after it.</exception>
    public static CosignatureMessage Parse(string text)
    {
        string[] parts = text.StartsWith(Header, StringComparison.Ordinal) ? text[Header.Length..].Split('\n', 2) : [];
        if (parts.Length == 2
            && parts[0].StartsWith(TimePrefix, StringComparison.Ordinal)
            && long.TryParse(parts[0].AsSpan(TimePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && parts[0] == string.Create(CultureInfo.InvariantCulture, $"{TimePrefix}{seconds}"))
        {
            return new CosignatureMessage(seconds, Checkpoint.Parse(parts[1]));
        }

        throw new FormatException("A cosigned message is the lines 'cosignature/v1' and 'time <seconds>', and then a checkpoint.");
    }
}

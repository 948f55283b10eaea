using System.Buffers.Binary;

namespace DisclosureCloud.Transparency;

/// <summary>
/// A witness's signature as it stands after the key id in its line: the time, a big-endian uint64, and 64 bytes of Ed25519 over the
/// <see cref="CosignatureMessage"/> (C2SP tlog-cosignature, "Format").
/// </summary>
public sealed class TimestampedSignature
{
    /// <summary>The length of an Ed25519 signature: 64 bytes.</summary>
    public const int SignatureSize = 64;

    private const int TimestampSize = sizeof(ulong);

    /// <param name="timestampSeconds">When the witness signed: seconds since 1970-01-01 UTC, not negative.</param>
    /// <param name="signature">Exactly 64 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="ArgumentException">The signature has another length.</exception>
    public TimestampedSignature(long timestampSeconds, ReadOnlyMemory<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timestampSeconds);
        if (signature.Length != SignatureSize)
        {
            throw new ArgumentException($"An Ed25519 signature is {SignatureSize} bytes; found {signature.Length}.", nameof(signature));
        }

        TimestampSeconds = timestampSeconds;
        Signature = signature;
    }

    /// <summary>Seconds since 1970-01-01 UTC. It is the signed message's time: the line alone proves none.</summary>
    public long TimestampSeconds { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    /// <exception cref="FormatException">Not 72 bytes, or a time above 2^63-1.</exception>
    public static TimestampedSignature Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length != TimestampSize + SignatureSize)
        {
            throw new FormatException($"A cosignature is {TimestampSize + SignatureSize} bytes; found {bytes.Length}.");
        }

        ulong seconds = BinaryPrimitives.ReadUInt64BigEndian(bytes.Span);
        return seconds <= long.MaxValue
            ? new TimestampedSignature((long)seconds, bytes[TimestampSize..])
            : throw new FormatException($"A cosignature's time is at most 2^63-1 seconds; found {seconds}.");
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[TimestampSize + SignatureSize];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)TimestampSeconds);
        Signature.CopyTo(bytes.AsMemory(TimestampSize));
        return bytes;
    }
}

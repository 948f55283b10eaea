namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>The sum by which a zip knows its parts again: CRC-32 as ISO 3309 has it.</summary>
/// <remarks>The runtime's own lies in a library that our feed lacks, and the SDK's copy of that is of one processor: a build may carry it, and may not refer to it.</remarks>
internal sealed class ZipSum
{
    // The polynomial with its lowest power first.
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((uint)value, (sum, _) => Shift(sum)))];

    private uint _sum = uint.MaxValue;

    public uint Value => ~_sum;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
        {
            _sum = Table[(byte)(_sum ^ one)] ^ (_sum >> 8);
        }
    }

    private static uint Shift(uint sum) => (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial;
}

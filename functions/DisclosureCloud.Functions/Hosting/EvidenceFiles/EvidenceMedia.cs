using System.Collections.Immutable;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>The sorts of files that are taken as evidence: what a scanner or a telephone makes, and every browser can show.</summary>
/// <remarks>
/// Nothing that can hold a program of its own or other files, such as office documents, archives, HTML or SVG: an auditor opens what somebody
/// sent. A sort is told by its first bytes, which must be those of the type that the sender names.
/// </remarks>
/// <param name="Type">The media type, as Content-Type has it.</param>
/// <param name="Extension">What a file of the type is called when it is given out.</param>
internal sealed record EvidenceMedia(string Type, string Extension, ReadOnlyMemory<byte> Beginning)
{
    /// <summary>ISO 32000 (PDF), ISO/IEC 10918 (JPEG), ISO/IEC 15948 (PNG).</summary>
    public static ImmutableArray<EvidenceMedia> All { get; } =
    [
        new("application/pdf", "pdf", "%PDF-"u8.ToArray()),
        new("image/jpeg", "jpg", new byte[] { 0xFF, 0xD8, 0xFF }),
        new("image/png", "png", new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A }),
    ];

    /// <summary>The types, for whoever sent another.</summary>
    public static string Wanted { get; } = string.Join(", ", All.Select(one => one.Type));

    /// <summary>The sort of that media type; null where it is none that is taken.</summary>
    public static EvidenceMedia? Find(string? type) => All.FirstOrDefault(one => string.Equals(one.Type, type, StringComparison.OrdinalIgnoreCase));

    /// <summary>True where a file begins as one of this sort does.</summary>
    public bool IsOf(ReadOnlySpan<byte> file) => file.StartsWith(Beginning.Span);
}

using System.Text;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.EvidenceFiles;

/// <summary>Files as a department would send them, as far as anybody here looks at them: they begin as their type does.</summary>
internal static class EvidenceSamples
{
    public static EvidenceMedia Pdf { get; } = EvidenceMedia.Find("application/pdf")!;

    public static Sender Poster { get; } = new(Id.Parse<DepartmentId>("finance"), Id.Parse<PersonId>("finance-poster"), Channel.Http);

    /// <summary>A file of that type that holds a text.</summary>
    public static byte[] File(string text, EvidenceMedia? media = null) => [.. (media ?? Pdf).Beginning.ToArray(), .. Encoding.UTF8.GetBytes(text)];

    public static EvidenceFileId Id0(string key) => EvidenceFileId.Of(Poster.Department, key);
}

using System.Globalization;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>An evidence file, to be saved: what somebody sent is not shown in a page of ours, and lies in no cache.</summary>
internal sealed class EvidenceResult(EvidenceRecord record, ReadOnlyMemory<byte> file) : IResult
{
    private const string SaltHeader = "Evidence-Salt";
    private const string CommitmentHeader = "Evidence-Commitment";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.ContentType = record.MediaType;
        response.ContentLength = file.Length;
        response.Headers.CacheControl = "no-store"; // Forgotten tomorrow, it is to lie nowhere.
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{record.Id}.{EvidenceMedia.Find(record.MediaType)!.Extension}\"");
        response.Headers[SaltHeader] = Convert.ToHexStringLower(record.Salt.Span);
        response.Headers[CommitmentHeader] = record.Commitment.Hex;
        await response.Body.WriteAsync(file, httpContext.RequestAborted);
    }
}

using Microsoft.AspNetCore.Http.Metadata;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>For the server, which stops bodies that are far too large: what is somewhat too large is read and answered in our own words.</summary>
/// <param name="MaxRequestBodySize">In bytes.</param>
internal sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

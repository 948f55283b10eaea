using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetConsistency;

/// <summary>Shows anyone that a tree of the published log begins with an older one: nothing was changed or taken away.</summary>
internal static class GetConsistencyFunction
{
    /// <summary>The proof between two sizes is the same forever: the log only grows.</summary>
    private const string Forever = "public, max-age=31536000, immutable";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/log/consistency", HandleAsync)
        .Weighs(Weight.Proof)
        .WithName("GetConsistency")
        .WithSummary("The proof that the log only grew")
        .WithDescription("The consistency proof (RFC 6962, section 2.1.2) from one tree size to another, with both root hashes: compare them with the checkpoints that you have. "
            + "Any two sizes up to the published one have a proof. No token is needed.")
        .WithTags("log")
        .TakesQuery(
        [
            SizeParameters.Describe("from", "The older tree's size.", isRequired: true),
            SizeParameters.Describe("to", "The newer tree's size, up to the published one.", isRequired: true),
        ])
        .Answers<TreeGrowthProof>(StatusCodes.Status200OK, "The proof.")
        .Refuses(StatusCodes.Status400BadRequest, "A size is missing, of another form, or larger than the published tree.")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "A store is busy or does not answer.");

    private static async Task<IResult> HandleAsync(HttpContext context, PublishedLog log, LogProofs proofs, CancellationToken cancellationToken)
    {
        PublishedCheckpoint? published = await log.CheckpointAsync(cancellationToken);
        long size = published?.Head.Size ?? 0;
        var findings = new Findings();
        var parameters = new SizeParameters(context.Request.Query, findings, "from", "to");
        long from = parameters.Needed("from", 0, size);
        long to = parameters.Needed("to", 0, size);
        if (!findings.Any && from > to)
        {
            findings.Add(new Finding("", "upside-down-range", "from is not larger than to.") { Parameter = "from" });
        }

        if (findings.Any || published is null)
        {
            return new Problem(StatusCodes.Status400BadRequest, "There is no such proof. Each entry of 'errors' names a parameter and what is wrong with it.", [.. findings.All]);
        }

        TreeGrowthProof answer = TreeGrowthProof.Of(await proofs.ConsistencyAsync(from, to, published, cancellationToken), checkpoint: null);
        context.Response.Headers.CacheControl = Forever;
        return AnswerJson.Ok(answer);
    }
}

using System.Collections.Immutable;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.GetEntryProof;

/// <summary>Shows anyone that an entry is in the published log.</summary>
internal static class GetEntryProofFunction
{
    private const string SizeParameter = "treeSize";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/entries/{id}/proof", HandleAsync)
        .Weighs(Weight.Proof)
        .WithName("GetEntryProof")
        .WithSummary("The proof that an entry is in the published log")
        .WithDescription("The leaf byte for byte, what opens its commitments as far as it is published, and the inclusion proof against the published checkpoint or against an older tree. "
            + "Believe no root hash of this answer before you have compared it with a checkpoint whose signatures you verified. No token is needed.")
        .WithTags("log")
        .TakesQuery([SizeParameters.Describe(SizeParameter, "The size of the tree that the proof is to be in: the published one by default.")])
        .Answers<EntryProof>(StatusCodes.Status200OK, "The proof.")
        .Refuses(StatusCodes.Status400BadRequest, "The id is none, or the size is of another form or larger than the published tree.")
        .Refuses(StatusCodes.Status404NotFound, "No such entry is public, or that tree is too old to have it.")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "A store is busy or does not answer.");

    private static async Task<IResult> HandleAsync(
        string id, HttpContext context, PublishedLog log, LeafFinder finder, LogProofs proofs, CancellationToken cancellationToken)
    {
        PublishedCheckpoint? published = await log.CheckpointAsync(cancellationToken);
        var findings = new Findings();
        if (!EntryId.TryParse(id, out EntryId entry))
        {
            findings.Add(new Finding("", "bad-parameter", "The id of an entry is of another form.", null, EntryId.Pattern) { Parameter = "id" });
        }

        long? wanted = new SizeParameters(context.Request.Query, findings, SizeParameter).Read(SizeParameter, 1, published?.Head.Size ?? 0);
        if (findings.Any)
        {
            return new Problem(StatusCodes.Status400BadRequest, "Nothing was looked for. Each entry of 'errors' names a parameter and what is wrong with it.", [.. findings.All]);
        }

        if (published is null
            || await finder.FindAsync(entry, new ReadCount(), cancellationToken) is not { } leaf
            || leaf.LeafIndex >= published.Head.Size) // Published while this was looked for: then it is found the next time.
        {
            return new Problem(StatusCodes.Status404NotFound, "No such entry is in the published log.");
        }

        return leaf.LeafIndex < (wanted ?? published.Head.Size)
            ? await ProveAsync(entry, leaf, wanted ?? published.Head.Size, published)
            : new Problem(StatusCodes.Status404NotFound, "The tree of that size does not have the entry yet.", new Finding("", "not-in-tree", "The entry came later.") { Parameter = SizeParameter });

        async Task<IResult> ProveAsync(EntryId entry, FoundLeaf leaf, long size, PublishedCheckpoint published)
        {
            bool isOlder = size < published.Head.Size;
            (InclusionProof proof, TreeHead head) = await proofs.InclusionAsync(leaf, size, published, cancellationToken);
            TreeGrowthProof? growth = isOlder
                ? TreeGrowthProof.Of(await proofs.ConsistencyAsync(size, published.Head.Size, published, cancellationToken), published.Note)
                : null;

            // A value may be withheld tomorrow: no cache keeps what opened it.
            context.Response.Headers.CacheControl = "no-cache";
            return AnswerJson.Ok(new EntryProof(
                entry,
                leaf.LeafIndex,
                Convert.ToBase64String(leaf.Bytes.Span),
                new LeafJson(leaf.Bytes),
                await OpeningsAsync(log, leaf, entry, cancellationToken),
                size,
                head.Root.ToBase64(),
                [.. proof.Hashes.Select(hash => hash.ToBase64())],
                isOlder ? null : published.Note,
                growth));
        }
    }

    private static async Task<ImmutableArray<LeafOpening>> OpeningsAsync(PublishedLog log, FoundLeaf leaf, EntryId entry, CancellationToken cancellationToken)
    {
        PublishedOpenings openings = await log.OpeningsAsync(leaf.LeafIndex / Segment.BlockLeaves, new ReadCount(), cancellationToken);
        try
        {
            return [.. openings.AllOf(leaf.LeafIndex, entry.Value).Select(LeafOpening.Of)];
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }
}

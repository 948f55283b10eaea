using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.PostEvidenceFile;

/// <summary>Takes a file that shows what a posting says: a scan, a photograph, a signed list.</summary>
internal static class PostEvidenceFileFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/evidence-files", HandleAsync)
        .Writes(HourlyOf.Files)
        .WithMetadata(EvidenceBody.ServerLimit)
        .WithName("PostEvidenceFile")
        .WithSummary("Send an evidence file")
        .WithDescription("The body is the file as it is. It is kept encrypted, apart from all that is public, exactly once for your department and key; postings name its id in 'evidenceFiles'. "
            + "Those who post and approve in your department can read it, and auditors once an entry that names it is public. It has no name: that may be a person's. "
            + "A file that no posting needs is removed after 30 days.")
        .WithTags("evidence files")
        .TakesKey("file")
        .TakesFile([.. EvidenceMedia.All.Select(one => one.Type)])
        .Answers<EvidenceReceipt>(StatusCodes.Status201Created, "Kept; the same key and file give the same answer. Location says where it is read.")
        .Refuses(StatusCodes.Status403Forbidden, "Or the department has named other accounts, or another person of it sent a file under this key, for another place.")
        .Refuses(StatusCodes.Status422UnprocessableEntity, "It is empty or not of the type that it is said to be, or the key stands for another file.");

    private static async Task<IResult> HandleAsync(HttpContext context, Register register, EvidenceVault vault, LoadGate gate, CancellationToken cancellationToken)
    {
        if (IdempotencyKey.Read(context.Request, out Problem? noKey) is not { } key)
        {
            return noKey!;
        }

        Sender sender = Caller.Of(context.User, Channel.Http);
        if (await register.RefusalAsync(sender, DepartmentRole.Poster, cancellationToken) is { } unregistered)
        {
            return new Problem(StatusCodes.Status403Forbidden, "Nothing was stored: you may not send files.", unregistered);
        }

        (ReadOnlyMemory<byte> file, Problem? problem) = await gate.ReadAsync(context, EvidenceBody.Form);
        if (problem is not null)
        {
            return problem;
        }

        EvidenceMedia media = EvidenceBody.MediaOf(context.Request)!;
        if (!media.IsOf(file.Span))
        {
            return new Problem(
                StatusCodes.Status422UnprocessableEntity,
                "Nothing was stored: the file is not what its Content-Type says.",
                new Finding("", "not-of-its-type", "A file begins as those of its type do. An empty one begins as none.", null, media.Type));
        }

        return Answer(await vault.PutAsync(EvidenceFileId.Of(sender.Department, key), sender, media, file, cancellationToken), sender);
    }

    private static IResult Answer(EvidenceAnswer answer, Sender sender) => answer switch
    {
        EvidenceAnswer.Kept kept => new Created($"/api/evidence-files/{kept.Record.Id}", new EvidenceReceipt(kept.Record.Id, kept.Record.Length, kept.Record.MediaType, kept.Record.ReceivedAt)),
        EvidenceAnswer.OtherRegion => new Problem(
            StatusCodes.Status403Forbidden, "Nothing was stored: the key stands for a file of another place.", PostingPlaces.OtherRegion("", sender)),
        EvidenceAnswer.KeyReused => new Problem(
            StatusCodes.Status422UnprocessableEntity,
            "Nothing was stored: the key stands for another file of your department, or for one that was forgotten.",
            new Finding("", "key-reused", "A key names one file. Take a new key for a new file.")),
        _ => throw new InvalidOperationException($"No answer for {answer}."),
    };
}

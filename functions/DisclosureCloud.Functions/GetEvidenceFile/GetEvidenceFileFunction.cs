using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetEvidenceFile;

/// <summary>Gives an evidence file to those who may look at it.</summary>
internal static class GetEvidenceFileFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/evidence-files/{id}", HandleAsync)
        .Weighs(Weight.File)
        .WithName("GetEvidenceFile")
        .WithSummary("An evidence file")
        .WithDescription("The file as it was sent, with the headers Evidence-Salt and Evidence-Commitment, in hexadecimal: SHA-256 of salt and file is the commitment, which the leaf of each entry that names "
            + "the file has too. For those who post and approve in the department that sent it; for auditors once an entry that names it is public, within their region. To all others it does not exist.")
        .WithTags("evidence files")
        .AnswersFile("The file, to be saved and not shown.", [.. EvidenceMedia.All.Select(one => one.Type)])
        .Refuses(StatusCodes.Status404NotFound, "There is no such file for you.")
        .Refuses(StatusCodes.Status410Gone, "It was forgotten: a redaction names it, and its key is destroyed.");

    private static async Task<IResult> HandleAsync(string id, HttpContext context, EvidenceAccess access, EvidenceVault vault, CancellationToken cancellationToken)
    {
        bool isOfDepartment = context.User.IsInRole(Role.Poster) || context.User.IsInRole(Role.Approver);
        EvidenceSight sight = EvidenceFileId.TryParse(id, out EvidenceFileId file)
            ? await access.LookAsync(file, Caller.Of(context.User, Channel.Http), isOfDepartment, context.User.IsInRole(Role.Auditor), cancellationToken)
            : new EvidenceSight.Hidden();
        return sight switch
        {
            EvidenceSight.Seen { Record: var record } => await vault.ReadAsync(record, cancellationToken) is { } bytes ? new EvidenceResult(record, bytes) : Forgotten(),
            EvidenceSight.Forgotten => Forgotten(),
            _ => new Problem(StatusCodes.Status404NotFound, "There is no such evidence file for you."),
        };
    }

    private static Problem Forgotten() => new(
        StatusCodes.Status410Gone, "The evidence file was forgotten.", new Finding("", "forgotten", "A redaction names it, and its key is destroyed: nobody can read it any more."));
}

using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.PostBulk;

/// <summary>Takes a file of many postings: lines of JSON, or a spreadsheet.</summary>
internal static class PostBulkFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/bulk", HandleAsync)
        .Writes(HourlyOf.Bulk)
        .WithMetadata(BulkBody.ServerLimit)
        .WithName("PostBulk")
        .WithSummary("Send a file of many postings")
        .WithDescription("A posting a line (NDJSON), or a row under a header (CSV, XLSX; /api/templates/{kind}.xlsx is one to fill). Each row is read, and screened for data of persons, before anything is kept. "
            + "Then the rules look at all of it, and if nothing is wrong stored as proposed: one posting for each fund, project or place, of all rows about it, which a second person decides as a whole. "
            + "A row may cite one above it about the same thing by its row, '!7' or 'sheet!7', in place of an entry. With dryRun=true it is only checked.")
        .WithTags("postings")
        .TakesFile([.. BulkFormat.MediaTypes])
        .TakesKey("file")
        .TakesQuery([Submit.DryRun])
        .Answers<BulkStatus>(StatusCodes.Status202Accepted, "Kept. Location says where to look what came of it; the same key and file give the same answer.")
        .Refuses(StatusCodes.Status403Forbidden, "Or the department has named other accounts.")
        .Refuses(StatusCodes.Status422UnprocessableEntity, "A row is not valid or holds data of a person: 'row' and 'cell' say where. Or the key stands for another file.");

    private static async Task<IResult> HandleAsync(HttpContext context, Register register, BulkDesk desk, LoadGate gate, Deployment deployment, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!Submit.TryReadDryRun(context.Request, out bool dryRun))
        {
            return Submit.BadQuery();
        }

        if (IdempotencyKey.Read(context.Request, out Problem? noKey) is not { } key)
        {
            return noKey!;
        }

        Sender sender = Caller.Of(context.User, Channel.Http);
        if (await register.RefusalAsync(sender, DepartmentRole.Poster, cancellationToken) is { } unregistered)
        {
            return new Problem(StatusCodes.Status403Forbidden, "Nothing was stored: you may not post.", unregistered);
        }

        (ReadOnlyMemory<byte> file, Problem? problem) = await gate.ReadAsync(context, BulkBody.Form);
        problem ??= await gate.EnterAsync(context, Weight.Bulk);
        if (problem is not null)
        {
            return problem;
        }

        BulkFormat format = BulkFormat.Of(context.Request.ContentType)!;
        (ReadOnlyMemory<byte> rows, IReadOnlyList<Finding> found) = BulkFile.Read(file, format, deployment.Today(clock));
        if (found.Count > 0)
        {
            return Problem.Of(found);
        }

        // A dry run has a name of its own, so that the file can be sent under the same key when it was found good.
        BulkId id = BulkId.Of(sender.Department, dryRun ? $"dry run {key}" : key);
        return await desk.TakeAsync(id, sender, format, dryRun, file, rows, cancellationToken) is { } status
            ? new Accepted($"/api/bulk/{id}", status)
            : new Problem(
                StatusCodes.Status422UnprocessableEntity,
                "Nothing was stored: the key stands for another file of your department.",
                new Finding("", "key-reused", "A key names one file, and a dry run of one. Take a new key for a new file."));
    }
}

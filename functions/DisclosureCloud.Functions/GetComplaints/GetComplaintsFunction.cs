using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetComplaints;

/// <summary>Lists complaints for those who handle them, the newest first.</summary>
internal static class GetComplaintsFunction
{
    /// <summary>A page of the longest texts, each with the longest answer, is two megabytes and a half.</summary>
    public const int LimitMax = 100;

    public const int LimitDefault = 20;

    private static readonly string[] Names = ["state", "limit", "after"];

    private static readonly string StatesWanted = string.Join(", ", Code.Texts(typeof(ComplaintState)));

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/complaints", HandleAsync)
        .Weighs(Weight.Search)
        .WithName("GetComplaints")
        .WithSummary("The complaints")
        .WithDescription("The newest first, in pages; 'next' is there where a page may follow, and is what 'after' takes. A page may have fewer than 'limit', even none, where others were looked at that are not in it. "
            + "For those who post and approve for the department that handles complaints, and for auditors; a token of a region sees those that are about a place in it. "
            + "Those about the department that handles complaints are for auditors alone. What cannot be read is in 'unreadable', where no state and no region is asked for.")
        .WithTags("complaints")
        .TakesQuery(
        [
            new EntryParameter("state", "Only complaints in this state.", () => new JsonObject { ["enum"] = new JsonArray([.. Code.Texts(typeof(ComplaintState)).Select(text => (JsonNode)text)]) }),
            new EntryParameter("limit", "How many at most.", () => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = LimitMax, ["default"] = LimitDefault }),
            new EntryParameter("after", "The 'next' of the page before.", () => new JsonObject { ["type"] = "string", ["pattern"] = ComplaintCursor.Pattern }),
        ])
        .Answers<ComplaintList>(StatusCodes.Status200OK, "A page of complaints.")
        .Refuses(StatusCodes.Status400BadRequest, "A parameter that there is not, or not of its form.")
        .Refuses(StatusCodes.Status403Forbidden, "Or the department has named other accounts.")
        .Refuses(StatusCodes.Status404NotFound, "Another department handles complaints, or none does.");

    private static async Task<IResult> HandleAsync(HttpContext context, ComplaintDesk desk, ComplaintHandling handling, Register register, CancellationToken cancellationToken)
    {
        if (!handling.MayRead(context.User))
        {
            return new Problem(StatusCodes.Status404NotFound, "There are no complaints for your department.");
        }

        if (await ComplaintHandling.RefusalAsync(context.User, register, cancellationToken) is { } unregistered)
        {
            return new Problem(StatusCodes.Status403Forbidden, "The list was not read: you may not read complaints.", unregistered);
        }

        IQueryCollection query = context.Request.Query;
        if (query.Keys.Any(name => !Names.Contains(name, StringComparer.Ordinal)) || query.Any(parameter => parameter.Value.Count != 1))
        {
            return Bad("There are the query parameters state, limit and after, each given once at most.", string.Join(", ", Names));
        }

        ComplaintState? state = null;
        if (query.TryGetValue("state", out var text) && (state = (ComplaintState?)Code.TryParse(typeof(ComplaintState), text[0]!)) is null)
        {
            return Bad("state is one of the states of a complaint.", StatesWanted);
        }

        int limit = LimitDefault;
        if (query.TryGetValue("limit", out var number)
            && !(int.TryParse(number[0], NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= LimitMax))
        {
            return Bad("limit is a whole number within its range.", $"1 to {LimitMax}");
        }

        ComplaintCursor? after = null;
        if (query.TryGetValue("after", out var cursor) && (after = ComplaintCursor.TryParse(cursor[0])) is null)
        {
            return Bad("after is the 'next' of the page before.", ComplaintCursor.Pattern);
        }

        ComplaintPage page = await desk.ReadAsync(complaint => handling.Sees(context.User, complaint), state, after, limit, cancellationToken);
        IEnumerable<DamagedComplaint> damaged = state is null && ComplaintHandling.SeesUnreadable(context.User) ? page.Damaged : [];
        return AnswerJson.Ok(new ComplaintList([.. page.Complaints.Select(ComplaintJson.Whole)], [.. damaged.Select(ComplaintJson.Unreadable)], page.Next?.Text));
    }

    private static Problem Bad(string detail, string wanted) => new(
        StatusCodes.Status400BadRequest, "The list was not read.", new Finding("", "bad-query", detail, null, wanted));
}

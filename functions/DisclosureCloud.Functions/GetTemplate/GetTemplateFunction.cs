using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Sheets;

namespace DisclosureCloud.Functions.GetTemplate;

/// <summary>Gives a spreadsheet to fill in.</summary>
internal static class GetTemplateFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/templates/{name}", Handle)
        .WithName("GetTemplate")
        .WithSummary("A spreadsheet to fill in")
        .WithDescription("The name is the kind's with .xlsx or .csv, such as allocation.xlsx: a column a field, a row a posting. Every kind that is posted has one but correction, which holds a whole posting.")
        .WithTags("schemas")
        .AnswersDocument("The template, to be saved.", SheetTemplates.XlsxType, Described.Binary)
        .AnswersText("Or as CSV, in UTF-8 with a byte order mark.", SheetTemplates.CsvType)
        .Refuses(StatusCodes.Status404NotFound, "There is no template of that name.");

    private static IResult Handle(string name, HttpContext context)
    {
        if (SheetTemplates.Find(name) is not { } template)
        {
            return new Problem(StatusCodes.Status404NotFound, "There is no template of that name. It is a kind's name with .xlsx or .csv.");
        }

        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{template.Name}\"";
        return Results.Bytes(template.Bytes, template.MediaType);
    }
}

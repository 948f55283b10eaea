using DisclosureCloud.Functions.Hosting.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>Serves the published files in embedded mode. In Azure they lie in a storage account of their own.</summary>
internal static class SiteServing
{
    public static void Use(WebApplication app, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new PhysicalFileProvider(folder);
        app.Use(async (context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            await next(context);
        });
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = Types(),
            OnPrepareResponse = prepared => prepared.Context.Response.Headers.CacheControl = "no-cache",
        });
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), site => site.Use(
            (HttpContext context, RequestDelegate next) => NotFoundAsync(context, next, files)));
    }

    // Whoever follows a dead link reads a page, in the language of its address.
    private static async Task NotFoundAsync(HttpContext context, RequestDelegate next, PhysicalFileProvider files)
    {
        bool english = context.Request.Path.StartsWithSegments("/en", StringComparison.Ordinal);
        IFileInfo page = files.GetFileInfo(english ? "en/404.html" : "404.html");
        page = page.Exists ? page : files.GetFileInfo("404.html");
        if (!HttpMethods.IsGet(context.Request.Method) || !page.Exists)
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.SendFileAsync(page, context.RequestAborted);
    }

    private static FileExtensionContentTypeProvider Types()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".html"] = "text/html; charset=utf-8";
        types.Mappings[".css"] = "text/css; charset=utf-8";
        types.Mappings[".js"] = "text/javascript; charset=utf-8";
        types.Mappings[".csv"] = "text/csv; charset=utf-8; header=present";
        types.Mappings[".ndjson"] = "application/x-ndjson; charset=utf-8";
        types.Mappings[".json"] = "application/json";
        return types;
    }
}

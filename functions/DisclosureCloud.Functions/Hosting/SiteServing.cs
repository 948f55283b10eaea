using System.Diagnostics.CodeAnalysis;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;
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
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new Types(),
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
        context.Response.ContentType = FileTypes.Of(page.Name);
        await context.Response.SendFileAsync(page, context.RequestAborted);
    }

    /// <summary>The types that blobs have too, so that a site is served alike wherever it lies.</summary>
    private sealed class Types : IContentTypeProvider
    {
        public bool TryGetContentType(string subpath, [NotNullWhen(true)] out string? contentType)
        {
            contentType = FileTypes.Of(subpath);
            return true;
        }
    }
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DisclosureCloud.Emulators;

/// <summary>The host's side of the public: passes on what a function has an <c>httpTrigger</c> for, and answers 404 to all else.</summary>
/// <remarks>It stays while handlers come and go. A request whose handler dies comes back as 500, or breaks off where its answer had begun.</remarks>
internal sealed class HostFront : IAsyncDisposable
{
    private readonly WebApplication _listener;
    private readonly Func<HttpClient> _handler;

    private HostFront(FunctionsApp app, Func<HttpClient> handler)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        (_listener, _handler) = (builder.Build(), handler);
        Map(app);
    }

    public Uri Address => new(_listener.Urls.First());

    /// <param name="handler">The handler of this moment.</param>
    public static async Task<HostFront> StartAsync(FunctionsApp app, Func<HttpClient> handler, CancellationToken cancellationToken)
    {
        var front = new HostFront(app, handler);
        await front._listener.StartAsync(cancellationToken);
        return front;
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    // A function with exactly one httpTrigger in and one http out gets the original request; what no function lists is 404.
    private void Map(FunctionsApp app)
    {
        foreach ((_, JsonNode trigger) in app.TriggeredBy("httpTrigger"))
        {
            _listener.MapMethods(
                $"/api/{(string)trigger["route"]!}",
                trigger["methods"]!.AsArray().Select(method => ((string)method!).ToUpperInvariant()),
                (RequestDelegate)PassOnAsync);
        }
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri($"{context.Request.Path.ToUriComponent()}{context.Request.QueryString}", UriKind.Relative));
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var header in context.Request.Headers.Where(header => header.Key is not "Host"))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
            }
        }

        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", context.Request.Host.Value);
        using HttpResponseMessage answer = await _handler().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}

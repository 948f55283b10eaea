using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DisclosureCloud.Emulators;

/// <summary>Stands before a server, passes every request on as it came, and lets go wrong what a test wants.</summary>
/// <remarks>Requests are signed: neither the path nor a header may be written another way on its way through.</remarks>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly HashSet<string> NotPassedOn = new(
        ["Connection", "Host", "Keep-Alive", "Transfer-Encoding", "Expect"], StringComparer.OrdinalIgnoreCase);

    private readonly HttpClient _server = new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.None,
        UseProxy = false,
        AllowAutoRedirect = false,
    });

    private readonly Uri _address;
    private readonly Func<HttpRequest, Fault?> _faults;
    private readonly ProxyHabits _habits;
    private readonly WebApplication _listener;

    private FaultProxy(Uri address, Func<HttpRequest, Fault?> faults, ProxyHabits habits)
    {
        (_address, _faults, _habits) = (address, faults, habits);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _listener = builder.Build();
        _listener.Run(ForwardAsync);
    }

    public Uri Endpoint => new(_listener.Urls.First());

    /// <param name="address">Where the server is.</param>
    /// <param name="faults">Asked for every request; null lets it through.</param>
    /// <param name="habits">What the server lacks; nothing where it is not given.</param>
    public static async Task<FaultProxy> StartAsync(Uri address, Func<HttpRequest, Fault?> faults, ProxyHabits? habits = null)
    {
        var proxy = new FaultProxy(address, faults, habits ?? new ProxyHabits());
        await proxy._listener.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _server.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        Fault? fault = _faults(context.Request);
        if (fault is Fault.Refuse refused)
        {
            await refused.Meanwhile();
            Fault.Answer(context, refused.Status, refused.RetryAfter);
            return;
        }

        if (fault is Fault.Delay delay)
        {
            await delay.Until.WaitAsync(context.RequestAborted);
        }

        if (_habits.Instead(context.Request) is { } own)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(own, context.RequestAborted);
            return;
        }

        using HttpRequestMessage request = Copy(context);
        _habits.Before(request);
        using HttpResponseMessage answer = await _server.SendAsync(request, HttpCompletionOption.ResponseContentRead, context.RequestAborted);
        if (fault is Fault.LoseAnswer lost)
        {
            await lost.Meanwhile();
            Fault.Answer(context, lost.Status, retryAfter: null);
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !NotPassedOn.Contains(header.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (!HttpMethods.IsHead(context.Request.Method) && answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
        {
            byte[] body = _habits.After(context.Request, await answer.Content.ReadAsByteArrayAsync(context.RequestAborted));
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private HttpRequestMessage Copy(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var address = new Uri(
            _address.GetLeftPart(UriPartial.Authority) + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), address);
        if (context.Request.ContentLength is not null || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var header in context.Request.Headers.Where(header => !NotPassedOn.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
            }
        }

        return request;
    }
}

/// <summary>What a proxy puts right of a server that lacks something.</summary>
internal sealed record ProxyHabits
{
    /// <summary>JSON to answer with without asking the server; null asks it.</summary>
    public Func<HttpRequest, string?> Instead { get; init; } = _ => null;

    /// <summary>Changes a request on its way to the server.</summary>
    public Action<HttpRequestMessage> Before { get; init; } = _ => { };

    /// <summary>Changes the body of an answer on its way back.</summary>
    public Func<HttpRequest, byte[], byte[]> After { get; init; } = (_, body) => body;
}

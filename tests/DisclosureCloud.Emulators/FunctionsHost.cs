using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DisclosureCloud.Emulators;

/// <summary>Drives a published app as the Azure Functions host (v4) drives a custom handler.</summary>
/// <remarks>
/// It starts the executable that <c>host.json</c> names with the environment that the host gives, waits for an answer to <c>GET /</c>,
/// passes HTTP on for the functions that have an <c>httpTrigger</c> and answers 404 for all else, calls timers by
/// <c>POST /{FunctionName}</c>, and ends the process without asking. What it takes for an answer is what the host takes: a 2xx with a
/// JSON body; an empty one would hang the host until it kills the handler, and is a failure here.
/// </remarks>
public sealed class FunctionsHost : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);

    private readonly Process _handler;
    private readonly HttpClient _http;
    private readonly WebApplication _front;
    private readonly Dictionary<string, JsonArray> _functions;
    private readonly StringBuilder _said = new();

    private FunctionsHost(Process handler, Uri handlerAddress, WebApplication front, Dictionary<string, JsonArray> functions)
    {
        (_handler, _front, _functions) = (handler, front, functions);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = handlerAddress };
        foreach (Action<DataReceivedEventHandler> listen in new Action<DataReceivedEventHandler>[] { own => handler.OutputDataReceived += own, own => handler.ErrorDataReceived += own })
        {
            listen((_, line) => Keep(line.Data));
        }

        handler.BeginOutputReadLine();
        handler.BeginErrorReadLine();
    }

    /// <summary>The names of the functions, which are the folders with a <c>function.json</c>.</summary>
    public IReadOnlyCollection<string> Functions => _functions.Keys;

    /// <summary>Where the public calls: the host's own address, not the handler's.</summary>
    public Uri Address => new(_front.Urls.First());

    /// <summary>The handler's address, which the public cannot reach.</summary>
    public Uri HandlerAddress => _http.BaseAddress!;

    /// <summary>What the handler wrote.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <param name="root">The published folder.</param>
    /// <param name="settings">The app's settings, as the environment has them.</param>
    /// <exception cref="InvalidOperationException">The handler ended, or did not answer in thirty seconds.</exception>
    public static async Task<FunctionsHost> StartAsync(string root, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        JsonNode description = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(root, "host.json"), cancellationToken))!["customHandler"]!["description"]!;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication front = builder.Build();
        int port = NodeServer.FreePorts(1)[0];
        Dictionary<string, JsonArray> functions = await ReadFunctionsAsync(root, cancellationToken);
        var start = new ProcessStartInfo(Path.Combine(root, (string)description["defaultExecutablePath"]!))
        {
            WorkingDirectory = root,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (JsonNode? argument in description["arguments"]?.AsArray() ?? [])
        {
            start.ArgumentList.Add((string)argument!);
        }

        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("Disclosure", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        // The host's own address is in the environment too: a handler that listened there would take the host's port.
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:1";
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = "worker-1";
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = root;
        var host = new FunctionsHost(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"), front, functions);
        try
        {
            await host.WaitAsync(cancellationToken);
            host.MapFront();
            await front.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a timer's function, as the host does when its time has come.</summary>
    /// <returns>The lines that the function wrote to its log.</returns>
    /// <exception cref="InvalidOperationException">There is no such timer, or its answer is none that the host takes.</exception>
    public async Task<IReadOnlyList<string>> FireTimerAsync(string function, CancellationToken cancellationToken)
    {
        string binding = BindingOf(function, "timerTrigger");
        return await InvokeAsync(
            function,
            new JsonObject
            {
                ["Data"] = new JsonObject
                {
                    [binding] = new JsonObject
                    {
                        ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
                        ["ScheduleStatus"] = null,
                        ["IsPastDue"] = false,
                    },
                },
                ["Metadata"] = new JsonObject { ["sys"] = new JsonObject { ["MethodName"] = function, ["UtcNow"] = "2026-11-22T00:00:00Z", ["RandGuid"] = "0" } },
            },
            cancellationToken);
    }

    /// <summary>Ends the handler as the host does: without asking.</summary>
    public async Task KillAsync()
    {
        if (!_handler.HasExited)
        {
            _handler.Kill();
            await _handler.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _front.DisposeAsync();
        _handler.Dispose();
        _http.Dispose();
    }

    private static async Task<Dictionary<string, JsonArray>> ReadFunctionsAsync(string root, CancellationToken cancellationToken)
    {
        var functions = new Dictionary<string, JsonArray>(StringComparer.Ordinal);
        foreach (string file in Directory.GetDirectories(root).Select(folder => Path.Combine(folder, "function.json")).Where(File.Exists).Order(StringComparer.Ordinal))
        {
            functions[Path.GetFileName(Path.GetDirectoryName(file)!)] =
                JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))!["bindings"]!.AsArray();
        }

        return functions;
    }

    private string BindingOf(string function, string type) =>
        _functions.GetValueOrDefault(function)?.FirstOrDefault(binding => (string)binding!["type"]! == type) is { } found
            ? (string)found["name"]!
            : throw new InvalidOperationException($"There is no function '{function}' with a {type}.");

    private async Task<IReadOnlyList<string>> InvokeAsync(string function, JsonObject invocation, CancellationToken cancellationToken)
    {
        // Chunked, as the host sends it.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/{function}", UriKind.Relative))
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(invocation.ToJsonString()))),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        string body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType != "application/json" || body.Length == 0 || body == "null")
        {
            throw new InvalidOperationException($"{function} answered {(int)answer.StatusCode} with '{body}': the host takes a 2xx with a JSON body alone.");
        }

        return [.. JsonNode.Parse(body)!["Logs"]?.AsArray().Select(line => (string)line!) ?? []];
    }

    // A function with exactly one httpTrigger in and one http out gets the original request; what no function lists is 404.
    private void MapFront()
    {
        foreach (JsonArray bindings in _functions.Values.Where(bindings => (string)bindings[0]!["type"]! == "httpTrigger"))
        {
            JsonNode trigger = bindings[0]!;
            _front.MapMethods(
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
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using HttpResponseMessage any = await _http.GetAsync(new Uri("/", UriKind.Relative), cancellationToken);
                return;
            }
            catch (HttpRequestException) when (!_handler.HasExited && Stopwatch.GetElapsedTime(began) < StartMax)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
            catch (HttpRequestException fault)
            {
                throw new InvalidOperationException($"The handler does not answer. It said: {Said}", fault);
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_said)
            {
                _said.AppendLine(line);
            }
        }
    }
}

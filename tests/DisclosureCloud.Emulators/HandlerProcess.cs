using System.Diagnostics;
using System.Globalization;

namespace DisclosureCloud.Emulators;

/// <summary>One life of the handler: the process that <c>host.json</c> names, with the environment that the host gives it.</summary>
internal sealed class HandlerProcess : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly HandlerOutput _said;

    private HandlerProcess(Process process, Uri address, HandlerOutput said)
    {
        (_process, _said) = (process, said);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
        process.OutputDataReceived += (_, line) => said.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => said.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    /// <summary>Starts it and waits for its answer to <c>GET /</c>.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in thirty seconds.</exception>
    public static async Task<HandlerProcess> StartAsync(
        FunctionsApp app, IReadOnlyDictionary<string, string> settings, HandlerOutput said, CancellationToken cancellationToken)
    {
        int port = NodeServer.FreePorts(1)[0];
        var handler = new HandlerProcess(Process.Start(Start(app, settings, port))!, new Uri($"http://127.0.0.1:{port}"), said);
        try
        {
            await handler.WaitUntilReadyAsync(cancellationToken);
            return handler;
        }
        catch
        {
            await handler.KillAsync();
            handler.Dispose();
            throw;
        }
    }

    /// <summary>Ends it as the host does: without asking.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code; 128 and the signal's number where one killed it.</returns>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Dispose();
        Http.Dispose();
    }

    private static ProcessStartInfo Start(FunctionsApp app, IReadOnlyDictionary<string, string> settings, int port)
    {
        var start = new ProcessStartInfo(app.Executable)
        {
            WorkingDirectory = app.Root,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in app.Arguments)
        {
            start.ArgumentList.Add(argument);
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
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = app.Root;
        return start;
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using HttpResponseMessage any = await Http.GetAsync(new Uri("/", UriKind.Relative), cancellationToken);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited && Stopwatch.GetElapsedTime(began) < StartMax)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
            catch (HttpRequestException fault)
            {
                throw new InvalidOperationException($"The handler does not answer. It said: {_said}", fault);
            }
        }
    }
}

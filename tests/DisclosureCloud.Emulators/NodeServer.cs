using System.Diagnostics;
using System.Net.Sockets;

namespace DisclosureCloud.Emulators;

/// <summary>A server of <c>tests/emulators</c> in a process of its own, which ends with the tests.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private const int LinesKept = 40;

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Queue<string> _said = new();

    private NodeServer(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <param name="script">A path below <c>node_modules</c>.</param>
    /// <param name="ports">The ports on which it answers when it is ready.</param>
    public static async Task<NodeServer> StartAsync(string script, IReadOnlyCollection<int> ports, params string[] arguments)
    {
        string folder = await NodePackages.FolderAsync();
        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(folder, "node_modules", script));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var server = new NodeServer(NodeMissingException.Start(start));
        try
        {
            foreach (int port in ports)
            {
                await server.WaitAsync(port);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ports that nobody listens on at this moment.</summary>
    public static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(System.Net.IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(listener => ((System.Net.IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task WaitAsync(int port)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(System.Net.IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(began) < StartMax)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
            catch (SocketException fault)
            {
                throw new InvalidOperationException($"The server did not start: {Said()}", fault);
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _said.Enqueue(line);
            while (_said.Count > LinesKept)
            {
                _said.Dequeue();
            }
        }
    }

    private string Said()
    {
        lock (_said)
        {
            return string.Join('\n', _said);
        }
    }
}

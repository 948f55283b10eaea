using System.Diagnostics;
using System.Text;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The built executable, run as a user would.</summary>
internal static class Cli
{
    /// <summary>Only a hang takes that long, also on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<Ended> RunAsync(string folder, params string[] args)
    {
        await using Running running = Start(folder, environment: [], args);
        return await running.EndAsync(Patience);
    }

    public static async Task<Ended> RunAsync(string folder, (string Name, string Value)[] environment, params string[] args)
    {
        await using Running running = Start(folder, environment, args);
        return await running.EndAsync(Patience);
    }

    public static Running Start(string folder, (string Name, string Value)[] environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "disclosurecloud.dll"));
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("Disclosure", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new Running(Process.Start(start)!);
    }

    /// <summary>Starts <c>serve</c> on a free port and waits until it says its address.</summary>
    public static async Task<Serving> ServeAsync(TemporaryFolder folder, params (string Name, string Value)[] environment)
    {
        Running running = Start(folder.Path, environment, "serve", "--data", folder.File("data"), "--port", "0");
        string line = await running.LineAsync("serving http://localhost:", Patience);
        return new Serving(running, new Uri(line.Split(' ')[1]));
    }

    internal sealed record Ended(int Code, string Output, string Error)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A served app and its address.</summary>
    internal sealed record Serving(Running Running, Uri Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Running.DisposeAsync();
    }

    /// <summary>A process of ours, whose output is read as it comes, and which never outlives its test.</summary>
    internal sealed class Running : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _output = new();
        private readonly StringBuilder _error = new();
        private readonly Lock _reading = new();
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Running(Process process)
        {
            _process = process;
            process.OutputDataReceived += (_, line) => Take(_output, line.Data);
            process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        /// <summary>All it has said so far.</summary>
        public string Said
        {
            get
            {
                lock (_reading)
                {
                    return $"{_output}{_error}";
                }
            }
        }

        /// <summary>The most memory that it has had, in bytes.</summary>
        public long MemoryPeak
        {
            get
            {
                _process.Refresh();
                return _process.PeakWorkingSet64;
            }
        }

        /// <summary>For messages: whether it runs, and how it ended.</summary>
        public string State => _process.HasExited
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it ended with {_process.ExitCode}")
            : "it runs";

        public async Task<Ended> EndAsync(TimeSpan patience)
        {
            using var limit = new CancellationTokenSource(patience);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"It did not end. It said: {Said}", late);
            }

            lock (_reading)
            {
                return new Ended(_process.ExitCode, _output.ToString(), _error.ToString());
            }
        }

        public async Task<string> LineAsync(string beginning, TimeSpan patience)
        {
            using var limit = new CancellationTokenSource(patience);
            while (true)
            {
                Task more;
                lock (_reading)
                {
                    string? found = _output.ToString().Split('\n').SkipLast(1).FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal));
                    if (found is not null)
                    {
                        return found;
                    }

                    more = _more.Task;
                }

                if (_process.HasExited)
                {
                    throw new InvalidOperationException($"It ended with {_process.ExitCode} before it said '{beginning}'. It said: {Said}");
                }

                await Task.WhenAny(more, Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None));
                if (limit.IsCancellationRequested)
                {
                    throw new TimeoutException($"It never said '{beginning}'. It said: {Said}");
                }
            }
        }

        /// <summary>kill -9.</summary>
        public async Task KillAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                await KillAsync();
            }

            _process.Dispose();
        }

        private void Take(StringBuilder into, string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (_reading)
            {
                into.Append(line).Append('\n');
                _more.TrySetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DisclosureCloud.Functions.Tests.Runbooks;
using DisclosureCloud.Testing;

[assembly: AssemblyFixture(typeof(Counties))]

namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>A county that has published, made once with the verbs and copied for each test.</summary>
public sealed class Counties : IDisposable
{
    /// <summary>Three notices; the first, which is the smallest, is published.</summary>
    private static readonly string[] Notices = ["xinxiang-gaoxin-2018", "beiguan-2018", "dehua-2020-batch2"];

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task> _made;

    public Counties() => _made = new Lazy<Task>(MakeAsync);

    /// <summary>A county with a published site that a reader has verified.</summary>
    internal async Task<County> OpenAsync()
    {
        await _made.Value;
        var county = new County();
        Copy(_folder.Path, county.Folder);
        return county;
    }

    public void Dispose() => _folder.Dispose();

    private async Task MakeAsync()
    {
        using var county = new County();
        Directory.CreateDirectory(county.Data);
        await File.WriteAllTextAsync(Path.Combine(county.Data, "settings"), "Disclosure__Log__Origin=gongkai.county.example/log\n");
        for (int i = 0; i < Notices.Length; i++)
        {
            await File.WriteAllBytesAsync(county.File(string.Create(CultureInfo.InvariantCulture, $"notice-{i + 1}.json")), SampleWorld.NoticeBytes($"notices/{Notices[i]}.json"));
        }

        await county.RunAsync("""
            disclosurecloud import --data "$DATA" notice-1.json
            disclosurecloud publish --data "$DATA"
            disclosurecloud verify --data "$DATA"
            """);
        Copy(county.Folder, _folder.Path);
    }

    private static void Copy(string from, string to)
    {
        foreach (string folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
        }
    }
}

/// <summary>A county's machine: its data folder, what a reader remembers there, and a shell that has the built program.</summary>
internal sealed class County : IDisposable
{
    /// <summary>Only a hang takes that long, also on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Whatever a script started goes with it, however it ends.</summary>
    private const string Preamble = """
        set -eu
        SERVE=
        trap '[ -z "$SERVE" ] || kill "$SERVE" 2> /dev/null || true' EXIT
        if [ -f "$DATA/settings" ]; then set -a; . "$DATA/settings"; set +a; fi

        """;

    private readonly TemporaryFolder _folder = new();

    public County()
    {
        string program = Path.Combine(Directory.CreateDirectory(File("bin")).FullName, "disclosurecloud");
        System.IO.File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "disclosurecloud.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Folder => _folder.Path;

    public string Data => File("data");

    /// <summary>What starts <c>serve</c> beside the commands that come after it.</summary>
    public static string Serve => """
        disclosurecloud serve --data "$DATA" --port "$PORT" & SERVE=$!
        until curl -sf "http://localhost:$PORT/api/health" > /dev/null; do sleep 0.2; done

        """;

    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs commands, which end well.</summary>
    public async Task<string> RunAsync(string commands, params (string Name, string Value)[] variables)
    {
        (int code, string output) = await TryAsync(commands, variables);
        code.ShouldBe(0, $"{commands}\n{output}");
        return output;
    }

    /// <summary>Something is posted, approved and published.</summary>
    /// <param name="notice">2 or 3.</param>
    public Task<string> GrowAsync(int notice) => RunAsync(string.Create(CultureInfo.InvariantCulture, $"""
        disclosurecloud import --data "$DATA" notice-{notice}.json
        disclosurecloud publish --data "$DATA"
        """));

    public async Task<(int Code, string Output)> TryAsync(string commands, params (string Name, string Value)[] variables)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the pages are for a shell");
        Assert.SkipWhen(commands.Contains("curl ", StringComparison.Ordinal) && !Has("curl"), "curl is not here");
        CancellationToken cancel = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("/bin/sh", ["-c", Preamble + commands]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("Disclosure", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["PATH"] = $"{File("bin")}:{start.Environment["PATH"]}";
        start.Environment["XDG_DATA_HOME"] = File("reader");
        start.Environment["DATA"] = Data;
        start.Environment["PORT"] = FreePort().ToString(CultureInfo.InvariantCulture);
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process shell = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            string[] output = await Task.WhenAll(shell.StandardOutput.ReadToEndAsync(limit.Token), shell.StandardError.ReadToEndAsync(limit.Token));
            await shell.WaitForExitAsync(limit.Token);
            return (shell.ExitCode, string.Concat(output));
        }
        finally
        {
            if (!shell.HasExited)
            {
                shell.Kill(entireProcessTree: true);
            }
        }
    }

    private static bool Has(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => System.IO.File.Exists(Path.Combine(folder, tool)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

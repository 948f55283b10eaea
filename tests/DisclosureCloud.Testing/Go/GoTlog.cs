using System.Diagnostics;
using System.Globalization;
using System.Text;
using Shouldly;
using Xunit;

namespace DisclosureCloud.Testing.Go;

/// <summary>The Go program <c>tests/go-tlog</c>, which checks a log's folder and proofs with <c>golang.org/x/mod/sumdb</c>; built once a fixture.</summary>
/// <remarks>Go and the module are Debian's (<c>golang-go</c>, <c>golang-golang-x-mod-dev</c>): nothing is fetched. Where they are missing, the test is skipped.</remarks>
public sealed class GoTlog : IAsyncLifetime
{
    /// <summary>What Go is told: the module as Debian installs it, and no network.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["GO111MODULE"] = "off",
        ["GOPATH"] = "/usr/share/gocode",
        ["GOFLAGS"] = "",
        ["GOPROXY"] = "off",
    };

    private static readonly string Module = Path.Combine(Settings["GOPATH"], "src/golang.org/x/mod/sumdb/tlog");

    private readonly TemporaryFolder _folder = new();
    private string? _missing;
    private int _checks;

    /// <summary>Null where Go and the module are here; else what to say of it.</summary>
    public static string? Missing =>
        !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "go"))) ? "'go' is not on this machine."
        : Directory.Exists(Module) ? null
        : $"Debian's golang-golang-x-mod-dev is not on this machine: there is no {Module}.";

    private string Program => _folder.File("go-tlog");

    public async ValueTask InitializeAsync()
    {
        _missing = Missing;
        if (_missing is null)
        {
            (int code, string output) = await RunAsync("go", "build", "-o", Program, RepositoryRoot.Of("tests/go-tlog/main.go"));
            code.ShouldBe(0, output);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return default;
    }

    /// <summary>Lets Go check a log. Skips the test where Go is missing.</summary>
    /// <param name="log">The folder of the log, with checkpoint, tiles and bundles.</param>
    /// <param name="vkey">The text of <c>/log/vkey</c>.</param>
    /// <param name="proofs">A proof a line, as the program reads them.</param>
    /// <returns>0 and what was checked, or 1 and what is wrong.</returns>
    public async Task<(int Code, string Output)> CheckAsync(string log, string vkey, IEnumerable<string> proofs)
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        string name = Interlocked.Increment(ref _checks).ToString(CultureInfo.InvariantCulture);
        string keys = _folder.File($"{name}.vkey"), lines = _folder.File($"{name}.proofs");
        await File.WriteAllTextAsync(keys, vkey, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(lines, string.Join('\n', proofs), TestContext.Current.CancellationToken);
        return await RunAsync(Program, log, keys, lines);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, StandardOutputEncoding = Encoding.UTF8 };
        foreach ((string name, string value) in Settings)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string[] output = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, string.Concat(output));
    }
}

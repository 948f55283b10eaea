using System.Diagnostics;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Infra.Tests;

/// <summary>What azd runs before and after it provisions, with programs in the place of az and azd that write down how they were called.</summary>
public sealed class HookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Calls => File.Exists(Path.Combine(_folder.Path, "calls")) ? File.ReadAllText(Path.Combine(_folder.Path, "calls")) : "";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Seed_IsMadeOnce_OfThirtyTwoBytes_AndNotShown()
    {
        Stand("az", """case "$*" in *"secret list"*) echo 0;; *"secret set"*) for one; do [ "$last" = --file ] && cp "$one" "$KEPT/seed"; last="$one"; done;; esac""");

        (int code, string said) = await RunAsync("postprovision.sh", ("AZURE_KEY_VAULT", "kv-test"));

        code.ShouldBe(0, said);
        string seed = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "seed"), Cancel);
        Convert.FromBase64String(seed).Length.ShouldBe(32);
        seed.Trim().ShouldBe(seed, StringCompareShould.IgnoreLineEndings);
        said.ShouldNotContain(seed, Case.Sensitive);
        Calls.ShouldNotContain(seed, Case.Sensitive);
        Calls.ShouldContain("--name log-seed", Case.Sensitive);
        string file = Calls.Split("--file ")[1].Split(' ')[0];
        File.Exists(file).ShouldBeFalse("the file of the seed is left");
    }

    [Fact]
    public async Task Seed_ThatIsThere_StaysAsItIs()
    {
        Stand("az", """case "$*" in *"secret list"*) echo 1;; esac""");

        (int code, string said) = await RunAsync("postprovision.sh", ("AZURE_KEY_VAULT", "kv-test"), ("LOG_SEED_ENTRY", "log-2-seed"));

        code.ShouldBe(0, said);
        Calls.ShouldContain("log-2-seed", Case.Sensitive);
        Calls.ShouldNotContain("secret set", Case.Sensitive);
    }

    [Fact]
    public async Task Vault_ThatTakesSomeMinutes_IsWaitedFor()
    {
        Stand("az", """case "$*" in *"secret list"*) echo x >> "$KEPT/tries"; [ "$(wc -l < "$KEPT/tries")" -ge 3 ] && echo 1 || exit 1;; esac""");
        Stand("sleep", "");

        (int code, string said) = await RunAsync("postprovision.sh", ("AZURE_KEY_VAULT", "kv-test"));

        code.ShouldBe(0, said);
    }

    [Fact]
    public async Task Vault_ThatCannotBeRead_EndsInAnError_ThatSaysWhatToLookAt()
    {
        Stand("az", "exit 1");
        Stand("sleep", "");

        (int code, string said) = await RunAsync("postprovision.sh", ("AZURE_KEY_VAULT", "kv-test"));

        code.ShouldBe(1);
        said.ShouldContain("OPERATOR_ADDRESS", Case.Sensitive);
        Calls.ShouldNotContain("secret set", Case.Sensitive);
    }

    [Fact]
    public async Task Budget_BeginsWithAMonth_AndKeepsItsBeginning()
    {
        Stand("azd", "");

        (await RunAsync("preprovision.sh")).Code.ShouldBe(0);
        Calls.ShouldMatch(@"^azd env set BUDGET_START \d{4}-\d\d-01\n$");
        (await RunAsync("preprovision.sh", ("BUDGET_START", "2026-01-01"))).Code.ShouldBe(0);
        Calls.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    // A program of that name which writes down its arguments first.
    private void Stand(string program, string script)
    {
        string file = Path.Combine(_folder.Path, program);
        File.WriteAllText(file, $"#!/bin/sh\necho \"{program} $*\" >> \"$KEPT/calls\"\n{script}\n");
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("These hooks are for a shell of Unix.");
        }

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string Said)> RunAsync(string hook, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(RepositoryRoot.Of($"infra/hooks/{hook}")) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{_folder.Path}:{start.Environment["PATH"]}";
        start.Environment["KEPT"] = _folder.Path;
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancel);
        string said = await process.StandardError.ReadToEndAsync(Cancel) + await output;
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, said);
    }
}

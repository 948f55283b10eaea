using System.Diagnostics;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Infra.Tests;

/// <summary>What azd runs before and after it provisions, with programs in the place of az and azd that write down how they were called.</summary>
public sealed class HookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly (string Name, string Value) Vault = ("AZURE_KEY_VAULT", "kv-test");

    // What azd gives a hook of what it has made.
    private static readonly (string Name, string Value)[] Provisioned =
        [("AZURE_ENV_NAME", "county"), ("AZURE_PUBLISHER_NAME", "func-publisher"), ("AZURE_RESOURCE_GROUP", "rg-county"), ("AZURE_SUBSCRIPTION_ID", "00000000-0000-0000-0000-000000000000")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Calls => File.Exists(Path.Combine(_folder.Path, "calls")) ? File.ReadAllText(Path.Combine(_folder.Path, "calls")) : "";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Seed_IsMadeOnce_OfThirtyTwoBytes_AndNotShown()
    {
        Stand("az", """case "$*" in *"secret list"*) echo 0;; *"secret set"*) for one; do [ "$last" = --file ] && cp "$one" "$KEPT/seed"; last="$one"; done;; esac""");

        (int code, string said) = await RunAsync("postprovision.sh", Vault);

        code.ShouldBe(0, said);
        string seed = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "seed"), Cancel);
        Convert.FromBase64String(seed).Length.ShouldBe(32);
        seed.Trim().ShouldBe(seed, StringCompareShould.IgnoreLineEndings);
        said.ShouldNotContain(seed, Case.Sensitive);
        Calls.ShouldNotContain(seed, Case.Sensitive);
        Calls.ShouldContain("--name log-seed", Case.Sensitive);
        string file = Calls.Split("--file ")[1].Split(' ')[0];
        File.Exists(file).ShouldBeFalse("the file of the seed is left");
        Calls.TrimEnd().Split('\n')[^1].ShouldContain("rest --method post", Case.Sensitive);
        Calls.ShouldContain("sites/func-publisher/config/configreferences/appsettings/refresh", Case.Sensitive);
    }

    [Fact]
    public async Task Seed_ThatCannotBeMade_IsNotPutIntoTheVault()
    {
        Stand("az", """case "$*" in *"secret list"*) echo 0;; esac""");
        Stand("openssl", "exit 1");

        (int code, _) = await RunAsync("postprovision.sh", Vault);

        code.ShouldNotBe(0);
        Calls.ShouldNotContain("secret set", Case.Sensitive);
    }

    [Fact]
    public async Task Seed_ThatIsThere_StaysAsItIs()
    {
        Stand("az", """case "$*" in *"secret list"*) echo 1;; esac""");

        (int code, string said) = await RunAsync("postprovision.sh", Vault, ("LOG_SEED_ENTRY", "log-2-seed"));

        code.ShouldBe(0, said);
        Calls.ShouldContain("log-2-seed", Case.Sensitive);
        Calls.ShouldNotContain("secret set", Case.Sensitive);
    }

    [Fact]
    public async Task Vault_ThatTakesSomeMinutes_IsWaitedFor()
    {
        Stand("az", """case "$*" in *"secret list"*) echo x >> "$KEPT/tries"; [ "$(wc -l < "$KEPT/tries")" -ge 3 ] && echo 1 || exit 1;; esac""");
        Stand("sleep", "");

        (int code, string said) = await RunAsync("postprovision.sh", Vault);

        code.ShouldBe(0, said);
    }

    [Fact]
    public async Task Vault_ThatCannotBeRead_EndsInAnError_ThatSaysWhatToLookAt()
    {
        Stand("az", "exit 1");
        Stand("sleep", "");

        (int code, string said) = await RunAsync("postprovision.sh", Vault);

        code.ShouldBe(1);
        said.ShouldContain("OPERATOR_ADDRESS", Case.Sensitive);
        Calls.ShouldNotContain("secret set", Case.Sensitive);
    }

    [Fact]
    public async Task Vault_ThatIsClosed_IsNotAsked_AndTheReferenceIsReadAnew()
    {
        Stand("az", "");

        (int code, string said) = await RunAsync("postprovision.sh", Vault, ("VNET_ENABLED", "true"));

        code.ShouldBe(0, said);
        Calls.ShouldNotContain("keyvault", Case.Sensitive);
        Calls.ShouldContain("refresh", Case.Sensitive);
    }

    [Fact]
    public async Task Budget_BeginsWithAMonth_AndKeepsItsBeginning()
    {
        Stand("azd", "");
        Stand("az", """case "$*" in *"provider show"*) echo Registered;; esac""");

        (await RunAsync("preprovision.sh", ("ALERT_EMAIL", "a@county.example"))).Code.ShouldBe(0);
        Sets().ShouldHaveSingleItem().ShouldMatch(@"^azd env set BUDGET_START \d{4}-\d\d-01$");
        (await RunAsync("preprovision.sh", ("ALERT_EMAIL", "a@county.example"), ("BUDGET_START", "2026-01-01"))).Code.ShouldBe(0);
        (await RunAsync("preprovision.sh")).Code.ShouldBe(0);
        Sets().Length.ShouldBe(1);
    }

    [Fact]
    public async Task Budget_ThatIsThere_GivesItsOwnBeginning()
    {
        Stand("azd", "");
        Stand("az", """case "$*" in *"provider show"*) echo Registered;; *"Microsoft.Consumption/budgets"*) echo 2026-03-01T00:00:00Z;; esac""");

        (await RunAsync("preprovision.sh", ("ALERT_EMAIL", "a@county.example"))).Code.ShouldBe(0);

        Sets().ShouldBe(["azd env set BUDGET_START 2026-03-01"]);
    }

    [Theory]
    [InlineData("NotRegistered", true)]
    [InlineData("Registered", false)]
    public async Task Provider_OfTheApps_IsRegisteredWhereItIsNot(string state, bool registers)
    {
        Stand("az", $"""case "$*" in *"provider show"*) echo {state};; esac""");

        (int code, string said) = await RunAsync("preprovision.sh");

        code.ShouldBe(0, said);
        Calls.Contains("provider register --namespace Microsoft.App --subscription 00000000-0000-0000-0000-000000000000 --wait", StringComparison.Ordinal).ShouldBe(registers);
    }

    private string[] Sets() => [.. Calls.Split('\n').Where(line => line.StartsWith("azd env set", StringComparison.Ordinal))];

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
        foreach ((string name, string value) in variables.Concat(Provisioned))
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

namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The index: a shell gets the publisher's settings and the seed as they are, and the verbs run with them.</summary>
/// <remarks><c>az</c> is a stand-in that answers what the documentation says of its tabular output. The stores are of this machine.</remarks>
public sealed class TheVerbsAgainstAzureTests(Counties counties)
{
    [Fact]
    public async Task Settings_TakenFromThePublisher_AreTheVerbsOwn()
    {
        IReadOnlyList<string> steps = Runbook.Open("README.md").Tried("In Azure: before any page");
        steps.Count.ShouldBe(2);
        using County county = await counties.OpenAsync();
        string seedFile = Path.Combine(county.Data, "keys", "log.seed");
        string seed = (await File.ReadAllTextAsync(seedFile, TestContext.Current.CancellationToken)).Trim();
        File.Delete(seedFile);
        File.Delete(Path.Combine(county.Data, "settings"));
        WriteAz(
            county,
            $"""
            #!/bin/sh
            case "$*" in
              "functionapp config appsettings list --name the-publisher "*)
                printf 'Disclosure__Data\t%s\n' '{county.Data}'
                printf 'Disclosure__Role\tpublisher\n'
                printf 'Disclosure__Site__Operator\t北关区 财政局=1\n'
                printf 'Disclosure__Log__Origin\tgongkai.county.example/log\n'
                printf 'Disclosure__Identity__Authority\thttps://login.example/county\n'
                printf 'Disclosure__Log__Seed\t@Microsoft.KeyVault(VaultName=kv;SecretName=log-seed)\n' ;;
              "keyvault secret show --vault-name the-vault --name log-seed "*) echo '{seed}' ;;
              *) echo "az $*" >&2; exit 1 ;;
            esac
            """);
        (string, string)[] outputs = [("AZURE_PUBLISHER_NAME", "the-publisher"), ("AZURE_RESOURCE_GROUP", "rg-county"), ("AZURE_KEY_VAULT", "the-vault")];

        (int code, string unresolved) = await county.TryAsync(steps[0] + "disclosurecloud publish\n", outputs);
        code.ShouldBe(1);
        unresolved.ShouldContain("is a reference to Key Vault");

        string output = await county.RunAsync(string.Concat(steps) + "disclosurecloud rebuild --dry-run\ndisclosurecloud publish\ndisclosurecloud verify\n", outputs);
        output.ShouldContain("would take 0 commits");
        output.ShouldContain("were seen last: none of them was changed or taken away");
        (await File.ReadAllTextAsync(Path.Combine(county.Data, "site", "index.html"), TestContext.Current.CancellationToken)).ShouldContain("北关区 财政局=1");
        File.Exists(county.File("settings.tsv")).ShouldBeFalse();
        File.Exists(seedFile).ShouldBeFalse();
    }

    private static void WriteAz(County county, string script)
    {
        string az = county.File("bin/az");
        File.WriteAllText(az, script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

using System.Text.RegularExpressions;

namespace DisclosureCloud.Repository.Tests;

/// <summary>What the pages of operations tell to type in Azure could not be run. It is at least what the documentation has, and nothing else.</summary>
public sealed partial class AzureCommandsTests
{
    // By Microsoft's reference of the Azure CLI and the Azure Developer CLI, in November 2026: each group with those of its options that we use.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["az login"] = "",
        ["az account show"] = "",
        ["az ad signed-in-user show"] = "",
        ["az cosmosdb restorable-database-account list"] = "--account-name",
        ["az cosmosdb restore"] = "--account-name --resource-group --target-database-account-name --restore-timestamp --location",
        ["az cosmosdb show"] = "--name --resource-group",
        ["az cosmosdb sql container restore"] = "--account-name --resource-group --database-name --name --restore-timestamp",
        ["az cosmosdb sql retrieve-latest-backup-time"] = "--account-name --resource-group --database-name --container-name --location",
        ["az cosmosdb sql role assignment create"] = "--account-name --resource-group --scope --principal-id --role-definition-id",
        ["az cosmosdb sql role assignment delete"] = "--account-name --resource-group --role-assignment-id --yes",
        ["az cosmosdb sql role assignment list"] = "--account-name --resource-group",
        ["az cosmosdb update"] = "--name --resource-group --default-consistency-level",
        ["az functionapp config appsettings list"] = "--name --resource-group",
        ["az functionapp restart"] = "--name --resource-group",
        ["az functionapp list-flexconsumption-locations"] = "",
        ["az functionapp show"] = "--name --resource-group",
        ["az functionapp start"] = "--name --resource-group",
        ["az functionapp stop"] = "--name --resource-group",
        ["az group create"] = "--name --location",
        ["az group show"] = "--name",
        ["az keyvault recover"] = "--name",
        ["az keyvault secret delete"] = "--vault-name --name",
        ["az keyvault secret list-versions"] = "--vault-name --name",
        ["az keyvault secret recover"] = "--vault-name --name",
        ["az keyvault secret set"] = "--vault-name --name --file",
        ["az keyvault secret show"] = "--vault-name --name",
        ["az keyvault update"] = "--name --resource-group --set",
        ["az resource move"] = "--destination-group --ids",
        ["az resource update"] = "--ids --set",
        ["az role assignment create"] = "--assignee-object-id --assignee-principal-type --scope --role",
        ["az role assignment delete"] = "--assignee --scope --role",
        ["az role assignment list"] = "--scope --include-inherited",
        ["az storage account show"] = "--name --resource-group",
        ["az storage blob download-batch"] = "--account-name --auth-mode --source --destination --pattern",
        ["az storage blob list"] = "--account-name --auth-mode --container-name --include --num-results",
        ["az storage blob service-properties update"] = "--account-name --auth-mode --static-website --index-document --404-document",
        ["az storage blob undelete"] = "--account-name --auth-mode --container-name --name",
        ["az storage blob upload-batch"] = "--account-name --auth-mode --source --destination",
        ["az storage container create"] = "--account-name --auth-mode --name",
        ["az storage container immutability-policy lock"] = "--account-name --container-name --if-match",
        ["az storage container immutability-policy show"] = "--account-name --container-name",
        ["az storage container list"] = "--account-name --auth-mode --include-deleted",
        ["az storage container restore"] = "--account-name --auth-mode --name --deleted-version",
        ["az storage message delete"] = "--account-name --auth-mode --queue-name --id --pop-receipt",
        ["az storage message get"] = "--account-name --auth-mode --queue-name --visibility-timeout",
        ["az storage message peek"] = "--account-name --auth-mode --queue-name --num-messages",
        ["az storage message put"] = "--account-name --auth-mode --queue-name --time-to-live --content",
        ["az storage queue create"] = "--account-name --auth-mode --name",
        ["az storage table create"] = "--account-name --auth-mode --name",
        ["azd auth login"] = "",
        ["azd down"] = "",
        ["azd env get-values"] = "",
        ["azd env new"] = "",
        ["azd env set"] = "",
        ["azd provision"] = "",
        ["azd up"] = "",
    };

    private static readonly string[] Everywhere = ["--output", "--query"];

    // What azd knows of itself, beside what the template gives its environment.
    private static readonly string[] OfAzd = ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID"];

    private static readonly string[] Pages = [.. OperationsPages.All, "README.md"];

    [Fact]
    public void Commands_OfThePages_AreOnTheList()
    {
        AzureCommand[] used = [.. Pages.SelectMany(page => OperationsPages.Blocks(page)).SelectMany(AzureCommand.In)];
        used.Length.ShouldBeGreaterThan(60);
        used.Where(command => !IsKnown(command)).Select(command => $"{command.Group} {string.Join(' ', command.Options)}").Distinct(StringComparer.Ordinal).ShouldBeEmpty();
        Known.Keys.Except(used.Select(command => command.Group), StringComparer.Ordinal).ShouldBeEmpty("what no page uses any more");
    }

    [Theory]
    [InlineData("az storage blob delete-all --account-name x")]
    [InlineData("az storage message peek --account-name x --all")]
    [InlineData("X=$(az group show --name x --everything)")]
    [InlineData("for A in a; do az functionapp kill --name x; done")]
    public void Command_ThatDoesNotExist_IsFound(string line) => AzureCommand.In(line).ShouldHaveSingleItem().ShouldSatisfyAllConditions(command => IsKnown(command).ShouldBeFalse());

    [Fact]
    public void Commands_ThatTouchData_SignInAsAPerson()
    {
        AzureCommand[] data = [.. OperationsPages.All.SelectMany(page => OperationsPages.Blocks(page)).SelectMany(AzureCommand.In)
            .Where(command => command.Group.StartsWith("az storage ", StringComparison.Ordinal)
                && !command.Group.StartsWith("az storage account ", StringComparison.Ordinal) && !command.Group.Contains(" immutability-policy ", StringComparison.Ordinal))];
        data.Length.ShouldBeGreaterThan(15);
        data.Where(command => !command.Options.Contains("--auth-mode", StringComparer.Ordinal)).Select(command => command.Group).ShouldBeEmpty("there are no keys");
    }

    [Fact]
    public void Variables_OfTheTemplate_AreItsOutputs()
    {
        string[] used = [.. Pages.SelectMany(page => Variable.Matches(Tree.Read(page))).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];
        string[] outputs = [.. Output.Matches(Tree.Read("infra/main.bicep")).Select(match => match.Groups["name"].Value)];
        outputs.Length.ShouldBeGreaterThan(10);
        used.Length.ShouldBeGreaterThan(5);
        used.Except([.. outputs, .. OfAzd], StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Parameters_ThatAreSet_AreTheTemplates()
    {
        string[] set = [.. Pages.SelectMany(page => OperationsPages.Blocks(page)).SelectMany(AzureCommand.In).Where(command => command.Group == "azd env set").Select(command => command.Named!)];
        string parameters = Tree.Read("infra/main.parameters.json");
        set.Length.ShouldBeGreaterThan(10);
        set.Where(name => !parameters.Contains($"\"${{{name}}}\"", StringComparison.Ordinal) && !parameters.Contains($"\"${{{name}=", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static bool IsKnown(AzureCommand command) =>
        Known.TryGetValue(command.Group, out string? options) && !command.Options.Except([.. options.Split(' '), .. Everywhere], StringComparer.Ordinal).Any();

    [GeneratedRegex(@"^output (?<name>\w+) string", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Output { get; }

    [GeneratedRegex(@"\$\{?(?<name>AZURE_[A-Z_]+|API_URL|SITE_URL)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable { get; }
}

using System.Text.Json;
using DisclosureCloud.Infra.Tests.Templates;
using DisclosureCloud.Testing.Azure;

namespace DisclosureCloud.Infra.Tests.Checks;

/// <summary>The roles that the template gives, against the rights that the apps were seen to need (<see cref="AzureRight.All"/>).</summary>
internal static class Roles
{
    // What is in the site's account is the publisher's, and its host's too: the one role there is for the whole account, as is that of the api in the host's.
    private static readonly string[] OfAccounts = ["api hostName blobOwner", "publisher siteName blobOwner"];

    private static readonly string[] InTheSite = ["blobs/$web", "blobs/staging"];

    // Scope, role and for whom, of all that is no store of the app.
    private static readonly string[] Others =
    [
        "Microsoft.EventGrid/topics eventSender [parameters('publisherPrincipalId')]",
        "Microsoft.Insights/components metricsPublisher [variables('principals')[variables('apps')[copyIndex()]]]",
        "Microsoft.KeyVault/vaults secretsOfficer [parameters('deployerPrincipalId')]",
        "Microsoft.KeyVault/vaults secretsUser [parameters('publisherPrincipalId')]",
        "Microsoft.Storage/storageAccounts/blobServices/containers/dead-letters blobContributor [createArray(parameters('topicPrincipalId'), parameters('watchPrincipalId'))[copyIndex()]]",
    ];

    public static IEnumerable<string> Find(Template template) =>
        Difference(Given(template), [.. Needed(), .. OfAccounts])
            .Concat(Difference(GivenElsewhere(template), Others))
            .Concat(template.Of("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments")
                .Where(one => one.At("properties.scope") != "[format('{0}/dbs/{1}', resourceId('Microsoft.DocumentDB/databaseAccounts', parameters('cosmosName')), parameters('databaseName'))]")
                .Select(one => $"{one}: is for more than the database"));

    private static IEnumerable<string> Difference(IEnumerable<string> given, IEnumerable<string> needed)
    {
        string[] all = [.. given];
        string[] wanted = [.. needed];
        return all.Except(wanted, StringComparer.Ordinal).Select(one => $"nobody needs: {one}")
            .Concat(wanted.Except(all, StringComparer.Ordinal).Select(one => $"is needed and not given: {one}"))
            .Concat(all.GroupBy(one => one, StringComparer.Ordinal).Where(one => one.Count() > 1).Select(one => $"is given twice: {one.Key}"));
    }

    private static IEnumerable<string> Needed() => AzureRight.All
        .Where(right => right.App != "publisher" || !InTheSite.Contains(right.Store, StringComparer.Ordinal))
        .GroupBy(right => (right.App, right.Store))
        .SelectMany(rights => RolesOf(rights.Key.Store, [.. rights.Select(right => right.Access)]).Select(role => $"{rights.Key.App} {rights.Key.Store} {role}"));

    private static string[] RolesOf(string store, AzureAccess[] access) => store.Split('/')[0] switch
    {
        "blobs" => [access.Contains(AzureAccess.Write) ? "blobContributor" : "blobReader"],
        "tables" => [access.Contains(AzureAccess.Write) ? "tableContributor" : "tableReader"],
        // Who takes may send and read, too. "Message Processor" may not update a message, which a trigger does to renew it and to give it back.
        _ when access.Contains(AzureAccess.Take) => ["queueContributor"],
        _ => [.. access.Select(one => one switch
        {
            AzureAccess.Send => "queueSender",
            _ => "queueReader",
        }).Distinct(StringComparer.Ordinal)],
    };

    // What rbac.bicep lists, and the roles for whole accounts and for the website's container.
    private static IEnumerable<string> Given(Template template)
    {
        JsonElement variables = template.Modules["rbac"].GetProperty("variables");
        IEnumerable<string> Listed(string name, string service) => variables.GetProperty(name).EnumerateArray()
            .Select(one => $"{one.GetProperty("app").GetString()} {service}/{(one.TryGetProperty("name", out JsonElement store) ? NameOf(store.GetString()!) : AppStores.Table)} {RoleOf(one.GetProperty("role").GetString()!)}");
        IEnumerable<string> alone = template.Of("Microsoft.Authorization/roleAssignments").Where(one => one.At("copy") is null && IsStorage(one))
            .Select(one => $"{AppOf(one.At("properties.principalId")!)} {(one.At("scope")!.Contains("'$web'", StringComparison.Ordinal) ? "blobs/$web" : one.At("scope")!.Split("parameters('")[1].Split('\'')[0])} {RoleOf(one.At("properties.roleDefinitionId")!)}");
        return [.. Listed("onContainers", "blobs"), .. Listed("onQueues", "queues"), .. Listed("onCells", "tables"), .. alone];
    }

    private static IEnumerable<string> GivenElsewhere(Template template) => template.Of("Microsoft.Authorization/roleAssignments")
        .Where(one => !IsStorage(one) || one.At("scope")!.Contains("dead-letters", StringComparison.Ordinal))
        .Select(one => $"{one.At("scope")!.Split('\'')[1]}{(IsStorage(one) ? "/dead-letters" : "")} {RoleOf(one.At("properties.roleDefinitionId")!)} {one.At("properties.principalId")}");

    private static bool IsStorage(Resource one) => one.At("scope")?.StartsWith("[resourceId('Microsoft.Storage/", StringComparison.Ordinal) == true;

    private static string AppOf(string principal) => principal.Split("parameters('")[1].Split("PrincipalId")[0];

    private static string RoleOf(string expression) => expression.Split("variables('roles').")[1].TrimEnd(')', ']');

    private static string NameOf(string expression) => expression switch
    {
        "[parameters('logPlace')]" => "log",
        "[format('{0}-edge', parameters('logPlace'))]" => "log-edge",
        _ => expression,
    };
}

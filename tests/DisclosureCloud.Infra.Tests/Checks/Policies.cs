using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using DisclosureCloud.Infra.Tests.Templates;

namespace DisclosureCloud.Infra.Tests.Checks;

/// <summary>What the county's data asks of its place in Azure, whatever parameters an operator chooses.</summary>
internal static class Policies
{
    private const string Accounts = "Microsoft.Storage/storageAccounts";
    private const string BlobServices = $"{Accounts}/blobServices";
    private const string Immutability = $"{BlobServices}/containers/immutabilityPolicies";
    private const string Cosmos = "Microsoft.DocumentDB/databaseAccounts";
    private const string Sites = "Microsoft.Web/sites";
    private const string Config = $"{Sites}/config";
    private const string Assignments = "Microsoft.Authorization/roleAssignments";

    public static ImmutableArray<Check> All { get; } =
    [
        Check.Each("storage takes no key, no plain text, and shows no container", Accounts,
            ("properties.allowSharedKeyAccess", "false"), ("properties.allowBlobPublicAccess", "false"), ("properties.supportsHttpsTrafficOnly", "true"),
            ("properties.minimumTlsVersion", "TLS1_2"), ("properties.allowCrossTenantReplication", "false"), ("properties.defaultToOAuthAuthentication", "true")),
        Check.Each("no container is public", $"{BlobServices}/containers", ("properties.publicAccess", "None")),
        new("what is deleted is gone", NothingIsKept),
        new("archive and log alone cannot be changed", OnlyArchiveAndLog),
        Check.Each("immutable blobs take nothing more", Immutability, ("properties.allowProtectedAppendWrites", "false")),
        Check.Each("Cosmos DB takes no key and is one region", Cosmos,
            ("properties.disableLocalAuth", "true"), ("properties.disableKeyBasedMetadataWriteAccess", "true"), ("properties.minimalTlsVersion", "Tls12"),
            ("properties.enableMultipleWriteLocations", "false"), ("properties.consistencyPolicy.defaultConsistencyLevel", "Strong"),
            ("properties.backupPolicy.type", "Continuous"), ("properties.backupPolicy.continuousModeProperties.tier", "Continuous7Days")),
        new("Cosmos DB has one location", template => template.Of(Cosmos).Where(one => one.Json.GetProperty("properties").GetProperty("locations").GetArrayLength() != 1).Select(one => $"{one}: not one location")),
        Check.Each("Event Grid takes no key", "Microsoft.EventGrid/topics",
            ("properties.disableLocalAuth", "true"), ("properties.minimumTlsVersionAllowed", "1.2"), ("properties.inputSchema", "CloudEventSchemaV1_0")),
        new("what cannot be delivered is kept", Undelivered),
        Check.Each("diagnostics take no key", "Microsoft.Insights/components", ("properties.DisableLocalAuth", "true")),
        Check.Each("the workspace takes no key", "Microsoft.OperationalInsights/workspaces", ("properties.features.disableLocalAuth", "true")),
        Check.Each("the vault is by roles and cannot be lost", "Microsoft.KeyVault/vaults",
            ("properties.enableRbacAuthorization", "true"), ("properties.enableSoftDelete", "true"), ("properties.enablePurgeProtection", "true")),
        Check.Each("apps are reached over TLS alone", Sites,
            ("kind", "functionapp,linux"), ("properties.httpsOnly", "true"), ("properties.siteConfig.minTlsVersion", "1.2"), ("properties.siteConfig.scmMinTlsVersion", "1.2"),
            ("properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity")),
        new("the runtime is the one that starts", Runtime),
        Check.Each("plans are Flex Consumption", "Microsoft.Web/serverfarms", ("sku.name", "FC1"), ("sku.tier", "FlexConsumption"), ("properties.reserved", "true")),
        new("a plan has one app", template => template.Of(Sites).GroupBy(one => one.At("properties.serverFarmId"), StringComparer.Ordinal).Where(plan => plan.Count() > 1).Select(plan => $"{plan.Key} has {plan.Count()} apps")),
        new("each app has an identity of its own", template => template.Of(Sites).GroupBy(one => one.At("identity.userAssignedIdentities"), StringComparer.Ordinal).Where(identity => identity.Count() > 1).Select(identity => $"{identity.Key} is of {identity.Count()} apps")),
        Check.Each("nobody publishes with a password", $"{Sites}/basicPublishingCredentialsPolicies", ("properties.allow", "false")),
        new("no password is left for any app", template => template.Of($"{Sites}/basicPublishingCredentialsPolicies").Count() == 2 * template.Of(Sites).Count() ? [] : ["not every app has both ways of publishing by password off"]),
        new("the publisher is called by Event Grid alone", template => template.Of(Sites)
            .Where(one => one.Name.Contains("publisherName", StringComparison.Ordinal) && (one.At("properties.siteConfig.ipSecurityRestrictionsDefaultAction") != "Deny" || !one.Json.GetRawText().Contains("AzureEventGrid", StringComparison.Ordinal))).Select(one => $"{one}: others may call it")),
        Check.Each("Front Door redirects to https", "Microsoft.Cdn/profiles/afdEndpoints/routes", ("properties.httpsRedirect", "Enabled"), ("properties.forwardingProtocol", "HttpsOnly")),
        new("Front Door sets the headers that a blob website cannot", Headers),
        new("nothing asks for a key", template => Regex.Matches(template.Text, "list(?:Keys|ConnectionStrings|AccountSas|ServiceSas|Secrets|AdminKeys)\\(", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Select(found => $"it calls {found.Value}")),
        new("nothing is named for a connection string", ConnectionStrings),
        new("no setting holds a secret", Settings),
        new("roles are given for apps, by built-in roles", template => template.Of(Assignments)
            .Where(one => one.At("properties.roleDefinitionId")?.StartsWith("[subscriptionResourceId('Microsoft.Authorization/roleDefinitions',", StringComparison.Ordinal) != true || one.At("properties.principalType") is null || one.At("scope") is null)
            .Select(one => $"{one}: no built-in role, no type of principal, or the scope of a whole group")),
        new("every resource that can be is tagged", template => template.Resources.Where(one => one.Json.TryGetProperty("location", out JsonElement location) && location.ValueKind == JsonValueKind.String && one.At("tags") is null).Select(one => $"{one}: no tags")),
    ];

    private static IEnumerable<string> NothingIsKept(Template template) => template.Of(BlobServices)
        .Where(one => one.At("properties.isVersioningEnabled") == "true" || one.At("properties.deleteRetentionPolicy.enabled") == "true")
        .Select(one => $"{one}: versions or deleted blobs are kept, so that what was redacted is not gone");

    private static IEnumerable<string> OnlyArchiveAndLog(Template template)
    {
        Resource[] policies = [.. template.Of(Immutability)];
        string? containers = template.Modules["storage"].GetProperty("variables").GetProperty("archiveContainers").GetRawText();
        bool isOne = policies is [{ } only] && only.At("copy.count") == "[length(variables('archiveContainers'))]" && containers.Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("") == """["archive","[parameters('logPlace')]"]""";
        return isOne ? [] : ["the containers that nothing can be changed in are not archive and log"];
    }

    private static IEnumerable<string> Undelivered(Template template) => template.Resources
        .Where(one => one.Type.EndsWith("/eventSubscriptions", StringComparison.Ordinal) && one.At("properties.deadLetterWithResourceIdentity.deadLetterDestination.properties.blobContainerName") != "dead-letters")
        .Select(one => $"{one}: what cannot be delivered is lost");

    private static IEnumerable<string> Runtime(Template template) => template.Modules["functions"].GetProperty("variables").GetProperty("runtime") is var runtime
        && runtime.GetProperty("name").GetString() == "custom" && runtime.GetProperty("version").GetString() == "1.0"
            ? template.Of(Sites).Where(one => one.At("properties.functionAppConfig.runtime") != "[variables('runtime')]").Select(one => $"{one}: another runtime")
            : ["the runtime is not 'custom' of version '1.0': the deployment would succeed and the app never start"];

    private static IEnumerable<string> Headers(Template template)
    {
        string rules = string.Concat(template.Of("Microsoft.Cdn/profiles/ruleSets/rules").Select(one => one.Json.GetRawText()));
        return new[] { "Content-Security-Policy", "frame-ancestors", "Referrer-Policy", "Strict-Transport-Security", "X-Content-Type-Options" }
            .Where(header => !rules.Contains(header, StringComparison.Ordinal)).Select(header => $"Front Door does not set {header}");
    }

    private static IEnumerable<string> ConnectionStrings(Template template)
    {
        IEnumerable<string> outputs = template.Modules.Values.Where(one => one.TryGetProperty("outputs", out _)).SelectMany(one => one.GetProperty("outputs").EnumerateObject()).Select(one => one.Name);
        return outputs.Concat(template.Resources.SelectMany(one => Names(one.Json)))
            .Where(name => name.Replace("_", "", StringComparison.Ordinal).Contains("connectionString", StringComparison.OrdinalIgnoreCase) && name != "APPLICATIONINSIGHTS_CONNECTION_STRING")
            .Select(name => $"something is called {name}");
    }

    // The one text of that name is an address: without a role of the app it takes nothing.
    private static IEnumerable<string> Settings(Template template) => template.Of(Config)
        .SelectMany(one => Regex.Matches(one.Json.GetRawText(), "AccountKey|SharedAccess|sig=|Password|Secret=", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(10)).Select(found => $"{one}: {found.Value}"))
        .Concat(template.Of(Config).Where(one => !one.Json.GetRawText().Contains("Authorization=AAD", StringComparison.Ordinal)).Select(one => $"{one}: diagnostics would be sent without an identity"));

    private static IEnumerable<string> Names(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(one => Names(one.Value).Prepend(one.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Names),
        _ => [],
    };
}

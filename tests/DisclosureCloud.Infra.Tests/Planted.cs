namespace DisclosureCloud.Infra.Tests;

/// <summary>A mistake as somebody could make it, and what must find it.</summary>
/// <param name="Check">The name of the check; <see cref="Compiler"/> where it is the compiler.</param>
/// <param name="File">Below <c>infra</c>.</param>
/// <param name="Text">What stands there once or more.</param>
/// <param name="Instead">What is put in the place of the first.</param>
internal sealed record Planted(string Check, string File, string Text, string Instead)
{
    public const string Compiler = "the compiler";

    public static IReadOnlyList<Planted> All { get; } =
    [
        new(Compiler, "app/storage.bicep", "accessTier: 'Hot'", "accessTier: 'Warm'"),
        new(Compiler, "app/storage.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAcces: false"),
        new(Compiler, "app/cosmos.bicep", "    databaseAccountOfferType: 'Standard'\n", ""),
        new(Compiler, "app/functions.bicep", "'Microsoft.Web/sites@2024-11-01'", "'Microsoft.Web/site@2024-11-01'"),
        new(Compiler, "app/eventgrid.bicep", "disableLocalAuth: true", "disableLocalAuth: 'true'"),
        new(Compiler, "app/keyvault.bicep", "tenantId: tenant().tenantId", "tenantId: tenantId"),
        new(Compiler, "main.bicep", "    archiveSku: archiveSku\n", ""),
        new(Compiler, "main.bicep", "    mode: cosmosMode\n", "    mode: cosmosMode\n    modus: cosmosMode\n"),
        new(Compiler, "main.bicep", "param monthlyBudget int = 100", "param monthlyBudget int = 0"),
        new(Compiler, "main.bicep", "param timeZone string = ''", "param timeZone string = ''\n\n@maxLength(1)\nparam nobody string = ''"),
        new(Compiler, "app/network.bicep", "${environment().suffixes.storage}", "core.windows.net"),
        new(Compiler, "app/settings.bicep", "Disclosure__Role: 'api'", "Disclosure__Role: 'api"),

        new("storage takes no key, no plain text, and shows no container", "app/storage.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true"),
        new("storage takes no key, no plain text, and shows no container", "app/storage.bicep", "    minimumTlsVersion: 'TLS1_2'\n", ""),
        new("storage takes no key, no plain text, and shows no container", "app/storage.bicep", "supportsHttpsTrafficOnly: true", "supportsHttpsTrafficOnly: false"),
        new("no container is public", "app/storage.bicep", "publicAccess: 'None'", "publicAccess: 'Blob'"),
        new("what is deleted is gone", "app/storage.bicep", "isVersioningEnabled: false", "isVersioningEnabled: true"),
        new("archive and log alone cannot be changed", "app/storage.bicep", "  'archive'\n  logPlace\n", "  'archive'\n  logPlace\n  'evidence'\n"),
        new("archive and log alone cannot be changed", "app/storage.bicep", "for (name, i) in archiveContainers: if (!contains(lockedContainers, name)) {\n    parent: archiveContainer[i]", "for (name, i) in passingContainers: if (!contains(lockedContainers, name)) {\n    parent: passingContainer[i]"),
        new("immutable blobs take nothing more", "app/storage.bicep", "allowProtectedAppendWrites: false", "allowProtectedAppendWrites: true"),
        new("Cosmos DB takes no key and is one region", "app/cosmos.bicep", "disableLocalAuth: true", "disableLocalAuth: false"),
        new("Cosmos DB takes no key and is one region", "app/cosmos.bicep", "defaultConsistencyLevel: 'Strong'", "defaultConsistencyLevel: 'Session'"),
        new("Cosmos DB has one location", "app/cosmos.bicep", "isZoneRedundant: false\n      }\n", "isZoneRedundant: false\n      }\n      {\n        locationName: 'westeurope'\n        failoverPriority: 1\n      }\n"),
        new("Event Grid takes no key", "app/eventgrid.bicep", "disableLocalAuth: true", "disableLocalAuth: false"),
        new("what cannot be delivered is kept", "app/subscriptions.bicep", "blobContainerName: 'dead-letters'", "blobContainerName: 'packages'"),
        new("diagnostics take no key", "app/monitoring.bicep", "DisableLocalAuth: true", "DisableLocalAuth: false"),
        new("the workspace takes no key", "app/monitoring.bicep", "disableLocalAuth: true", "disableLocalAuth: false"),
        new("the vault is by roles and cannot be lost", "app/keyvault.bicep", "    enablePurgeProtection: true\n", ""),
        new("apps are reached over TLS alone", "app/functions.bicep", "httpsOnly: true", "httpsOnly: false"),
        new("the runtime is the one that starts", "app/functions.bicep", "version: '1.0'", "version: '1'"),
        new("plans are Flex Consumption", "app/functions.bicep", "reserved: true", "reserved: false"),
        new("a plan has one app", "app/functions.bicep", "serverFarmId: publisherPlan.id", "serverFarmId: apiPlan.id"),
        new("each app has an identity of its own", "app/functions.bicep", "'${publisherIdentityId}': {}", "'${apiIdentityId}': {}"),
        new("nobody publishes with a password", "app/functions.bicep", "allow: false", "allow: true"),
        new("no password is left for any app", "app/functions.bicep", "resource apiScm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {\n  parent: api\n  name: 'scm'\n  properties: {\n    allow: false\n  }\n}\n", ""),
        new("the publisher is called by Event Grid alone", "app/functions.bicep", "ipAddress: 'AzureEventGrid'", "ipAddress: 'Internet'"),
        new("Front Door redirects to https", "app/frontdoor.bicep", "httpsRedirect: 'Enabled'", "httpsRedirect: 'Disabled'"),
        new("Front Door sets the headers that a blob website cannot", "app/frontdoor.bicep", "name: 'X-Content-Type-Options'", "name: 'X-Content-Type'"),
        new("nothing asks for a key", "app/settings.bicep", "AZURE_CLIENT_ID: apiClientId", "AZURE_CLIENT_ID: api.listKeys().masterKey"),
        new("nothing is named for a connection string", "main.bicep", "output AZURE_API_NAME string", "output AZURE_API_CONNECTION_STRING string"),
        new("no setting holds a secret", "app/settings.bicep", "ClientId=${apiClientId};Authorization=AAD", "ClientId=${apiClientId}"),
        new("roles are given for apps, by built-in roles", "app/rbac.bicep", "  scope: topic\n", ""),
        new("every resource that can be is tagged", "app/cosmos.bicep", "  tags: tags\n  kind", "  kind"),

        new("every parameter and output says what it is", "main.bicep", "@description('Where the site is.')\n", ""),
        new("every parameter has bounds", "main.bicep", "@minValue(30)\n@maxValue(730)\nparam diagnosticsDays", "param diagnosticsDays"),
        new("names are within limits", "main.bicep", "${abbreviations.storageAccount}arch${resourceToken}", "${abbreviations.storageAccount}-archive-${resourceToken}"),
        new(Compiler, "abbreviations.json", "\"keyVault\": \"kv-\"", "\"keyVault\": \"the-key-vault-\""),

        new("every setting that the app reads is set, and none that it does not", "main.bicep", "      Disclosure__Site__Operator: siteOperator\n", "      Disclosure__Site__Owner: siteOperator\n"),
        new("every setting that the app reads is set, and none that it does not", "app/settings.bicep", "  Disclosure__Storage: 'azure'\n", ""),
        new("the seed is the publisher's alone", "app/settings.bicep", "      Disclosure__Role: 'api'\n", "      Disclosure__Role: 'api'\n      Disclosure__Log__Seed: seedEntry\n"),
        new("each app has the functions of its role", "app/settings.bicep", "  'TurnDay'\n", ""),
        new("each app has the functions of its role", "app/settings.bicep", "toObject(publisherFunctions, name => 'AzureWebJobs.${name}.Disabled'", "toObject(publisherFunctions, name => 'AzureWebJobs.${name}.Enabled'"),
        new("containers, queues and table are the app's", "app/storage.bicep", "  'ledger-changed-poison'\n", ""),
        new("containers, queues and table are the app's", "app/storage.bicep", "name: 'cells'", "name: 'locks'"),
        new("Cosmos DB has the app's containers, indexed as it asks", "app/cosmos.bicep", "      '/commit/?'\n", ""),
        new("each app has the roles that it needs, and no other", "app/rbac.bicep", "    name: 'archive'\n    role: roles.blobReader\n    app: 'api'", "    name: 'archive'\n    role: roles.blobContributor\n    app: 'api'"),
        new("each app has the roles that it needs, and no other", "app/rbac.bicep", "  {\n    name: 'ledger-changed'\n    role: roles.queueSender\n    app: 'api'\n  }\n", ""),
        new("each app has the roles that it needs, and no other", "app/rbac.bicep", "    role: roles.tableReader\n    app: 'api'", "    role: roles.tableContributor\n    app: 'api'"),
        new("each app has the roles that it needs, and no other", "app/rbac.bicep", "'${cosmos.id}/dbs/${databaseName}'", "cosmos.id"),
        new("each app has the roles that it needs, and no other", "app/rbac.bicep", "principalId: publisherPrincipalId\n    principalType: 'ServicePrincipal'\n    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsUser)", "principalId: apiPrincipalId\n    principalType: 'ServicePrincipal'\n    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsUser)"),
        new("every alarm has an alert", "app/alerts.bicep", "message contains \"ALARM archive-event\" or ", ""),
        new("alerts read what the app writes", "app/alerts.bicep", "extract(\"([0-9]+) waiting\", 1, message)", "extract(\"waiting ([0-9]+)\", 1, message)"),
    ];

    public override string ToString() => $"{Check}: {File}, {Instead.ReplaceLineEndings(" ").Trim()}";
}

// Who may what. Each role is at the smallest scope that has it, and a test holds them to what the two apps do.

@description('The principal id of the api.')
param apiPrincipalId string

@description('The principal id of the publisher.')
param publisherPrincipalId string

@description('The principal id of whoever deploys, who writes the seed into the vault; empty for nobody.')
param deployerPrincipalId string

@description('What whoever deploys is.')
@allowed([
  'User'
  'ServicePrincipal'
])
param deployerPrincipalType string

@description('The principal id of the Event Grid topic.')
param topicPrincipalId string

@description('The principal id of the watch over the archive.')
param watchPrincipalId string

@description('The host account.')
param hostName string

@description('The archive account.')
param archiveName string

@description('The site account.')
param siteName string

@description('The container of the log.')
param logPlace string

@description('The Cosmos DB account.')
param cosmosName string

@description('Its database.')
param databaseName string

@description('The key vault.')
param vaultName string

@description('The Event Grid topic.')
param topicName string

@description('The Application Insights component.')
param insightsName string

// The built-in roles, by the ids that they have in every cloud.
var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  queueReader: '19e7f393-937e-4f77-808e-94535e297925'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  queueSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  tableReader: '76199698-9eea-4c19-bc75-cec21354c6b6'
  eventSender: 'd5a91429-5739-47e2-a06b-3470a27159e7'
  secretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  secretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  cosmosContributor: '00000000-0000-0000-0000-000000000002'
}

// The api: archived commits and what is public, to read; evidence files, files of many postings and complaints, to write. The publisher also takes these away when their time is over.
var onContainers = [
  {
    name: 'archive'
    role: roles.blobReader
    app: 'api'
  }
  {
    name: 'evidence'
    role: roles.blobContributor
    app: 'api'
  }
  {
    name: 'bulk'
    role: roles.blobContributor
    app: 'api'
  }
  {
    name: 'complaints'
    role: roles.blobContributor
    app: 'api'
  }
  {
    name: 'archive'
    role: roles.blobContributor
    app: 'publisher'
  }
  {
    name: logPlace
    role: roles.blobContributor
    app: 'publisher'
  }
  {
    name: '${logPlace}-edge'
    role: roles.blobContributor
    app: 'publisher'
  }
  {
    name: 'evidence'
    role: roles.blobContributor
    app: 'publisher'
  }
  {
    name: 'bulk'
    role: roles.blobContributor
    app: 'publisher'
  }
  {
    name: 'complaints'
    role: roles.blobContributor
    app: 'publisher'
  }
]

// Each app takes from its own queue, whose host also renews and gives back messages, which no smaller role lets it; it sets aside what failed; the api wakes the publisher, which counts what was set aside.
var onQueues = [
  {
    name: 'postings'
    role: roles.queueContributor
    app: 'api'
  }
  {
    name: 'postings-poison'
    role: roles.queueSender
    app: 'api'
  }
  {
    name: 'bulk-work'
    role: roles.queueContributor
    app: 'api'
  }
  {
    name: 'bulk-work-poison'
    role: roles.queueSender
    app: 'api'
  }
  {
    name: 'ledger-changed'
    role: roles.queueSender
    app: 'api'
  }
  {
    name: 'ledger-changed'
    role: roles.queueContributor
    app: 'publisher'
  }
  {
    name: 'ledger-changed-poison'
    role: roles.queueSender
    app: 'publisher'
  }
  {
    name: 'ledger-changed-poison'
    role: roles.queueReader
    app: 'publisher'
  }
  {
    name: 'postings-poison'
    role: roles.queueReader
    app: 'publisher'
  }
  {
    name: 'bulk-work-poison'
    role: roles.queueReader
    app: 'publisher'
  }
]

var onCells = [
  {
    role: roles.tableReader
    app: 'api'
  }
  {
    role: roles.tableContributor
    app: 'publisher'
  }
]

var principals = {
  api: apiPrincipalId
  publisher: publisherPrincipalId
}
var apps = [
  'api'
  'publisher'
]

resource host 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deadLetters 'containers' existing = {
      name: 'dead-letters'
    }
  }

  resource queues 'queueServices' existing = {
    name: 'default'

    resource queue 'queues' existing = [
      for one in onQueues: {
        name: one.name
      }
    ]
  }

  resource tables 'tableServices' existing = {
    name: 'default'

    resource cells 'tables' existing = {
      name: 'cells'
    }
  }
}

resource archive 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: archiveName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource container 'containers' existing = [
      for one in onContainers: {
        name: one.name
      }
    ]
  }
}

resource site 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: siteName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource web 'containers' existing = {
      name: '$web'
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource topic 'Microsoft.EventGrid/topics@2025-02-15' existing = {
  name: topicName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource cosmos 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' existing = {
  name: cosmosName
}

// The host of each app keeps locks and its package in blobs: the api's in the host account, the publisher's where the api cannot write.
resource apiHost 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(host.id, 'api', roles.blobOwner)
  scope: host
  properties: {
    principalId: apiPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobOwner)
  }
}

resource publisherSite 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(site.id, 'publisher', roles.blobOwner)
  scope: site
  properties: {
    principalId: publisherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobOwner)
  }
}

resource apiSite 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(site::blobs::web.id, 'api', roles.blobReader)
  scope: site::blobs::web
  properties: {
    principalId: apiPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobReader)
  }
}

resource containerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (one, i) in onContainers: {
    name: guid(archive.id, one.name, one.app, one.role)
    scope: archive::blobs::container[i]
    properties: {
      principalId: principals[one.app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', one.role)
    }
  }
]

resource queueRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (one, i) in onQueues: {
    name: guid(host.id, one.name, one.app, one.role)
    scope: host::queues::queue[i]
    properties: {
      principalId: principals[one.app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', one.role)
    }
  }
]

resource cellRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in onCells: {
    name: guid(host::tables::cells.id, one.app, one.role)
    scope: host::tables::cells
    properties: {
      principalId: principals[one.app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', one.role)
    }
  }
]

resource metricsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for app in apps: {
    name: guid(insights.id, app, roles.metricsPublisher)
    scope: insights
    properties: {
      principalId: principals[app]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
    }
  }
]

// Items of one database; neither may change containers, nor what they are indexed by.
@batchSize(1)
resource cosmosRole 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = [
  for app in apps: {
    parent: cosmos
    name: guid(cosmos.id, databaseName, app, roles.cosmosContributor)
    properties: {
      principalId: principals[app]
      roleDefinitionId: '${cosmos.id}/sqlRoleDefinitions/${roles.cosmosContributor}'
      scope: '${cosmos.id}/dbs/${databaseName}'
    }
  }
]

resource topicRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(topic.id, 'publisher', roles.eventSender)
  scope: topic
  properties: {
    principalId: publisherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.eventSender)
  }
}

resource seedRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, 'publisher', roles.secretsUser)
  scope: vault
  properties: {
    principalId: publisherPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsUser)
  }
}

resource deployerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  name: guid(vault.id, deployerPrincipalId, roles.secretsOfficer)
  scope: vault
  properties: {
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.secretsOfficer)
  }
}

resource deadLetterRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (principal, i) in [
    topicPrincipalId
    watchPrincipalId
  ]: {
    name: guid(host::blobs::deadLetters.id, i == 0 ? 'topic' : 'watch', roles.blobContributor)
    scope: host::blobs::deadLetters
    properties: {
      principalId: principal
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    }
  }
]

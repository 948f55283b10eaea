// What the two apps are told. Every setting that the app reads stands here or in main.bicep, and a test holds both lists to each other.

@description('The app of the role api.')
param apiName string

@description('The app of the role publisher.')
param publisherName string

@description('The client id of the identity of the api.')
param apiClientId string

@description('The client id of the identity of the publisher.')
param publisherClientId string

@description('The Application Insights component.')
param insightsName string

@description('The blobs of the host account, where the host of the api keeps its locks.')
param hostBlobs string

@description('The queues of the host account.')
param hostQueues string

@description('The tables of the host account.')
param hostTables string

@description('The blobs of the archive account.')
param archiveBlobs string

@description('The blobs of the site account, where the host of the publisher keeps its locks.')
param siteBlobs string

@description('The address of the Cosmos DB account.')
param cosmosEndpoint string

@description('Its database.')
param databaseName string

@description('The address of the Event Grid topic.')
param topicEndpoint string

@description('The address of the key vault.')
param vaultUri string

@description('The name of the secret with the seed of the log.')
param seedEntry string

@description('The name of the secret with the seed before it, while both sign; empty at other times.')
param oldSeedEntry string

@description('How many proxies stand before the app.')
@minValue(1)
@maxValue(4)
param proxies int

@description('What the operator chose, by the names of the settings; what is empty is left out, and the app has its own default.')
param chosen object

// The functions of the other role are off: each app has all of them in its package. GetHealth is of both.
var apiFunctions = [
  'AnswerComplaint'
  'ApplyBulk'
  'ApprovePosting'
  'GetBulk'
  'GetComplaint'
  'GetComplaints'
  'GetConsistency'
  'GetEntries'
  'GetEntryProof'
  'GetEvidenceFile'
  'GetEvidencePack'
  'GetKindSchema'
  'GetOpenApi'
  'GetPosting'
  'GetPostings'
  'GetTemplate'
  'IngestPosting'
  'PostBulk'
  'PostComplaint'
  'PostEvidenceFile'
  'PostNotice'
  'PostPosting'
  'RejectPosting'
]

var publisherFunctions = [
  'FollowLedger'
  'OnArchiveBlob'
  'PublishSite'
  'Reconcile'
  'TurnDay'
]

var chosenOnes = toObject(filter(items(chosen), one => !empty(one.value)), one => one.key, one => one.value)

var shared = union(chosenOnes, {
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  Disclosure__Ledger: 'cosmos'
  Disclosure__Cosmos__Endpoint: cosmosEndpoint
  Disclosure__Cosmos__Database: databaseName
  Disclosure__Storage: 'azure'
  Disclosure__Storage__Archive: archiveBlobs
  Disclosure__Storage__Site: siteBlobs
  Disclosure__Storage__Queues: hostQueues
  Disclosure__Storage__Tables: hostTables
  Disclosure__Limits__Proxies: string(proxies)
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__queueServiceUri: hostQueues
  AzureWebJobsStorage__tableServiceUri: hostTables
})

var oldSeed = empty(oldSeedEntry)
  ? {}
  : {
      Disclosure__Log__OldSeed: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${oldSeedEntry})'
    }

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource api 'Microsoft.Web/sites@2024-11-01' existing = {
  name: apiName
}

resource publisher 'Microsoft.Web/sites@2024-11-01' existing = {
  name: publisherName
}

resource apiSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: api
  name: 'appsettings'
  properties: union(
    shared,
    {
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${apiClientId};Authorization=AAD'
      AZURE_CLIENT_ID: apiClientId
      AzureWebJobsStorage__blobServiceUri: hostBlobs
      AzureWebJobsStorage__clientId: apiClientId
      Disclosure__Role: 'api'
    },
    toObject(publisherFunctions, name => 'AzureWebJobs.${name}.Disabled', name => 'true')
  )
}

resource publisherSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: publisher
  name: 'appsettings'
  properties: union(
    shared,
    oldSeed,
    {
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${publisherClientId};Authorization=AAD'
      AZURE_CLIENT_ID: publisherClientId
      AzureWebJobsStorage__blobServiceUri: siteBlobs
      AzureWebJobsStorage__clientId: publisherClientId
      Disclosure__EventGrid__Topic: topicEndpoint
      Disclosure__Log__Seed: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${seedEntry})'
      Disclosure__Role: 'publisher'
    },
    toObject(apiFunctions, name => 'AzureWebJobs.${name}.Disabled', name => 'true')
  )
}

// Three accounts. Host: what the Functions host of the api keeps, queues and locks. Archive: archive, log, evidence files, files of many postings, complaints.
// Site: the website, what is staged for it, and what the host of the publisher keeps, since nobody else may write there.
// None takes a shared key, none lets a container be public; the website is served by its own address.

@description('The region of the accounts.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name of the account of queues, locks, and the host of the api.')
@minLength(3)
@maxLength(24)
param hostName string

@description('The name of the account of archive, log, evidence files, files of many postings and complaints.')
@minLength(3)
@maxLength(24)
param archiveName string

@description('The name of the account of the site and the host of the publisher.')
@minLength(3)
@maxLength(24)
param siteName string

@description('How often the archive is kept: in one building, in three of a region, or in a second region too.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param archiveSku string

@description('The container of the log, which the setting Disclosure:Log:Place names.')
@minLength(3)
@maxLength(58)
param logPlace string

@description('For how many days nothing that is in archive and log can be changed or deleted.')
@minValue(1)
@maxValue(146000)
param immutabilityDays int

@description('The containers whose policy was locked.')
param lockedContainers array

@description('False where host and archive are reached over the private network alone. The site is public in any case.')
param publicAccess bool

var archiveContainers = [
  'archive'
  logPlace
]

// These go again: partial tiles, what is staged; evidence files that are redacted; files of many postings that are done; complaints whose time is over.
var passingContainers = [
  '${logPlace}-edge'
  'evidence'
  'bulk'
  'complaints'
]

var queueNames = [
  'postings'
  'postings-poison'
  'ledger-changed'
  'ledger-changed-poison'
  'bulk-work'
  'bulk-work-poison'
]

resource host 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: hostName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    supportsHttpsTrafficOnly: true
    // Event Grid is let through for what it could not deliver.
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
    }
  }
}

resource hostBlobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: host
  name: 'default'
}

resource hostContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for name in [
    'packages'
    'dead-letters'
  ]: {
    parent: hostBlobs
    name: name
    properties: {
      publicAccess: 'None'
    }
  }
]

resource hostQueues 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: host
  name: 'default'
}

resource hostQueue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for name in queueNames: {
    parent: hostQueues
    name: name
  }
]

resource hostTables 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: host
  name: 'default'
}

// With the log's lock row: no copy of it is ever to be put back.
resource cells 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = {
  parent: hostTables
  name: 'cells'
}

resource archive 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: archiveName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: archiveSku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'None'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
    }
  }
}

// No versions and no undeleting of blobs: an evidence file that was redacted, or a complaint whose time is over, is to be gone.
resource archiveBlobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: archive
  name: 'default'
  properties: {
    isVersioningEnabled: false
    deleteRetentionPolicy: {
      enabled: false
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 30
    }
  }
}

resource archiveContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for name in archiveContainers: {
    parent: archiveBlobs
    name: name
    properties: {
      publicAccess: 'None'
    }
  }
]

// Not locked: that is a step of its own, and for ever (runbook "first deployment").
resource immutability 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-01-01' = [
  for (name, i) in archiveContainers: if (!contains(lockedContainers, name)) {
    parent: archiveContainer[i]
    name: 'default'
    properties: {
      immutabilityPeriodSinceCreationInDays: immutabilityDays
      allowProtectedAppendWrites: false
    }
  }
]

resource passingContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for name in passingContainers: {
    parent: archiveBlobs
    name: name
    properties: {
      publicAccess: 'None'
    }
  }
]

resource site 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: siteName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: 'Enabled'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'None'
      defaultAction: 'Allow'
    }
  }
}

// The website is a property of the service since this version of its interface; "az storage blob service-properties update" is the older way.
resource siteBlobs 'Microsoft.Storage/storageAccounts/blobServices@2025-08-01' = {
  parent: site
  name: 'default'
  properties: {
    isVersioningEnabled: false
    deleteRetentionPolicy: {
      enabled: false
    }
    staticWebsite: {
      enabled: true
      indexDocument: 'index.html'
      errorDocument404Path: '404.html'
    }
  }
}

resource siteContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for name in [
    '$web'
    'staging'
    'packages'
  ]: {
    parent: siteBlobs
    name: name
    properties: {
      publicAccess: 'None'
    }
  }
]

@description('The blobs of the host account.')
output hostBlobs string = host.properties.primaryEndpoints.blob

@description('The queues of the host account.')
output hostQueues string = host.properties.primaryEndpoints.queue

@description('The tables of the host account.')
output hostTables string = host.properties.primaryEndpoints.table

@description('The blobs of the archive account.')
output archiveBlobs string = archive.properties.primaryEndpoints.blob

@description('The blobs of the site account.')
output siteBlobs string = site.properties.primaryEndpoints.blob

@description('The address at which the website is read.')
output siteWeb string = site.properties.primaryEndpoints.web

@description('The resource id of the archive account, for its private endpoint and its events.')
output archiveId string = archive.id

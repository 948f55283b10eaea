// Ledger, values, and keys of evidence files. One region, strong consistency: whoever is told that a posting is durable finds it at once.

@description('The one region that is written and read.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name of the account.')
@minLength(3)
@maxLength(44)
param accountName string

@description('The name of the database.')
@minLength(1)
@maxLength(255)
param databaseName string

@description('serverless is paid by request and costs nothing when idle; autoscale has a floor of a tenth of its most, and no bound of 5,000 request units a second a partition.')
@allowed([
  'serverless'
  'autoscale'
])
param mode string

@description('With autoscale: the most request units a second that all containers share, in steps of 1,000.')
@minValue(1000)
@maxValue(1000000)
param maxThroughput int

@description('False where all comes over the private network.')
param publicAccess bool

// What each container is found by; nothing else is indexed or paid for. The same paths stand in the code, and a test holds one to the other.
var containers = [
  {
    name: 'ledger'
    partitionKey: '/stream'
    paths: [
      '/stream/?'
      '/version/?'
      '/commit/?'
    ]
  }
  {
    name: 'values'
    partitionKey: '/posting'
    paths: [
      '/posting/?'
      '/putAt/?'
    ]
  }
  {
    name: 'evidence-keys'
    partitionKey: '/posting'
    paths: [
      '/posting/?'
      '/putAt/?'
    ]
  }
]

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: accountName
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    consistencyPolicy: {
      defaultConsistencyLevel: 'Strong'
    }
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: false
      }
    ]
    enableMultipleWriteLocations: false
    enableAutomaticFailover: false
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    // Seven days, the shortest of its kind: what was redacted is gone from the backups after them.
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: 'Continuous7Days'
      }
    }
    capabilities: mode == 'serverless'
      ? [
          {
            name: 'EnableServerless'
          }
        ]
      : []
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: databaseName
  tags: tags
  properties: {
    resource: {
      id: databaseName
    }
    options: mode == 'autoscale'
      ? {
          autoscaleSettings: {
            maxThroughput: maxThroughput
          }
        }
      : {}
  }
}

@batchSize(1)
resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [
  for one in containers: {
    parent: database
    name: one.name
    tags: tags
    properties: {
      resource: {
        id: one.name
        partitionKey: {
          paths: [
            one.partitionKey
          ]
          kind: 'Hash'
          version: 2
        }
        indexingPolicy: {
          automatic: true
          indexingMode: 'consistent'
          includedPaths: map(one.paths, path => {
            path: path
          })
          excludedPaths: [
            {
              path: '/*'
            }
          ]
        }
      }
    }
  }
]

@description('The address that the app reaches it at.')
output endpoint string = account.properties.documentEndpoint

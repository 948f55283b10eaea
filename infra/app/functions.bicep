// The two apps, made of one package: api takes and decides postings, publisher keeps log, archive and site. A plan of Flex Consumption has one app.
// What they are told stands in settings.bicep, which waits for their roles.

@description('The region of the apps; not every one has Flex Consumption.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name of the app of the role api.')
@minLength(2)
@maxLength(60)
param apiName string

@description('The name of the app of the role publisher.')
@minLength(2)
@maxLength(60)
param publisherName string

@description('The name of the plan of the api.')
@minLength(1)
@maxLength(60)
param apiPlanName string

@description('The name of the plan of the publisher.')
@minLength(1)
@maxLength(60)
param publisherPlanName string

@description('The resource id of the identity of the api.')
param apiIdentityId string

@description('The resource id of the identity of the publisher.')
param publisherIdentityId string

@description('The container of the package of the api.')
param apiPackages string

@description('The container of the package of the publisher, where the api may not write.')
param publisherPackages string

@description('The memory of an instance of the api, in MB.')
@allowed([
  512
  2048
  4096
])
param apiMemoryMB int

@description('The memory of an instance of the publisher, in MB: it holds a whole snapshot of the ledger while it publishes.')
@allowed([
  2048
  4096
])
param publisherMemoryMB int

@description('The most instances of the api.')
@minValue(1)
@maxValue(1000)
param apiInstancesMax int

@description('The most instances of the publisher.')
@minValue(1)
@maxValue(1000)
param publisherInstancesMax int

@description('The subnet of the api; empty for none.')
param apiSubnetId string

@description('The subnet of the publisher; empty for none.')
param publisherSubnetId string

@description('The id of the Front Door profile through which alone the api is reached; empty where everyone reaches it.')
param frontDoorId string

// The host's own version and name of the runtime: with another version the deployment succeeds and the app never starts.
var runtime = {
  name: 'custom'
  version: '1.0'
}

resource apiPlan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: apiPlanName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource publisherPlan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: publisherPlanName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource api 'Microsoft.Web/sites@2024-11-01' = {
  name: apiName
  location: location
  tags: union(tags, {
    'azd-service-name': 'api'
  })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${apiIdentityId}': {}
    }
  }
  properties: {
    serverFarmId: apiPlan.id
    httpsOnly: true
    clientAffinityEnabled: false
    virtualNetworkSubnetId: empty(apiSubnetId) ? null : apiSubnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: apiPackages
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: apiIdentityId
          }
        }
      }
      runtime: runtime
      scaleAndConcurrency: {
        instanceMemoryMB: apiMemoryMB
        maximumInstanceCount: apiInstancesMax
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: empty(frontDoorId) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: empty(frontDoorId)
        ? []
        : [
            {
              name: 'front-door'
              action: 'Allow'
              priority: 100
              tag: 'ServiceTag'
              ipAddress: 'AzureFrontDoor.Backend'
              headers: {
                'x-azure-fdid': [
                  frontDoorId
                ]
              }
            }
          ]
      scmIpSecurityRestrictionsUseMain: false
    }
  }
}

resource publisher 'Microsoft.Web/sites@2024-11-01' = {
  name: publisherName
  location: location
  tags: union(tags, {
    'azd-service-name': 'publisher'
  })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${publisherIdentityId}': {}
    }
  }
  properties: {
    serverFarmId: publisherPlan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: publisherIdentityId
    virtualNetworkSubnetId: empty(publisherSubnetId) ? null : publisherSubnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: publisherPackages
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: publisherIdentityId
          }
        }
      }
      runtime: runtime
      scaleAndConcurrency: {
        instanceMemoryMB: publisherMemoryMB
        // One sequencer at a time: a second one only waits for the lock. More than one, so that a queue does not wait for a timer.
        maximumInstanceCount: publisherInstancesMax
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      // Nobody calls it but Event Grid, with what was done to the archive.
      ipSecurityRestrictionsDefaultAction: 'Deny'
      ipSecurityRestrictions: [
        {
          name: 'event-grid'
          action: 'Allow'
          priority: 100
          tag: 'ServiceTag'
          ipAddress: 'AzureEventGrid'
        }
      ]
      scmIpSecurityRestrictionsUseMain: false
    }
  }
}

// A name and a password are no way to publish: the operator's own identity is.
resource apiFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: api
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource apiScm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: api
  name: 'scm'
  properties: {
    allow: false
  }
}

resource publisherFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: publisher
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource publisherScm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: publisher
  name: 'scm'
  properties: {
    allow: false
  }
}

@description('The host that it answers at.')
output apiHost string = api.properties.defaultHostName

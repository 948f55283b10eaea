// Only where vnetEnabled is set: a network for the apps, and a private endpoint for each store, whose public address is then off.

@description('The region of the network.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name of the network.')
@minLength(2)
@maxLength(64)
param networkName string

@description('What names of private endpoints begin with.')
@maxLength(20)
param endpointPrefix string

@description('The name of the rules of the subnet of endpoints.')
@minLength(1)
@maxLength(80)
param securityGroupName string

@description('The host account.')
param hostName string

@description('The archive account.')
param archiveName string

@description('The Cosmos DB account.')
param cosmosName string

@description('The key vault.')
param vaultName string

@description('The Event Grid topic.')
param topicName string

@description('The addresses of the network: a /24 that nothing else of yours has.')
@minLength(9)
@maxLength(18)
param addressSpace string = '10.117.0.0/24'

// What is reached, and the zone by which its name is found there. These zones are of the public cloud and of the same form in others.
var endpoints = [
  {
    name: 'host-blob'
    type: 'Microsoft.Storage/storageAccounts'
    target: hostName
    group: 'blob'
    zone: 'privatelink.blob.${environment().suffixes.storage}'
  }
  {
    name: 'host-queue'
    type: 'Microsoft.Storage/storageAccounts'
    target: hostName
    group: 'queue'
    zone: 'privatelink.queue.${environment().suffixes.storage}'
  }
  {
    name: 'host-table'
    type: 'Microsoft.Storage/storageAccounts'
    target: hostName
    group: 'table'
    zone: 'privatelink.table.${environment().suffixes.storage}'
  }
  {
    name: 'archive-blob'
    type: 'Microsoft.Storage/storageAccounts'
    target: archiveName
    group: 'blob'
    zone: 'privatelink.blob.${environment().suffixes.storage}'
  }
  {
    name: 'cosmos'
    type: 'Microsoft.DocumentDB/databaseAccounts'
    target: cosmosName
    group: 'Sql'
    zone: cosmosZone
  }
  {
    name: 'vault'
    type: 'Microsoft.KeyVault/vaults'
    target: vaultName
    group: 'vault'
    zone: vaultZone
  }
  {
    name: 'topic'
    type: 'Microsoft.EventGrid/topics'
    target: topicName
    group: 'topic'
    zone: topicZone
  }
]

var isChina = environment().name == 'AzureChinaCloud'
var cosmosZone = isChina ? 'privatelink.documents.azure.cn' : 'privatelink.documents.azure.com'
var vaultZone = isChina ? 'privatelink.vaultcore.azure.cn' : 'privatelink.vaultcore.azure.net'
var topicZone = isChina ? 'privatelink.eventgrid.azure.cn' : 'privatelink.eventgrid.azure.net'
var zones = union(map(endpoints, one => one.zone), [])

resource closed 'Microsoft.Network/networkSecurityGroups@2024-07-01' = {
  name: securityGroupName
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'from-the-network'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: 'VirtualNetwork'
          destinationPortRange: '443'
        }
      }
      {
        name: 'nothing-else'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: networkName
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressSpace
      ]
    }
  }
}

// An app each: what one may reach can be told apart from what the other may.
@batchSize(1)
resource appSubnet 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = [
  for (name, i) in [
    'api'
    'publisher'
  ]: {
    parent: network
    name: name
    properties: {
      addressPrefix: cidrSubnet(addressSpace, 26, i)
      // All that an app sends goes this way: to the issuer of tokens, to diagnostics, to the site's account.
      defaultOutboundAccess: true
      delegations: [
        {
          name: 'flex'
          properties: {
            serviceName: 'Microsoft.App/environments'
          }
        }
      ]
    }
  }
]

resource endpointSubnet 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = {
  parent: network
  name: 'endpoints'
  properties: {
    addressPrefix: cidrSubnet(addressSpace, 26, 2)
    networkSecurityGroup: {
      id: closed.id
    }
    privateEndpointNetworkPolicies: 'Enabled'
  }
  dependsOn: [
    appSubnet
  ]
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for name in zones: {
    name: name
    location: 'global'
    tags: tags
  }
]

resource zoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (name, i) in zones: {
    parent: zone[i]
    name: networkName
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: network.id
      }
    }
  }
]

@batchSize(1)
resource endpoint 'Microsoft.Network/privateEndpoints@2024-07-01' = [
  for one in endpoints: {
    name: '${endpointPrefix}${one.name}'
    location: location
    tags: tags
    properties: {
      subnet: {
        id: endpointSubnet.id
      }
      privateLinkServiceConnections: [
        {
          name: one.name
          properties: {
            privateLinkServiceId: resourceId(one.type, one.target)
            groupIds: [
              one.group
            ]
          }
        }
      ]
    }
  }
]

resource endpointZone 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = [
  for (one, i) in endpoints: {
    parent: endpoint[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: one.group
          properties: {
            privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', one.zone)
          }
        }
      ]
    }
    dependsOn: [
      zoneLink
    ]
  }
]

@description('The subnet of the api.')
output apiSubnetId string = appSubnet[0].id

@description('The subnet of the publisher.')
output publisherSubnetId string = appSubnet[1].id

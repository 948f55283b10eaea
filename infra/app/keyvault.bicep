// The log's secret, and nothing else. The publisher reads it; whoever deploys writes it once.

@description('The region of the vault.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name of the vault.')
@minLength(3)
@maxLength(24)
param vaultName string

@description('False where all comes over the private network.')
param publicAccess bool

@description('An address or a range of addresses from which the operator writes secrets although public access is off; empty for none.')
@maxLength(64)
param operatorAddress string

var isReachable = publicAccess || !empty(operatorAddress)

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: vaultName
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    // Who deletes the vault by mistake has ninety days to bring it back: the seed is the log's identity.
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: isReachable ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
      ipRules: publicAccess || empty(operatorAddress)
        ? []
        : [
            {
              value: operatorAddress
            }
          ]
      virtualNetworkRules: []
    }
  }
}

@description('Its address, for references to its secrets.')
output vaultUri string = vault.properties.vaultUri

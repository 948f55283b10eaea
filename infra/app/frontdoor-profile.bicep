// The profile by itself: the api takes what comes through it alone, and so must know its id before there is a route to the api.

@description('Tags of every resource.')
param tags object

@description('The name of the profile.')
@minLength(1)
@maxLength(90)
param profileName string

resource profile 'Microsoft.Cdn/profiles@2025-06-01' = {
  name: profileName
  location: 'global'
  tags: tags
  sku: {
    name: 'Standard_AzureFrontDoor'
  }
  properties: {
    originResponseTimeoutSeconds: 60
  }
}

@description('What it says of itself in the header X-Azure-FDID.')
output frontDoorId string = profile.properties.frontDoorId

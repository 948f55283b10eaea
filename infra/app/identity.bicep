// The two identities of the app: one for each role, so that what one may do the other may not.

@description('The region of the identities.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name of the identity of the role api.')
@minLength(3)
@maxLength(128)
param apiName string

@description('The name of the identity of the role publisher.')
@minLength(3)
@maxLength(128)
param publisherName string

resource api 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: apiName
  location: location
  tags: tags
}

resource publisher 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: publisherName
  location: location
  tags: tags
}

@description('The resource id of the identity of the api.')
output apiId string = api.id

@description('Its client id, by which the app names it.')
output apiClientId string = api.properties.clientId

@description('Its principal id, which roles are assigned to.')
output apiPrincipalId string = api.properties.principalId

@description('The resource id of the identity of the publisher.')
output publisherId string = publisher.id

@description('Its client id, by which the app names it.')
output publisherClientId string = publisher.properties.clientId

@description('Its principal id, which roles are assigned to.')
output publisherPrincipalId string = publisher.properties.principalId

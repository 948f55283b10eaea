// The topic that tells subscribers what became public, and the watch over the archive's account.

@description('The region of the topic.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name of the topic.')
@minLength(3)
@maxLength(50)
param topicName string

@description('The name of the topic by which the archive account tells what was done to it.')
@minLength(3)
@maxLength(50)
param watchName string

@description('The resource id of the archive account.')
param archiveId string

@description('False where the topic is reached over the private network alone.')
param publicAccess bool

resource topic 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: topicName
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    inputSchema: 'CloudEventSchemaV1_0'
    disableLocalAuth: true
    minimumTlsVersionAllowed: '1.2'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
  }
}

resource watch 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: watchName
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: archiveId
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

@description('The address that the publisher sends to.')
output endpoint string = topic.properties.endpoint

@description('The principal id of the topic, which writes what it could not deliver.')
output topicPrincipalId string = topic.identity.principalId

@description('The principal id of the watch, which writes what it could not deliver.')
output watchPrincipalId string = watch.identity.principalId

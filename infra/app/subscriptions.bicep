// Who is told of what. The watch over the archive is delivered to a function, which must be there first: hence "archiveWatch" in main.bicep.

@description('The Event Grid topic.')
param topicName string

@description('The watch over the archive.')
param watchName string

@description('The app of the role publisher.')
param publisherName string

@description('Whether its package was deployed, so that there is a function to deliver to.')
param archiveWatch bool

@description('The https address of a subscriber of yours to what became public, which may hold a secret of its own; empty for none.')
@secure()
param subscriberEndpoint string

@description('The host account, which keeps what could not be delivered.')
param hostName string

resource topic 'Microsoft.EventGrid/topics@2025-02-15' existing = {
  name: topicName
}

resource watch 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: watchName
}

resource host 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostName
}

resource ofArchive 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = if (archiveWatch) {
  parent: watch
  name: 'archive'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    destination: {
      endpointType: 'AzureFunction'
      properties: {
        resourceId: resourceId('Microsoft.Web/sites/functions', publisherName, 'OnArchiveBlob')
        maxEventsPerBatch: 1
      }
    }
    filter: {
      includedEventTypes: [
        'Microsoft.Storage.BlobCreated'
        'Microsoft.Storage.BlobDeleted'
        'Microsoft.Storage.BlobTierChanged'
      ]
      subjectBeginsWith: '/blobServices/default/containers/archive/'
    }
    deadLetterWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: host.id
          blobContainerName: 'dead-letters'
        }
      }
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
  }
}

resource subscriber 'Microsoft.EventGrid/topics/eventSubscriptions@2025-02-15' = if (!empty(subscriberEndpoint)) {
  parent: topic
  name: 'subscriber'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: subscriberEndpoint
        minimumTlsVersionAllowed: '1.2'
      }
    }
    deadLetterWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: host.id
          blobContainerName: 'dead-letters'
        }
      }
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
  }
}

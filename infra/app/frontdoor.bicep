// Front Door before site and api: one name, compression, and the headers that a blob website cannot set.

@description('Tags of every resource.')
param tags object

@description('The name of the profile.')
@minLength(1)
@maxLength(90)
param profileName string

@description('The name of the endpoint, which its address begins with.')
@minLength(1)
@maxLength(46)
param endpointName string

@description('The host of the website.')
param siteHost string

@description('The host of the api.')
param apiHost string

resource profile 'Microsoft.Cdn/profiles@2025-06-01' existing = {
  name: profileName
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-06-01' = {
  parent: profile
  name: endpointName
  location: 'global'
  tags: tags
  properties: {
    enabledState: 'Enabled'
  }
}

resource siteGroup 'Microsoft.Cdn/profiles/originGroups@2025-06-01' = {
  parent: profile
  name: 'site'
  properties: {
    loadBalancingSettings: {
      sampleSize: 4
      successfulSamplesRequired: 2
      additionalLatencyInMilliseconds: 0
    }
    sessionAffinityState: 'Disabled'
  }
}

resource siteOrigin 'Microsoft.Cdn/profiles/originGroups/origins@2025-06-01' = {
  parent: siteGroup
  name: 'site'
  properties: {
    hostName: siteHost
    originHostHeader: siteHost
    httpPort: 80
    httpsPort: 443
    priority: 1
    weight: 1000
    enabledState: 'Enabled'
    enforceCertificateNameCheck: true
  }
}

resource apiGroup 'Microsoft.Cdn/profiles/originGroups@2025-06-01' = {
  parent: profile
  name: 'api'
  properties: {
    loadBalancingSettings: {
      sampleSize: 4
      successfulSamplesRequired: 2
      additionalLatencyInMilliseconds: 0
    }
    sessionAffinityState: 'Disabled'
  }
}

resource apiOrigin 'Microsoft.Cdn/profiles/originGroups/origins@2025-06-01' = {
  parent: apiGroup
  name: 'api'
  properties: {
    hostName: apiHost
    originHostHeader: apiHost
    httpPort: 80
    httpsPort: 443
    priority: 1
    weight: 1000
    enabledState: 'Enabled'
    enforceCertificateNameCheck: true
  }
}

// The pages have their own policy of contents in a meta element, which cannot say who may frame them.
resource headers 'Microsoft.Cdn/profiles/ruleSets@2025-06-01' = {
  parent: profile
  name: 'headers'
}

resource headerRule 'Microsoft.Cdn/profiles/ruleSets/rules@2025-06-01' = {
  parent: headers
  name: 'security'
  properties: {
    order: 1
    matchProcessingBehavior: 'Continue'
    conditions: []
    actions: [
      for one in [
        {
          name: 'Content-Security-Policy'
          value: 'frame-ancestors \'none\''
        }
        {
          name: 'Referrer-Policy'
          value: 'no-referrer'
        }
        {
          name: 'Strict-Transport-Security'
          value: 'max-age=31536000'
        }
        {
          name: 'X-Content-Type-Options'
          value: 'nosniff'
        }
      ]: {
        name: 'ModifyResponseHeader'
        parameters: {
          typeName: 'DeliveryRuleHeaderActionParameters'
          headerAction: 'Overwrite'
          headerName: one.name
          value: one.value
        }
      }
    ]
  }
}

// Who checks a log must get the newest checkpoint, whatever a cache holds.
resource freshRule 'Microsoft.Cdn/profiles/ruleSets/rules@2025-06-01' = {
  parent: headers
  name: 'fresh'
  properties: {
    order: 2
    matchProcessingBehavior: 'Continue'
    conditions: [
      {
        name: 'UrlPath'
        parameters: {
          typeName: 'DeliveryRuleUrlPathMatchConditionParameters'
          operator: 'Equal'
          negateCondition: false
          matchValues: [
            'log/checkpoint'
            'log/vkey'
            'log/frozen'
            'status.json'
          ]
          transforms: []
        }
      }
    ]
    actions: [
      {
        name: 'RouteConfigurationOverride'
        parameters: {
          typeName: 'DeliveryRuleRouteConfigurationOverrideActionParameters'
        }
      }
    ]
  }
  dependsOn: [
    headerRule
  ]
}

resource apiRoute 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: endpoint
  name: 'api'
  properties: {
    originGroup: {
      id: apiGroup.id
    }
    patternsToMatch: [
      '/api/*'
    ]
    supportedProtocols: [
      'Http'
      'Https'
    ]
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    enabledState: 'Enabled'
  }
  dependsOn: [
    apiOrigin
  ]
}

resource siteRoute 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-06-01' = {
  parent: endpoint
  name: 'site'
  properties: {
    originGroup: {
      id: siteGroup.id
    }
    patternsToMatch: [
      '/*'
    ]
    supportedProtocols: [
      'Http'
      'Https'
    ]
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    linkToDefaultDomain: 'Enabled'
    enabledState: 'Enabled'
    ruleSets: [
      {
        id: headers.id
      }
    ]
    // Compression is a part of caching. The files say "no-cache": each is asked for again, and sent whole only where it changed.
    cacheConfiguration: {
      queryStringCachingBehavior: 'UseQueryString'
      compressionSettings: {
        isCompressionEnabled: true
        contentTypesToCompress: [
          'application/atom+xml'
          'application/feed+json'
          'application/json'
          'application/x-ndjson'
          'image/svg+xml'
          'text/css'
          'text/csv'
          'text/html'
          'text/javascript'
          'text/plain'
        ]
      }
    }
  }
  dependsOn: [
    siteOrigin
    freshRule
  ]
}

@description('The host at which site and api are reached.')
output host string = endpoint.properties.hostName

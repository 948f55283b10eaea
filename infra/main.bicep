// DisclosureCloud in a subscription: "azd up" makes a resource group with all of it. Nothing here has a key, and nothing is told one.

targetScope = 'subscription'

@description('The name of the environment; the resource group is called rg- and this.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('The region of everything but Front Door. It must have Flex Consumption: "az functionapp list-flexconsumption-locations" lists those that do.')
@minLength(3)
@maxLength(32)
param location string

@description('The principal id of whoever deploys, who is let to write the seed of the log into the vault; azd fills it in.')
@maxLength(36)
param principalId string = ''

@description('What whoever deploys is: a person, or a pipeline.')
@allowed([
  'User'
  'ServicePrincipal'
])
param principalType string = 'User'

@description('What the log is called: a host and a path, such as data.example.gov.cn/disclosure. The same for ever; the app refuses another one later.')
@minLength(4)
@maxLength(200)
param logOrigin string

@description('The OpenID Connect issuer of the tokens of departments, approvers and auditors, such as https://login.microsoftonline.com/TENANT/v2.0.')
@minLength(12)
@maxLength(500)
param identityAuthority string

@description('Whom its tokens are for: the application id of the API.')
@minLength(1)
@maxLength(200)
param identityAudience string

@description('Whose site it is, as pages say it; without it every page says that it is a trial.')
@maxLength(200)
param siteOperator string = ''

@description('The public https address of the site where it has a name of its own; empty for the address that Azure gives it.')
@maxLength(200)
param siteAddress string = ''

@description('The hotlines of the operator, separated by commas.')
@maxLength(500)
param siteHotlines string = ''

@description('The id of the department that handles complaints; empty where none does, and auditors alone read them.')
@maxLength(64)
param complaintsDepartment string = ''

@description('The zone of "today"; empty for Asia/Shanghai.')
@maxLength(64)
param timeZone string = ''

@description('Kinds of postings that take effect without a second person, separated by commas; never money.')
@maxLength(500)
param approvalNotNeeded string = ''

@description('A file of your own rules of places inside the package, by its name there; empty for the built-in ones.')
@maxLength(200)
param rulesFile string = ''

@description('How many postings a department may send in an hour; 0 for the default of 5,000.')
@minValue(0)
@maxValue(1000000)
param postingsAnHour int = 0

@description('Who cosigns the log and how many are a quorum, as a C2SP tlog-policy with semicolons for line ends; empty for nobody.')
@maxLength(4000)
param logWitnesses string = ''

@description('Where the log lies: its containers are called this, and this with -edge. Another one only where a log follows another.')
@minLength(3)
@maxLength(58)
param logPlace string = 'log'

@description('The origin of the log that this one follows; empty for none.')
@maxLength(200)
param logPredecessor string = ''

@description('The keys of the log that this one follows, and of all before it, separated by commas.')
@maxLength(8000)
param logPredecessorKeys string = ''

@description('Keys that signed once and no longer do, separated by commas.')
@maxLength(8000)
param logRetiredKeys string = ''

@description('The name of the secret with the seed of the log.')
@minLength(1)
@maxLength(127)
param logSeedEntry string = 'log-seed'

@description('During a rotation the name of the secret with the seed before it; empty at other times.')
@maxLength(127)
param logOldSeedEntry string = ''

@description('A collector that takes OpenTelemetry over OTLP; empty for none. Application Insights has logs and requests in any case.')
@maxLength(500)
param otlpEndpoint string = ''

@description('serverless is paid by request and costs nothing when idle; autoscale is cheaper under steady load.')
@allowed([
  'serverless'
  'autoscale'
])
param cosmosMode string = 'serverless'

@description('The Cosmos DB account, where another one was restored from a backup; empty for the one that the template names.')
@maxLength(44)
param cosmosAccount string = ''

@description('With autoscale: the most request units a second.')
@minValue(1000)
@maxValue(1000000)
param cosmosMaxThroughput int = 4000

@description('How often the archive is kept: once in a building (LRS), in three of a region (ZRS), or in a second region too (GRS, GZRS).')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param archiveSku string = 'Standard_ZRS'

@description('For how many days nothing in archive and log can be changed or deleted. The policy is not locked: that is a step of its own.')
@minValue(1)
@maxValue(146000)
param immutabilityDays int = 3650

@description('The containers whose policy was locked, separated by commas: what is locked no template may touch again.')
@maxLength(200)
param lockedContainers string = ''

@description('The memory of an instance of the api, in MB.')
@allowed([
  512
  2048
  4096
])
param apiMemoryMB int = 2048

@description('The memory of an instance of the publisher, in MB.')
@allowed([
  2048
  4096
])
param publisherMemoryMB int = 2048

@description('The most instances of the api: a bound of what can be spent. Some regions take no fewer than 40.')
@minValue(1)
@maxValue(1000)
param apiInstancesMax int = 40

@description('The most instances of the publisher, of all its functions together. Only one signs at a time, whatever their number.')
@minValue(1)
@maxValue(1000)
param publisherInstancesMax int = 40

@description('Front Door before site and api: a name of yours with a certificate, compression, security headers. It has a monthly price.')
param frontDoor bool = false

@description('A network of its own: stores are reached by private endpoints, and their public addresses are off. Each endpoint has an hourly price.')
param vnetEnabled bool = false

@description('With vnetEnabled: the address from which the operator writes the seed into the vault; empty once that is done.')
@maxLength(64)
param operatorAddress string = ''

@description('Tells the publisher what is done to the archive. False at the first deployment, since the function that is told must be there first.')
param archiveWatch bool = false

@description('The https address of a subscriber of yours to what became public, which may hold a secret of its own; empty for none.')
@maxLength(500)
@secure()
param subscriberEndpoint string = ''

@description('Who is written to when something is wrong; empty for nobody, and then there are neither alerts nor a budget.')
@maxLength(254)
param alertEmail string = ''

@description('What may be spent in a month, in the currency of the subscription, before somebody is told.')
@minValue(1)
@maxValue(1000000)
param monthlyBudget int = 100

@description('The first day of the month in which the budget was made, as yyyy-MM-01; empty for no budget.')
@maxLength(10)
param budgetStart string = ''

@description('For how many days diagnostics are kept.')
@minValue(30)
@maxValue(730)
param diagnosticsDays int = 30

var abbreviations = loadJsonContent('abbreviations.json')
var resourceToken = toLower(uniqueString(subscription().id, environmentName, location))
var tags = {
  'azd-env-name': environmentName
}
var publicAccess = !vnetEnabled

// All names, made here, so that "azd provision --preview" knows them before anything is there.
var names = {
  actionGroup: '${abbreviations.actionGroup}${resourceToken}'
  api: '${abbreviations.functionApp}api-${resourceToken}'
  apiIdentity: '${abbreviations.managedIdentity}api-${resourceToken}'
  apiPlan: '${abbreviations.plan}api-${resourceToken}'
  archive: '${abbreviations.storageAccount}arch${resourceToken}'
  budget: '${abbreviations.budget}${resourceToken}'
  cosmos: empty(cosmosAccount) ? '${abbreviations.cosmosAccount}${resourceToken}' : cosmosAccount
  database: 'disclosure'
  frontDoorEndpoint: '${abbreviations.frontDoorEndpoint}${resourceToken}'
  frontDoorProfile: '${abbreviations.frontDoorProfile}${resourceToken}'
  host: '${abbreviations.storageAccount}host${resourceToken}'
  insights: '${abbreviations.appInsights}${resourceToken}'
  network: '${abbreviations.virtualNetwork}${resourceToken}'
  publisher: '${abbreviations.functionApp}publisher-${resourceToken}'
  publisherIdentity: '${abbreviations.managedIdentity}publisher-${resourceToken}'
  publisherPlan: '${abbreviations.plan}publisher-${resourceToken}'
  securityGroup: '${abbreviations.networkSecurityGroup}${resourceToken}'
  site: '${abbreviations.storageAccount}site${resourceToken}'
  topic: '${abbreviations.eventGridTopic}${resourceToken}'
  vault: '${abbreviations.keyVault}${resourceToken}'
  watch: '${abbreviations.eventGridSystemTopic}${resourceToken}'
  workspace: '${abbreviations.logAnalytics}${resourceToken}'
}

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

module identity './app/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    location: location
    tags: tags
    apiName: names.apiIdentity
    publisherName: names.publisherIdentity
  }
}

module monitoring './app/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    location: location
    tags: tags
    workspaceName: names.workspace
    insightsName: names.insights
    retentionDays: diagnosticsDays
    dailyCapGb: 1
  }
}

module storage './app/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    location: location
    tags: tags
    hostName: names.host
    archiveName: names.archive
    siteName: names.site
    archiveSku: archiveSku
    logPlace: logPlace
    immutabilityDays: immutabilityDays
    lockedContainers: split(lockedContainers, ',')
    publicAccess: publicAccess
  }
}

module cosmos './app/cosmos.bicep' = {
  name: 'cosmos'
  scope: group
  params: {
    location: location
    tags: tags
    accountName: names.cosmos
    databaseName: names.database
    mode: cosmosMode
    maxThroughput: cosmosMaxThroughput
    publicAccess: publicAccess
  }
}

module keyvault './app/keyvault.bicep' = {
  name: 'keyvault'
  scope: group
  params: {
    location: location
    tags: tags
    vaultName: names.vault
    publicAccess: publicAccess
    operatorAddress: operatorAddress
  }
}

module eventgrid './app/eventgrid.bicep' = {
  name: 'eventgrid'
  scope: group
  params: {
    location: location
    tags: tags
    topicName: names.topic
    watchName: names.watch
    archiveId: storage.outputs.archiveId
    publicAccess: publicAccess
  }
}

module network './app/network.bicep' = if (vnetEnabled) {
  name: 'network'
  scope: group
  params: {
    location: location
    tags: tags
    networkName: names.network
    endpointPrefix: abbreviations.privateEndpoint
    securityGroupName: names.securityGroup
    hostName: names.host
    archiveName: names.archive
    cosmosName: names.cosmos
    vaultName: names.vault
    topicName: names.topic
  }
  dependsOn: [
    storage
    cosmos
    keyvault
    eventgrid
  ]
}

module frontDoorProfile './app/frontdoor-profile.bicep' = if (frontDoor) {
  name: 'frontdoor-profile'
  scope: group
  params: {
    tags: tags
    profileName: names.frontDoorProfile
  }
}

module functions './app/functions.bicep' = {
  name: 'functions'
  scope: group
  params: {
    location: location
    tags: tags
    apiName: names.api
    publisherName: names.publisher
    apiPlanName: names.apiPlan
    publisherPlanName: names.publisherPlan
    apiIdentityId: identity.outputs.apiId
    publisherIdentityId: identity.outputs.publisherId
    apiPackages: '${storage.outputs.hostBlobs}packages'
    publisherPackages: '${storage.outputs.siteBlobs}packages'
    apiMemoryMB: apiMemoryMB
    publisherMemoryMB: publisherMemoryMB
    apiInstancesMax: apiInstancesMax
    publisherInstancesMax: publisherInstancesMax
    apiSubnetId: network.?outputs.?apiSubnetId ?? ''
    publisherSubnetId: network.?outputs.?publisherSubnetId ?? ''
    frontDoorId: frontDoorProfile.?outputs.?frontDoorId ?? ''
  }
}

module rbac './app/rbac.bicep' = {
  name: 'rbac'
  scope: group
  params: {
    apiPrincipalId: identity.outputs.apiPrincipalId
    publisherPrincipalId: identity.outputs.publisherPrincipalId
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
    topicPrincipalId: eventgrid.outputs.topicPrincipalId
    watchPrincipalId: eventgrid.outputs.watchPrincipalId
    hostName: names.host
    archiveName: names.archive
    siteName: names.site
    logPlace: logPlace
    cosmosName: names.cosmos
    databaseName: names.database
    vaultName: names.vault
    topicName: names.topic
    insightsName: names.insights
  }
  dependsOn: [
    cosmos
    keyvault
    monitoring
  ]
}

module frontDoorRoutes './app/frontdoor.bicep' = if (frontDoor) {
  name: 'frontdoor'
  scope: group
  params: {
    tags: tags
    profileName: names.frontDoorProfile
    endpointName: names.frontDoorEndpoint
    siteHost: split(storage.outputs.siteWeb, '/')[2]
    apiHost: functions.outputs.apiHost
  }
}

var frontDoorHost = frontDoorRoutes.?outputs.?host ?? ''
var givenAddress = frontDoor ? 'https://${frontDoorHost}/' : storage.outputs.siteWeb
var publicAddress = empty(siteAddress) ? givenAddress : siteAddress

module settings './app/settings.bicep' = {
  name: 'settings'
  scope: group
  params: {
    apiName: names.api
    publisherName: names.publisher
    apiClientId: identity.outputs.apiClientId
    publisherClientId: identity.outputs.publisherClientId
    insightsName: names.insights
    hostBlobs: storage.outputs.hostBlobs
    hostQueues: storage.outputs.hostQueues
    hostTables: storage.outputs.hostTables
    archiveBlobs: storage.outputs.archiveBlobs
    siteBlobs: storage.outputs.siteBlobs
    cosmosEndpoint: cosmos.outputs.endpoint
    databaseName: names.database
    topicEndpoint: eventgrid.outputs.endpoint
    vaultUri: keyvault.outputs.vaultUri
    seedEntry: logSeedEntry
    oldSeedEntry: logOldSeedEntry
    proxies: frontDoor ? 2 : 1
    chosen: {
      Disclosure__Approval__NotNeeded: approvalNotNeeded
      Disclosure__Complaints__Department: complaintsDepartment
      Disclosure__Identity__Audience: identityAudience
      Disclosure__Identity__Authority: identityAuthority
      Disclosure__Limits__PostingsAnHour: postingsAnHour == 0 ? '' : string(postingsAnHour)
      Disclosure__Log__Origin: logOrigin
      Disclosure__Log__Place: logPlace
      Disclosure__Log__Predecessor: logPredecessor
      Disclosure__Log__PredecessorKeys: logPredecessorKeys
      Disclosure__Log__RetiredKeys: logRetiredKeys
      Disclosure__Log__Witnesses: logWitnesses
      Disclosure__Rules: rulesFile
      Disclosure__Site__Address: publicAddress
      Disclosure__Site__Hotlines: siteHotlines
      Disclosure__Site__Operator: siteOperator
      Disclosure__TimeZone: timeZone
      OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint
    }
  }
  dependsOn: [
    rbac
    monitoring
  ]
}

module subscriptions './app/subscriptions.bicep' = {
  name: 'subscriptions'
  scope: group
  params: {
    topicName: names.topic
    watchName: names.watch
    publisherName: names.publisher
    archiveWatch: archiveWatch
    subscriberEndpoint: subscriberEndpoint
    hostName: names.host
  }
  dependsOn: [
    settings
  ]
}

module alerts './app/alerts.bicep' = if (!empty(alertEmail)) {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    groupName: names.actionGroup
    alertPrefix: abbreviations.alert
    budgetName: names.budget
    alertEmail: alertEmail
    insightsName: names.insights
    topicName: names.topic
    watchName: names.watch
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
  }
  dependsOn: [
    monitoring
    eventgrid
  ]
}

// What the README and the runbook use: "azd env get-values" prints them.

@description('The resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The region of everything.')
output AZURE_LOCATION string = location

@description('The tenant of the subscription.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('The app of the role api.')
output AZURE_API_NAME string = names.api

@description('The app of the role publisher.')
output AZURE_PUBLISHER_NAME string = names.publisher

@description('The Cosmos DB account.')
output AZURE_COSMOS_ACCOUNT string = names.cosmos

@description('The account of queues and locks.')
output AZURE_HOST_ACCOUNT string = names.host

@description('The account of archive, log and evidence files.')
output AZURE_ARCHIVE_ACCOUNT string = names.archive

@description('The account of the site.')
output AZURE_SITE_ACCOUNT string = names.site

@description('The key vault.')
output AZURE_KEY_VAULT string = names.vault

@description('The Application Insights component.')
output AZURE_APP_INSIGHTS string = names.insights

@description('Where the interface is.')
output API_URL string = frontDoor ? 'https://${frontDoorHost}' : 'https://${functions.outputs.apiHost}'

@description('Where the site is.')
output SITE_URL string = publicAddress

// With these in the environment the verbs of the command line work on these stores, with the identity of whoever runs them.

@description('The setting Disclosure:Ledger.')
output Disclosure__Ledger string = 'cosmos'

@description('The setting Disclosure:Cosmos:Endpoint.')
output Disclosure__Cosmos__Endpoint string = cosmos.outputs.endpoint

@description('The setting Disclosure:Cosmos:Database.')
output Disclosure__Cosmos__Database string = names.database

@description('The setting Disclosure:Storage.')
output Disclosure__Storage string = 'azure'

@description('The setting Disclosure:Storage:Archive.')
output Disclosure__Storage__Archive string = storage.outputs.archiveBlobs

@description('The setting Disclosure:Storage:Site.')
output Disclosure__Storage__Site string = storage.outputs.siteBlobs

@description('The setting Disclosure:Storage:Queues.')
output Disclosure__Storage__Queues string = storage.outputs.hostQueues

@description('The setting Disclosure:Storage:Tables.')
output Disclosure__Storage__Tables string = storage.outputs.hostTables

@description('The setting Disclosure:Log:Origin.')
output Disclosure__Log__Origin string = logOrigin

@description('The setting Disclosure:Log:Place.')
output Disclosure__Log__Place string = logPlace

@description('The setting Disclosure:Identity:Authority.')
output Disclosure__Identity__Authority string = identityAuthority

@description('The setting Disclosure:Identity:Audience.')
output Disclosure__Identity__Audience string = identityAudience

// Where diagnostics go. Nothing is sent with a key: local authentication is off, and both apps may publish.

@description('The region of the workspace.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name of the Log Analytics workspace.')
@minLength(4)
@maxLength(63)
param workspaceName string

@description('The name of the Application Insights component.')
@minLength(1)
@maxLength(255)
param insightsName string

@description('For how many days diagnostics are kept. Thirty are within the price of taking them in.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('At most so many GB of diagnostics are taken in a day; what comes after it is lost, alarms too.')
@minValue(1)
@maxValue(100)
param dailyCapGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    workspaceCapping: {
      dailyQuotaGb: dailyCapGb
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
  }
}

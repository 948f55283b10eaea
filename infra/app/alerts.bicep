// What wakes somebody. Each alert names the page of the runbook that helps (site/content/operations).

@description('The region of the rules.')
param location string

@description('Tags of every resource.')
param tags object

@description('The name of the group that is told.')
@minLength(1)
@maxLength(260)
param groupName string

@description('What names of rules begin with.')
@maxLength(40)
param alertPrefix string

@description('The name of the budget.')
@minLength(1)
@maxLength(63)
param budgetName string

@description('The address that is written to.')
@minLength(5)
@maxLength(254)
param alertEmail string

@description('The Application Insights component that the apps send to.')
param insightsName string

@description('The Event Grid topic.')
param topicName string

@description('The watch over the archive.')
param watchName string

@description('What may be spent in a month, in the currency of the subscription.')
@minValue(1)
@maxValue(1000000)
param monthlyBudget int

@description('The first day of the month in which the budget was made, as yyyy-MM-01; empty for no budget.')
@maxLength(10)
param budgetStart string

// What the apps write: "ALARM code: detail" for what a person must look at, and each minute how far the log is.
var ruleOf = [
  {
    name: 'poison-message'
    severity: 2
    text: 'A message was set aside, or nobody knows who sent it. Runbook: a-poison-message.'
    query: 'traces | where message contains "ALARM poison-message" or message contains "ALARM unattributed-message"'
    window: 'PT15M'
    operator: 'GreaterThan'
  }
  {
    name: 'archive-written-by-others'
    severity: 1
    text: 'The archive or log has something that the app did not write, or lacks something. Runbook: a-lost-store.'
    query: 'traces | where message contains "ALARM foreign-blob" or message contains "ALARM archive-changed" or message contains "ALARM archive-event" or message contains "ALARM missing-from-archive"'
    window: 'PT15M'
    operator: 'GreaterThan'
  }
  {
    name: 'log-refused'
    severity: 0
    text: 'Nothing is logged or published: the log, the ledger, the values or the public checkpoint are not what they must be. Runbook: an-overdue-checkpoint.'
    query: 'traces | where message contains "ALARM log-refused" or message contains "ALARM ledger-behind" or message contains "ALARM public-checkpoint" or message contains "ALARM values-lost"'
    window: 'PT15M'
    operator: 'GreaterThan'
  }
  {
    name: 'personal-data'
    severity: 0
    text: 'The publish stopped: a page would show data of a person. Runbook: an-overdue-checkpoint.'
    query: 'traces | where message contains "ALARM personal-data"'
    window: 'PT15M'
    operator: 'GreaterThan'
  }
  {
    name: 'checkpoint-not-moving'
    severity: 1
    text: 'Entries have waited for a quarter of an hour, and the log has not grown. Runbook: an-overdue-checkpoint.'
    query: 'traces | where message contains "log at " and message contains " waiting" | extend size = toint(extract("log at ([0-9]+)", 1, message)), waiting = toint(extract("([0-9]+) waiting", 1, message)) | summarize least = min(waiting), sizes = dcount(size), looks = count() | where least > 0 and sizes == 1 and looks > 2'
    window: 'PT15M'
    operator: 'GreaterThan'
  }
  {
    name: 'log-behind'
    severity: 2
    text: 'The log grows and has not caught up with the ledger for an hour. Runbook: an-overdue-checkpoint.'
    query: 'traces | where message contains "log at " and message contains " waiting" | extend waiting = toint(extract("([0-9]+) waiting", 1, message)) | summarize least = min(waiting), looks = count() | where least > 0 and looks > 2'
    window: 'PT1H'
    operator: 'GreaterThan'
  }
  {
    name: 'publisher-silent'
    severity: 1
    text: 'The publisher has said nothing for half an hour: it does not run, or its diagnostics do not arrive. Runbook: an-overdue-checkpoint.'
    query: 'traces | where message contains "log at " and message contains " waiting"'
    window: 'PT30M'
    operator: 'LessThan'
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: groupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'disclosure'
    enabled: true
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource topic 'Microsoft.EventGrid/topics@2025-02-15' existing = {
  name: topicName
}

resource watch 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: watchName
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for one in ruleOf: {
    name: '${alertPrefix}${one.name}'
    location: location
    tags: tags
    properties: {
      displayName: one.name
      description: one.text
      severity: one.severity
      enabled: true
      scopes: [
        insights.id
      ]
      evaluationFrequency: 'PT15M'
      windowSize: one.window
      criteria: {
        allOf: [
          {
            query: one.query
            timeAggregation: 'Count'
            operator: one.operator
            threshold: one.operator == 'LessThan' ? 1 : 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      autoMitigate: true
      // A new component has no table yet, and the compiler of queries would refuse it.
      skipQueryValidation: true
      actions: {
        actionGroups: [
          group.id
        ]
      }
    }
  }
]

resource undelivered 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for i in range(0, 2): {
    name: '${alertPrefix}undelivered-${i == 0 ? 'events' : 'watch'}'
    location: 'global'
    tags: tags
    properties: {
      description: 'An event could not be delivered and lies in the container dead-letters.'
      severity: 2
      enabled: true
      scopes: [
        i == 0 ? topic.id : watch.id
      ]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'dead-lettered'
            metricName: 'DeadLetteredCount'
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      autoMitigate: true
      actions: [
        {
          actionGroupId: group.id
        }
      ]
    }
  }
]

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = if (!empty(budgetStart)) {
  name: budgetName
  properties: {
    category: 'Cost'
    amount: monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: budgetStart
    }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [
          alertEmail
        ]
      }
      forecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [
          alertEmail
        ]
      }
    }
  }
}

metadata description = 'Who is told by mail when the app itself is in trouble. Each rule is a query over the workspace and is billed; the oftener it runs, the more.'

@description('Name of the action group; rules are named after it.')
@minLength(1)
@maxLength(200)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object = {}

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Mail addresses. Empty: rules show in the portal and nobody is told.')
param mails array = []

@description('Where the app\'s console lines lie: a query that gives TimeGenerated and Line.')
param lines string = 'AppTraces | project TimeGenerated, Line = Message'

@description('Whether the Functions host notes requests in the workspace (AppRequests), so that failing ones can be counted.')
param requestsAreNoted bool = true

@description('How often rules are evaluated.')
@allowed([
  'PT5M'
  'PT10M'
  'PT15M'
])
param frequency string = 'PT5M'

@description('Seconds that a comment may wait before somebody is told.')
@minValue(60)
param oldestWaitingSeconds int = 600

@description('Seconds from the comment that raised an alarm until it was told, above which somebody is told.')
@minValue(30)
param alarmLatencySeconds int = 120

@description('Failed requests and runs in 15 minutes above which somebody is told. What the caller did wrong (4xx) is not counted.')
@minValue(0)
param failedRequests int = 10

// The lines that the app writes, on one line each: LEVEL: CATEGORY[event] MESSAGE.
var parked = '''
LINES
| where Line matches regex @"(^|\s)(fail|crit): Moderato\.(\w+\.)*Park\w*\[" or Line matches regex @"(^|\s)fail: Moderato\.Mail\.SendMails\["
'''
var waiting = '''
LINES
| where Line has_any ("Moderato.Moderation.MeasureQueues", "Moderato.Moderation.Sweep")
| extend Seconds = todouble(coalesce(extract(@"Queues: comments \d+ \(oldest ([0-9.]+) s\)", 1, Line), extract(@"Oldest waiting comment of \S+: ([0-9.]+) s", 1, Line)))
| where isnotnull(Seconds)
| project TimeGenerated, Seconds
'''
var silent = '''
LINES
| where Line has "Moderato.Moderation.MeasureQueues"
'''
var digests = '''
LINES
| where Line matches regex @"(^|\s)fail: Moderato\.Digests\."
'''
var alarms = '''
LINES
| where Line has "Moderato.Mood.Alarms"
| extend Seconds = todouble(extract(@"Alarm of \S+ told after ([0-9.]+) s", 1, Line))
| where isnotnull(Seconds)
| project TimeGenerated, Seconds
'''
// Host telemetry calls every answer from 400 on a failure; requests may be sampled, and each row says how many it stands for.
var failing = '''
AppRequests
| where Success == false and not(ResultCode startswith "4")
| project TimeGenerated, Failed = ItemCount
'''

var always = [
  {
    id: 'parked'
    title: 'Work was parked'
    text: 'A comment, fetch, action, webhook, ruling, erasure or mail failed for good and waits for a person: GET /api/communities/COMMUNITY/parked.'
    query: replace(parked, 'LINES', lines)
    column: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    severity: 2
  }
  {
    id: 'waiting'
    title: 'Comments wait too long'
    text: 'The oldest comment in the queue, or stored and not judged, is older than ${oldestWaitingSeconds} seconds.'
    query: replace(waiting, 'LINES', lines)
    column: 'Seconds'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: oldestWaitingSeconds
    severity: 2
  }
  {
    id: 'silent'
    title: 'The app is silent'
    text: 'For 15 minutes the app did not say how its queues are, which it does every minute: it does not run, its settings are wrong, or logs do not arrive.'
    query: replace(silent, 'LINES', lines)
    column: ''
    aggregation: 'Count'
    operator: 'LessThan'
    threshold: 1
    severity: 1
  }
  {
    id: 'digests'
    title: 'A digest failed'
    text: 'A digest could not be compiled. The next hour tries again.'
    query: replace(digests, 'LINES', lines)
    column: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    severity: 2
  }
  {
    id: 'alarms'
    title: 'An alarm came late'
    text: 'An alarm of a community was told later than ${alarmLatencySeconds} seconds after the comment that raised it.'
    query: replace(alarms, 'LINES', lines)
    column: 'Seconds'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: alarmLatencySeconds
    severity: 2
  }
]
var withRequests = [
  {
    id: 'failing'
    title: 'Requests or runs fail'
    text: 'More than ${failedRequests} requests or runs failed in 15 minutes.'
    query: failing
    column: 'Failed'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: failedRequests
    severity: 2
  }
]
var rules = concat(always, requestsAreNoted ? withRequests : [])

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(mails)) {
  name: name
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'moderato'
    emailReceivers: [
      for (mail, i) in mails: {
        name: 'mail${i}'
        emailAddress: mail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for each in rules: {
    name: '${name}-${each.id}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Moderato: ${each.title}'
      description: each.text
      enabled: true
      severity: each.severity
      scopes: [
        workspaceId
      ]
      evaluationFrequency: frequency
      windowSize: 'PT15M'
      // One mail when it begins, one when it is over.
      autoMitigate: true
      // A workspace that was made a minute ago does not know its own tables yet, and would refuse the query.
      skipQueryValidation: true
      criteria: {
        allOf: [
          union(
            {
              query: each.query
              timeAggregation: each.aggregation
              operator: each.operator
              threshold: each.threshold
              failingPeriods: {
                numberOfEvaluationPeriods: 1
                minFailingPeriodsToAlert: 1
              }
            },
            empty(each.column) ? {} : { metricMeasureColumn: each.column }
          )
        ]
      }
      actions: {
        actionGroups: empty(mails) ? [] : [group.id]
      }
    }
  }
]

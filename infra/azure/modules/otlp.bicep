metadata description = 'Takes the app\'s own traces, metrics and logs by OTLP and gives them to Application Insights. A preview of Azure Monitor, not in every region.'

@description('Name of the data collection endpoint.')
@minLength(3)
@maxLength(44)
param endpointName string

@description('Name of the data collection rule.')
@minLength(3)
@maxLength(64)
param ruleName string

@description('Name of the Azure Monitor workspace, where metrics go.')
@minLength(4)
@maxLength(63)
param metricsName string

@description('Region.')
param location string

@description('Tags.')
param tags object = {}

@description('Resource id of the Log Analytics workspace, where traces and logs go.')
param workspaceId string

@description('Resource id of the Application Insights component that they belong to.')
param insightsId string

@description('Object id of the app\'s identity.')
param appPrincipalId string

var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher

var traceStreams = [
  'Microsoft-OTel-Traces-Spans'
  'Microsoft-OTel-Traces-Events'
  'Microsoft-OTel-Traces-Resources'
]
var logStreams = [
  'Microsoft-OTel-Logs'
]
var metricStreams = [
  'Custom-Metrics-Otel'
]

resource metrics 'Microsoft.Monitor/accounts@2023-04-03' = {
  name: metricsName
  location: location
  tags: tags
}

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = {
  name: endpointName
  location: location
  tags: tags
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Enabled'
    }
  }
}

resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: ruleName
  location: location
  tags: tags
  properties: {
    dataCollectionEndpointId: endpoint.id
    references: {
      applicationInsights: [
        {
          name: 'insights'
          resourceId: insightsId
        }
      ]
    }
    directDataSources: {
      otelTraces: [
        {
          name: 'traces'
          streams: traceStreams
          enrichWithReference: 'insights'
          enrichWithResourceAttributes: [
            '*'
          ]
          replaceResourceIdWithReference: true
        }
      ]
      otelLogs: [
        {
          name: 'logs'
          streams: logStreams
          enrichWithReference: 'insights'
          enrichWithResourceAttributes: [
            '*'
          ]
          replaceResourceIdWithReference: true
        }
      ]
      otelMetrics: [
        {
          name: 'metrics'
          streams: metricStreams
          enrichWithReference: 'insights'
          enrichWithResourceAttributes: [
            '*'
          ]
        }
      ]
    }
    destinations: {
      logAnalytics: [
        {
          name: 'workspace'
          workspaceResourceId: workspaceId
        }
      ]
      monitoringAccounts: [
        {
          name: 'metrics'
          accountResourceId: metrics.id
        }
      ]
    }
    dataFlows: [
      {
        streams: concat(traceStreams, logStreams)
        destinations: [
          'workspace'
        ]
      }
      {
        streams: metricStreams
        destinations: [
          'metrics'
        ]
      }
    ]
  }
}

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(rule.id, appPrincipalId, metricsPublisher)
  scope: rule
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
  }
}

// Routes are named otherwise than the rule's streams.
var logsBase = '${endpoint.properties.logsIngestion.endpoint}/datacollectionRules/${rule.properties.immutableId}/streams'
var metricsBase = '${endpoint.properties.metricsIngestion.endpoint}/datacollectionRules/${rule.properties.immutableId}/streams'

@description('Where traces are sent (OTEL_EXPORTER_OTLP_TRACES_ENDPOINT).')
output tracesEndpoint string = '${logsBase}/Microsoft-OTLP-Traces/otlp/v1/traces'

@description('Where logs are sent (OTEL_EXPORTER_OTLP_LOGS_ENDPOINT).')
output logsEndpoint string = '${logsBase}/Microsoft-OTLP-Logs/otlp/v1/logs'

@description('Where metrics are sent (OTEL_EXPORTER_OTLP_METRICS_ENDPOINT).')
output metricsEndpoint string = '${metricsBase}/Custom-Metrics-Otel/otlp/v1/metrics'

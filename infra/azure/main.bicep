metadata description = 'Moderato on Azure: one resource group with everything in it. README.md beside this file says how to deploy it.'

targetScope = 'subscription'

@description('Name of this installation: the azd environment\'s. Every name here is made from it, the subscription and the region.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region: one of those that have Flex Consumption.')
@allowed([
  'italynorth'
  'westeurope'
  'northeurope'
  'francecentral'
  'germanywestcentral'
  'spaincentral'
  'swedencentral'
  'norwayeast'
  'uksouth'
  'ukwest'
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'uaenorth'
  'westcentralus'
  'westus'
  'westus2'
  'westus3'
])
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Object id of whoever deploys: may put values into the vault and read the storage account. Empty: nobody may.')
param principalId string = ''

@description('What that is.')
@allowed([
  'User'
  'Group'
  'ServicePrincipal'
])
param principalType string = 'User'

@description('Tags of every resource, beside azd\'s own.')
param tags object = {}

@description('Copies of the data: Standard_ZRS in three zones of the region; Standard_LRS where the region has none; Standard_GZRS or Standard_GRS in another region too.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_RAGRS'
  'Standard_GZRS'
  'Standard_RAGZRS'
])
param storageRedundancy string = 'Standard_ZRS'

@description('Whether nobody can destroy a deleted vault, or a value in it, before its time is over. Once on, it stays on.')
param purgeProtection bool = true

@description('For how many days deleted values can be taken back. Never changes after the first deployment.')
@minValue(7)
@maxValue(90)
param vaultRetentionDays int = 7

@description('Memory of an instance, in MB.')
@allowed([
  512
  2048
  4096
])
param instanceMemory int = 2048

@description('At most so many instances; 40 is the fewest that the platform takes.')
@minValue(40)
@maxValue(1000)
param maxInstances int = 40

@description('Instances that always wait for HTTP, so that no webhook meets a cold start; billed while they wait.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 0

@description('HTTP requests that an instance works on at once. A body has at most 8 MiB, so 32 of the largest fit into 2048 MB.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 32

@description('For how many days logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('How many GB of logs a day are taken in; then nothing is, until the next day. -1: no limit.')
@minValue(-1)
param logDailyCapGb int = 1

@description('Whether there are alert rules. Each is billed.')
param alertRules bool = true

@description('Mail addresses that alerts and the budget are told to, with commas between them.')
param alertMails string = ''

@description('How often alert rules are evaluated; dearer the oftener.')
@allowed([
  'PT5M'
  'PT10M'
  'PT15M'
])
param alertFrequency string = 'PT5M'

@description('Seconds that a comment may wait before somebody is told.')
@minValue(60)
param oldestWaitingSeconds int = 600

@description('Seconds after which an alarm of a community was told too late.')
@minValue(30)
param alarmLatencySeconds int = 120

@description('Failed requests and runs in 15 minutes above which somebody is told.')
@minValue(0)
param failedRequests int = 10

@description('What a month should cost at most, in the currency of the bill; mails are sent at 80 %, and when 100 % is to be expected. 0: no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the month in which the budget is first deployed, such as 2026-12-01; needed with a budget, and never changed afterwards.')
param budgetStart string = ''

@description('Whether the storage account answers only inside a virtual network.')
param privateNetwork bool = false

@description('Addresses of that network, at least a /23.')
param networkPrefix string = '10.90.0.0/23'

@description('Whether the app sends its own traces, metrics and logs by OTLP to Application Insights: a preview of Azure Monitor, not in every region.')
param distributedTraces bool = false

var regionCodes = {
  italynorth: 'itn'
  westeurope: 'we'
  northeurope: 'ne'
  francecentral: 'frc'
  germanywestcentral: 'gwc'
  spaincentral: 'spc'
  swedencentral: 'sdc'
  norwayeast: 'nwe'
  uksouth: 'uks'
  ukwest: 'ukw'
  australiaeast: 'ae'
  australiasoutheast: 'ase'
  brazilsouth: 'brs'
  canadacentral: 'cnc'
  centralindia: 'inc'
  centralus: 'cus'
  eastasia: 'ea'
  eastus: 'eus'
  eastus2: 'eus2'
  japaneast: 'jpe'
  koreacentral: 'krc'
  northcentralus: 'ncus'
  southafricanorth: 'san'
  southcentralus: 'scus'
  southeastasia: 'sea'
  southindia: 'ins'
  uaenorth: 'uan'
  westcentralus: 'wcus'
  westus: 'wus'
  westus2: 'wus2'
  westus3: 'wus3'
}

var code = regionCodes[location]
// 13 letters and digits, the same with every deployment.
var token = uniqueString(subscription().id, environmentName, location)
var suffix = '${code}-${token}'
var packageContainer = 'packages'
var allTags = union(tags, { 'azd-env-name': environmentName })

var mails = empty(alertMails) ? [] : map(split(alertMails, ','), address => trim(address))

// Names and texts as README.md's table has them; vault:NAME stands for a value in the vault.
var settings = loadJsonContent('settings.json')

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}-${code}'
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${suffix}'
    location: location
    tags: allTags
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'stmod${code}${token}'
    location: location
    tags: allTags
    redundancy: storageRedundancy
    containers: [
      packageContainer
    ]
    privateOnly: privateNetwork
    appPrincipalId: identity.outputs.principalId
    readerPrincipalId: principalId
    readerPrincipalType: principalType
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: 'kv-${suffix}'
    location: location
    tags: allTags
    purgeProtection: purgeProtection
    retentionDays: vaultRetentionDays
    appPrincipalId: identity.outputs.principalId
    officerPrincipalId: principalId
    officerPrincipalType: principalType
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${suffix}'
    insightsName: 'appi-${suffix}'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    appPrincipalId: identity.outputs.principalId
  }
}

module otlp 'modules/otlp.bicep' = if (distributedTraces) {
  name: 'otlp'
  scope: group
  params: {
    endpointName: 'dce-${suffix}'
    ruleName: 'dcr-${suffix}'
    metricsName: 'amw-${suffix}'
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    insightsId: monitoring.outputs.insightsId
    appPrincipalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-${suffix}'
    location: location
    tags: allTags
    addressPrefix: networkPrefix
    storageName: storage.outputs.name
  }
}

// After the roles, which are in the modules that it takes names from: an app that starts without them fails.
module app 'modules/functions.bicep' = {
  name: 'app'
  scope: group
  params: {
    planName: 'plan-${suffix}'
    name: 'moderato-${suffix}'
    location: location
    tags: allTags
    serviceName: 'app'
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: packageContainer
    insightsName: monitoring.outputs.insightsName
    vaultUri: vault.outputs.uri
    settings: settings
    extraSettings: distributedTraces
      ? [
          {
            name: 'OTEL_SERVICE_NAME'
            value: 'moderato'
          }
          {
            name: 'OTEL_EXPORTER_OTLP_PROTOCOL'
            value: 'http/protobuf'
          }
          {
            name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'
            value: otlp!.outputs.tracesEndpoint
          }
          {
            name: 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'
            value: otlp!.outputs.metricsEndpoint
          }
          {
            name: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE'
            value: 'delta'
          }
          {
            name: 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT'
            value: otlp!.outputs.logsEndpoint
          }
        ]
      : []
    instanceMemory: instanceMemory
    maxInstances: maxInstances
    alwaysReadyHttp: alwaysReadyHttp
    httpConcurrency: httpConcurrency
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
  }
}

module alerts 'modules/alerts.bicep' = if (alertRules) {
  name: 'alerts'
  scope: group
  params: {
    name: 'alerts-${suffix}'
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    mails: mails
    frequency: alertFrequency
    oldestWaitingSeconds: oldestWaitingSeconds
    alarmLatencySeconds: alarmLatencySeconds
    failedRequests: failedRequests
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  name: 'budget'
  scope: group
  params: {
    name: 'budget-${suffix}'
    amount: monthlyBudget
    startDate: budgetStart
    mails: mails
  }
}

@description('Region.')
output AZURE_LOCATION string = location

@description('Directory.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Where values are put that settings.json names as vault:NAME.')
output AZURE_KEY_VAULT_NAME string = vault.outputs.name

@description('The account with tables and queues.')
output AZURE_STORAGE_ACCOUNT string = storage.outputs.name

@description('Name of the app.')
output AZURE_FUNCTION_NAME string = app.outputs.name

@description('Where people reach the app.')
output MODERATO_URL string = app.outputs.address

@description('Where platforms\' webhooks are pointed: this, a platform and a source, such as /facebook/page.')
output MODERATO_WEBHOOKS_URL string = '${app.outputs.address}/api/webhooks'

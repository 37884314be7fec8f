metadata description = 'Moderato on Container Apps, for those who outgrow or avoid Functions: one resource group. README.md beside this file says how.'

targetScope = 'subscription'

@description('Name of this installation. Every name here is made from it, the subscription and the region. Not one that Functions already have.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region.')
param location string

@description('Image with its tag, such as NAME.azurecr.io/moderato:1. Empty: everything but the containers is made, so that there is a registry to put it into.')
param image string = ''

@description('Object id of whoever deploys: may put values into the vault and read the storage account. Empty: nobody may.')
param principalId string = ''

@description('What that is.')
@allowed([
  'User'
  'Group'
  'ServicePrincipal'
])
param principalType string = 'User'

@description('Tags of every resource.')
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

@description('Containers that wait for requests: at least one, since a platform waits for its answer.')
@minValue(1)
@maxValue(300)
param intakeMin int = 1

@description('At most so many.')
@minValue(1)
@maxValue(300)
param intakeMax int = 10

@description('Containers that wait for messages. With 0 the first comment after a quiet time waits half a minute for one to start.')
@minValue(0)
@maxValue(300)
param workersMin int = 1

@description('At most so many.')
@minValue(1)
@maxValue(300)
param workersMax int = 10

@description('Cores of a container.')
@allowed([
  '0.25'
  '0.5'
  '1.0'
  '2.0'
])
param cores string = '0.5'

@description('For how many days logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('How many GB of logs a day are taken in; then nothing is, until the next day. -1: no limit.')
@minValue(-1)
param logDailyCapGb int = 1

@description('Whether there are alert rules. Each is billed.')
param alertRules bool = true

@description('Mail addresses that alerts are told to, with commas between.')
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

// 13 letters and digits, the same with every deployment.
var token = uniqueString(subscription().id, environmentName, location)
// The settings of the variant with Functions: the app is the same.
var settings = loadJsonContent('../settings.json')
var mails = empty(alertMails) ? [] : map(split(alertMails, ','), address => trim(address))

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity '../modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module storage '../modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'stmod${token}'
    location: location
    tags: tags
    redundancy: storageRedundancy
    appPrincipalId: identity.outputs.principalId
    readerPrincipalId: principalId
    readerPrincipalType: principalType
  }
}

module vault '../modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    purgeProtection: purgeProtection
    retentionDays: vaultRetentionDays
    appPrincipalId: identity.outputs.principalId
    officerPrincipalId: principalId
    officerPrincipalType: principalType
  }
}

module monitoring '../modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
  }
}

module registry 'registry.bicep' = {
  name: 'registry'
  scope: group
  params: {
    name: 'crmod${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
  }
}

// After the roles, which are in the modules that it takes names from.
module apps 'apps.bicep' = if (!empty(image)) {
  name: 'apps'
  scope: group
  params: {
    environmentName: 'cae-${token}'
    location: location
    tags: tags
    image: image
    registryServer: registry.outputs.server
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    queueNames: storage.outputs.queueNames
    vaultUri: vault.outputs.uri
    workspaceId: monitoring.outputs.workspaceId
    settings: settings
    intakeMin: intakeMin
    intakeMax: intakeMax
    workersMin: workersMin
    workersMax: workersMax
    cores: cores
  }
}

module alerts '../modules/alerts.bicep' = if (alertRules && !empty(image)) {
  name: 'alerts'
  scope: group
  params: {
    name: 'alerts-${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    mails: mails
    lines: 'ContainerAppConsoleLogs | project TimeGenerated, Line = Log'
    requestsAreNoted: false
    frequency: alertFrequency
    oldestWaitingSeconds: oldestWaitingSeconds
    alarmLatencySeconds: alarmLatencySeconds
  }
}

@description('Resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Where the image is put.')
output AZURE_CONTAINER_REGISTRY string = registry.outputs.name

@description('Where values are put that settings.json names as vault:NAME.')
output AZURE_KEY_VAULT_NAME string = vault.outputs.name

@description('The account with tables and queues.')
output AZURE_STORAGE_ACCOUNT string = storage.outputs.name

@description('Where people reach the app; empty before there is an image.')
output MODERATO_URL string = empty(image) ? '' : apps!.outputs.address

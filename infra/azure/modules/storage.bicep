metadata description = 'The storage account: every table and queue of the app, blob containers if wanted, and who may use them. No shared keys.'

@description('Name of the account: 3 to 24 lower-case letters and digits, unique in the world.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object = {}

@description('How many copies there are, and where. ZRS: three zones of the region; LRS: one building; GZRS, GRS: another region too. RA: the other region can be read.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_RAGRS'
  'Standard_GZRS'
  'Standard_RAGZRS'
])
param redundancy string = 'Standard_ZRS'

@description('Blob containers to make. With none, nobody is given roles on blobs: only the Functions host uses them.')
param containers array = []

@description('Whether the account answers only inside a virtual network (see network.bicep).')
param privateOnly bool = false

@description('For how many days deleted blobs and containers can be taken back. Tables and queues have no such thing: see BACKUP.md.')
@minValue(1)
@maxValue(365)
param blobRetentionDays int = 7

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Object id of a person or pipeline that may read the data. Empty: nobody.')
param readerPrincipalId string = ''

@description('What the reader is.')
@allowed([
  'User'
  'Group'
  'ServicePrincipal'
])
param readerPrincipalType string = 'User'

// As functions/Comments/QueueNames.cs has them.
var queueNames = [
  'comments'
  'comments-poison'
  'fetches'
  'fetches-poison'
  'actions'
  'actions-poison'
  'webhooks'
  'webhooks-poison'
  'replays'
  'replays-poison'
  'rulings'
  'rulings-poison'
  'erasures'
  'erasures-poison'
  'mails'
  'mails-poison'
]

// As functions/Storage/TableSet.cs has them.
var tableNames = [
  'comments'
  'outcomes'
  'authors'
  'members'
  'rollups'
  'digests'
  'settings'
  'deadletters'
  'actions'
  'webhooks'
  'replays'
  'reviews'
  'handoffs'
  'audit'
  'erasures'
  'mails'
  'incidents'
]

var appBlobRoles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner: the Functions host's leases and keys
]
var appDataRoles = [
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]
var appRoles = concat(empty(containers) ? [] : appBlobRoles, appDataRoles)

var readerBlobRoles = [
  '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1' // Storage Blob Data Reader
]
var readerDataRoles = [
  '19e7f393-937e-4f77-808e-94535e297925' // Storage Queue Data Reader
  '76199698-9eea-4c19-bc75-cec21354c6b6' // Storage Table Data Reader
]
var readerRoles = concat(empty(containers) ? [] : readerBlobRoles, readerDataRoles)

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: privateOnly ? 'Deny' : 'Allow'
    }
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: blobRetentionDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: blobRetentionDays
    }
    // Blobs hold the host's leases, timers' notes and the package, all of which can be made again: versions would pile up with every timer.
    isVersioningEnabled: false
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = [
  for each in containers: {
    parent: blobService
    name: each
    properties: {
      publicAccess: 'None'
    }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {}
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = [
  for each in queueNames: {
    parent: queueService
    name: each
    properties: {}
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {}
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-06-01' = [
  for each in tableNames: {
    parent: tableService
    name: each
    properties: {}
  }
]

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in appRoles: {
    name: guid(account.id, appPrincipalId, role)
    scope: account
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource readerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in readerRoles: if (!empty(readerPrincipalId)) {
    name: guid(account.id, readerPrincipalId, role)
    scope: account
    properties: {
      principalId: readerPrincipalId
      principalType: readerPrincipalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

@description('Name of the account.')
output name string = account.name

@description('Resource id.')
output id string = account.id

@description('Address of its blobs, ending in a slash.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Address of its queues, ending in a slash.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('Address of its tables, ending in a slash.')
output tableEndpoint string = account.properties.primaryEndpoints.table

@description('Names of all queues.')
output queueNames array = queueNames

metadata description = 'The app on Azure Functions, Flex Consumption: a plan, a site and its settings.'

@description('Name of the plan.')
@minLength(1)
@maxLength(60)
param planName string

@description('Name of the app: part of its address, unique in the world. At most 32 characters, since the host cuts its own id there and two apps must not share one.')
@minLength(2)
@maxLength(32)
param name string

@description('Region.')
param location string

@description('Tags of both.')
param tags object = {}

@description('Name of the service in azure.yaml, by which azd finds the app.')
param serviceName string

@description('Resource id of the identity that the app runs with.')
param identityId string

@description('Its client id.')
param identityClientId string

@description('Name of the storage account: the host\'s own, the package\'s and the app\'s.')
param storageName string

@description('Blob container that packages are put into. Must exist.')
param packageContainer string

@description('Name of the Application Insights component.')
param insightsName string

@description('Address of the vault, ending in a slash.')
param vaultUri string

@description('The app\'s own settings, names and texts; vault:NAME stands for the value NAME in the vault.')
param settings object

@description('Further settings as they are, a list of name and value.')
param extraSettings array = []

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

@description('HTTP requests that an instance works on at once, before another instance is started.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 32

@description('Resource id of the subnet that the app joins. Empty: none.')
param subnetId string = ''

var vaultMark = 'vault:'

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

var platformSettings = [
  {
    name: 'AzureWebJobsStorage__blobServiceUri'
    value: storage.properties.primaryEndpoints.blob
  }
  {
    name: 'AzureWebJobsStorage__queueServiceUri'
    value: storage.properties.primaryEndpoints.queue
  }
  {
    name: 'AzureWebJobsStorage__tableServiceUri'
    value: storage.properties.primaryEndpoints.table
  }
  {
    name: 'AzureWebJobsStorage__credential'
    value: 'managedidentity'
  }
  {
    name: 'AzureWebJobsStorage__clientId'
    value: identityClientId
  }
  {
    name: 'AZURE_CLIENT_ID'
    value: identityClientId
  }
  {
    name: 'APPLICATIONINSIGHTS_CONNECTION_STRING'
    value: insights.properties.ConnectionString
  }
  {
    name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
    value: 'ClientId=${identityClientId};Authorization=AAD'
  }
]

var ownSettings = map(items(settings), entry => {
  name: entry.key
  value: startsWith(entry.value, vaultMark)
    ? '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${substring(entry.value, length(vaultMark))})'
    : entry.value
})

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': serviceName })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      // The catalogue's text exactly: with 1 instead of 1.0 the deployment succeeds and no instance ever starts.
      runtime: {
        name: 'custom'
        version: '1.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemory
        maximumInstanceCount: maxInstances
        alwaysReady: alwaysReadyHttp == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyHttp
              }
            ]
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: concat(platformSettings, extraSettings, ownSettings)
    }
  }
}

// Nobody publishes with a password: azd comes with a token of the directory.
resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: site
  name: 'scm'
  properties: {
    allow: false
  }
}

@description('Name of the app.')
output name string = site.name

@description('Where people and platforms reach it, without a slash at the end.')
output address string = 'https://${site.properties.defaultHostName}'

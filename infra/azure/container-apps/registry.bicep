metadata description = 'Where the image lies. Pulled with the app\'s identity; nobody has a password.'

@description('Name of the registry: 5 to 50 letters and digits, unique in the world.')
@minLength(5)
@maxLength(50)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object = {}

@description('Object id of the app\'s identity.')
param appPrincipalId string

var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d' // AcrPull

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Basic'
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
  }
}

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, appPrincipalId, acrPull)
  scope: registry
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

@description('Name of the registry.')
output name string = registry.name

@description('Its address, which images\' names begin with.')
output server string = registry.properties.loginServer

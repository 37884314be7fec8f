metadata description = 'The identity that the app runs with. It has no password and no key, so there is nothing to rotate.'

@description('Name of the identity.')
@minLength(3)
@maxLength(128)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object = {}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('Object id in the directory, which roles are given to.')
output principalId string = identity.properties.principalId

@description('Client id, by which the app says which identity it means.')
output clientId string = identity.properties.clientId

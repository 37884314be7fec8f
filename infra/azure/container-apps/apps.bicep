metadata description = 'The app in containers of one image, each with a part of its triggers, so that each is scaled by what it is there for.'

@description('Name of the environment.')
@minLength(2)
@maxLength(32)
param environmentName string

@description('Region.')
param location string

@description('Tags.')
param tags object = {}

@description('Image with its tag.')
param image string

@description('Address of the registry, which the identity may pull from.')
param registryServer string

@description('Resource id of the identity that the app runs with.')
param identityId string

@description('Its client id.')
param identityClientId string

@description('Name of the storage account.')
param storageName string

@description('Address of its queues.')
param queueEndpoint string

@description('Address of its tables.')
param tableEndpoint string

@description('Names of its queues.')
param queueNames array

@description('Address of the vault, ending in a slash.')
param vaultUri string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('The app\'s own settings, names and texts; vault:NAME stands for the value NAME in the vault.')
param settings object

@description('Containers that wait for requests: at least one, since a platform waits for its answer.')
@minValue(1)
@maxValue(300)
param intakeMin int = 1

@description('At most so many.')
@minValue(1)
@maxValue(300)
param intakeMax int = 10

@description('Requests that an intake container works on at once, before there is another.')
@minValue(1)
@maxValue(1000)
param intakeConcurrency int = 32

@description('Containers that wait for messages. With 0 the first comment after a quiet time waits half a minute for one to start.')
@minValue(0)
@maxValue(300)
param workersMin int = 1

@description('At most so many.')
@minValue(1)
@maxValue(300)
param workersMax int = 10

@description('Waiting messages for each of which there is one more worker.')
@minValue(1)
param messagesPerWorker int = 64

@description('Cores of a container.')
@allowed([
  '0.25'
  '0.5'
  '1.0'
  '2.0'
])
param cores string = '0.5'

var vaultMark = 'vault:'
var port = 8080
// Gi of memory for each core, as the platform wants it.
var memory = {
  '0.25': '0.5Gi'
  '0.5': '1Gi'
  '1.0': '2Gi'
  '2.0': '4Gi'
}

resource environment 'Microsoft.App/managedEnvironments@2025-07-01' = {
  name: environmentName
  location: location
  tags: tags
  properties: {
    // Through the diagnostic setting below: sending to the workspace directly needs its key.
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

var address = 'https://intake.${environment.properties.defaultDomain}'

var platformSettings = [
  {
    name: 'AzureWebJobsStorage__queueServiceUri'
    value: queueEndpoint
  }
  {
    name: 'AzureWebJobsStorage__tableServiceUri'
    value: tableEndpoint
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
]

// With a domain of one's own it stands in settings.json.
var addressSetting = contains(settings, 'Moderato__Address')
  ? []
  : [
      {
        name: 'Moderato__Address'
        value: address
      }
    ]

var plain = filter(items(settings), entry => !startsWith(entry.value, vaultMark))
var secret = filter(items(settings), entry => startsWith(entry.value, vaultMark))
var secretNames = union([], map(secret, entry => substring(entry.value, length(vaultMark))))

var plainSettings = map(plain, entry => {
  name: entry.key
  value: entry.value
})
// The platform's names for secrets are lower case.
var secretSettings = map(secret, entry => {
  name: entry.key
  secretRef: toLower(substring(entry.value, length(vaultMark)))
})

var httpRules = [
  {
    name: 'requests'
    http: {
      metadata: {
        concurrentRequests: string(intakeConcurrency)
      }
    }
  }
]

// A rule of its own for each queue, poison queues too: they have owners, who would else never be woken. Only what can be taken now counts:
// webhooks and mails wait for hours between tries, invisibly, and would keep containers busy with nothing.
var queueRules = map(queueNames, queue => {
  name: 'queue-${queue}'
  custom: {
    type: 'azure-queue'
    identity: identityId
    metadata: {
      accountName: storageName
      queueName: queue
      queueLength: string(messagesPerWorker)
      queueLengthStrategy: 'visibleonly'
    }
  }
})

var parts = [
  {
    name: 'intake'
    triggers: 'http'
    external: true
    min: intakeMin
    max: intakeMax
    rules: httpRules
  }
  {
    name: 'workers'
    triggers: 'queues'
    external: false
    min: workersMin
    max: workersMax
    rules: queueRules
  }
  {
    // Never two of them, but for the moment in which a new revision takes over; every timer bears that.
    name: 'timers'
    triggers: 'timers'
    external: false
    min: 1
    max: 1
    rules: []
  }
]

resource app 'Microsoft.App/containerApps@2025-07-01' = [
  for part in parts: {
    name: part.name
    location: location
    tags: tags
    identity: {
      type: 'UserAssigned'
      userAssignedIdentities: {
        '${identityId}': {}
      }
    }
    properties: {
      environmentId: environment.id
      workloadProfileName: 'Consumption'
      configuration: {
        activeRevisionsMode: 'Single'
        maxInactiveRevisions: 5
        ingress: part.external
          ? {
              external: true
              targetPort: port
              transport: 'auto'
              allowInsecure: false
            }
          : null
        registries: [
          {
            server: registryServer
            identity: identityId
          }
        ]
        secrets: map(secretNames, name => {
          name: toLower(name)
          keyVaultUrl: '${vaultUri}secrets/${name}'
          identity: identityId
        })
      }
      template: {
        // What runs is finished first: 25 seconds for messages, 25 for requests, 10 for the app's end.
        terminationGracePeriodSeconds: 65
        containers: [
          {
            name: 'moderato'
            image: image
            args: [
              '--triggers'
              part.triggers
            ]
            env: concat(platformSettings, addressSetting, plainSettings, secretSettings)
            resources: {
              cpu: json(cores)
              memory: memory[cores]
            }
            probes: [
              {
                type: 'Startup'
                httpGet: {
                  path: '/api/health/live'
                  port: port
                }
                periodSeconds: 2
                timeoutSeconds: 5
                failureThreshold: 30
              }
              {
                // The host starts an app that died again by itself, within ten seconds.
                type: 'Liveness'
                httpGet: {
                  path: '/api/health/live'
                  port: port
                }
                periodSeconds: 10
                timeoutSeconds: 5
                failureThreshold: 6
              }
              {
                type: 'Readiness'
                httpGet: {
                  path: '/api/health/ready'
                  port: port
                }
                periodSeconds: 10
                timeoutSeconds: 8
                failureThreshold: 3
              }
            ]
          }
        ]
        scale: {
          minReplicas: part.min
          maxReplicas: part.max
          pollingInterval: 15
          cooldownPeriod: 300
          rules: part.rules
        }
      }
    }
  }
]

@description('Where people and platforms reach the app, without a slash at the end.')
output address string = address

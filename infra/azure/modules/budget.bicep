metadata description = 'Tells by mail when the group costs more than expected. It stops nothing.'

@description('Name of the budget.')
@minLength(1)
@maxLength(63)
param name string

@description('How much a month, in the currency of the bill.')
@minValue(1)
param amount int

@description('First day of the month in which the budget was first deployed, such as 2026-12-01. Never changes afterwards: Azure refuses it.')
@minLength(10)
@maxLength(10)
param startDate string

@description('Who is told, beside the group\'s owners.')
param mails array = []

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: name
  properties: {
    category: 'Cost'
    timeGrain: 'Monthly'
    amount: amount
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: mails
        contactRoles: [
          'Owner'
        ]
      }
      forecast: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: mails
        contactRoles: [
          'Owner'
        ]
      }
    }
  }
}

// Roles: what the app does needs these and no others, each on one resource.
import { at, elements, everything, follow, holds, instances, text } from './bicep.mjs';

const roles = new Map(Object.entries({
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe': 'Storage Blob Data Contributor',
  '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1': 'Storage Blob Data Reader',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
  'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a': 'Storage Queue Data Message Sender',
  '8a0f0c08-91a1-4084-bc3d-661d67233fed': 'Storage Queue Data Message Processor',
  '19e7f393-937e-4f77-808e-94535e297925': 'Storage Queue Data Reader',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '76199698-9eea-4c19-bc75-cec21354c6b6': 'Storage Table Data Reader',
  '17d1049b-9a84-46fb-8f53-869881c3d3ab': 'Storage Account Contributor',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
  '4633458b-17de-408a-b874-0445c86b69e6': 'Key Vault Secrets User',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': 'Key Vault Secrets Officer',
  '7f951dda-4ed3-4680-a7ca-43fe172d538d': 'AcrPull',
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': 'Owner',
  'b24988ac-6180-42a0-ab88-20f7382dd24c': 'Contributor',
  'acdd72a7-3385-48ef-bd42-f606fba81ae7': 'Reader',
}));

const storage = 'Microsoft.Storage/storageAccounts';
const vault = 'Microsoft.KeyVault/vaults';
const insights = 'Microsoft.Insights/components';
const collection = 'Microsoft.Insights/dataCollectionRules';
const registry = 'Microsoft.ContainerRegistry/registries';

/** What the code does, by how it looks there, and the role it needs. Of one kind of thing the roles go from least to most. */
const operations = [
  { pattern: /\.(QueryAsync|GetEntity\w*Async)[<(]/, what: 'reads rows', of: 'tables', role: 'Storage Table Data Reader' },
  { pattern: /\.(UpsertEntity|AddEntity|UpdateEntity|DeleteEntity|SubmitTransaction)Async[<(]/, what: 'writes rows', of: 'tables', role: 'Storage Table Data Contributor' },
  { pattern: /tables\.All\.Select\(\w+ => .*CreateIfNotExistsAsync\(/, what: 'makes tables', of: 'tables', role: 'Storage Table Data Contributor' },
  { pattern: /\.(PeekMessages|GetProperties)Async\(/, what: 'looks at queues', of: 'queues', role: 'Storage Queue Data Reader' },
  { pattern: /\.SendMessageAsync\(/, what: 'sends messages', of: 'queues', role: 'Storage Queue Data Message Sender' },
  { pattern: /\.(ReceiveMessages?|DeleteMessage|UpdateMessage)Async\(/, what: 'takes messages', of: 'queues', role: 'Storage Queue Data Message Processor' },
  { pattern: /\[QueueTrigger\(/, what: 'is triggered by queues, whose poison queue the host makes', of: 'queues', role: 'Storage Queue Data Contributor' },
  { pattern: /GetQueueClient\(\w+\)\.CreateIfNotExistsAsync\(/, what: 'makes queues', of: 'queues', role: 'Storage Queue Data Contributor' },
  { pattern: /\b(BlobServiceClient|BlobContainerClient|BlobClient)\b/, what: 'uses blobs', of: 'blobs', role: 'Storage Blob Data Contributor' },
];

const resourcesOf = (main, type) => [...instances(main)].flatMap(({ file }) => [...file.resources.values()].filter(r => r.type === type && !r.existing));
const hasText = (main, pattern) => [...instances(main)].some(({ file }) =>
  [...file.vars.values(), ...file.resources.values()].some(({ value, whole }) => [...everything(value ?? whole)].some(it => it.kind === 'str' && it.parts.some(part => typeof part === 'string' && pattern.test(part)))));

/** Of whom, on what, which role, and why. */
function needed(main, code) {
  const wanted = [];
  const add = (who, on, role, why) => {
    if (resourcesOf(main, on).length > 0 && !wanted.some(one => one.who === who && one.on === on && one.role === role))
      wanted.push({ who, on, role, why });
  };
  for (const kind of ['tables', 'queues', 'blobs']) {
    const used = operations.filter(({ of }) => of === kind).map(one => ({ ...one, place: code.find(one.pattern) })).filter(({ place }) => place);
    // Contributor is all of the lesser ones.
    const most = used.filter(({ role }) => role.endsWith('Contributor'));
    for (const { role, what, place } of most.length > 0 ? most : used)
      add('app', storage, role, `the app ${what} (${place})`);
  }
  const inFunctions = resourcesOf(main, 'Microsoft.Web/sites').length > 0;
  if (inFunctions)
    add('app', storage, 'Storage Blob Data Owner', 'the Functions host keeps leases, timers and the package in blobs');
  add('app', vault, 'Key Vault Secrets User', 'settings refer to values of the vault');
  if (hasText(main, /Authorization=AAD/))
    add('app', insights, 'Monitoring Metrics Publisher', 'telemetry is sent with the identity');
  if (code.find(/class MonitorToken\b/))
    add('app', collection, 'Monitoring Metrics Publisher', 'OTLP is sent with the identity');
  add('app', registry, 'AcrPull', 'the image is pulled with the identity');
  add('deployer', vault, 'Key Vault Secrets Officer', 'whoever deploys puts values into the vault');
  for (const role of [...inFunctions ? ['Storage Blob Data Reader'] : [], 'Storage Queue Data Reader', 'Storage Table Data Reader'])
    add('deployer', storage, role, 'whoever deploys looks at the data and backs it up');
  return wanted;
}

/** Every role assignment of a deployment: of whom, on what, which role, where it stands. */
function given(project, main) {
  const found = [];
  for (const one of instances(main)) {
    const { file } = one;
    for (const resource of file.resources.values()) {
      if (resource.type !== 'Microsoft.Authorization/roleAssignments' || resource.tests.some(test => holds(test, one) === false))
        continue;
      const say = what => project.problem(file.file, resource.line, `role assignment ${resource.symbol} ${what}`);
      const scope = at(resource.body, 'scope');
      const on = scope?.kind === 'id' ? file.resources.get(scope.name)?.type : null;
      if (!on)
        say('has no resource as its scope and so holds for the whole group; write scope: and the resource');
      const who = principal(at(resource.body, 'properties.principalId'), one);
      if (!who)
        say('is of somebody who is neither the app\'s identity nor whoever deploys');
      const type = at(resource.body, 'properties.principalType');
      if (!type)
        say('has no principalType; write principalType: \'ServicePrincipal\' for the app, since its identity may not be known everywhere yet');
      else if (who === 'app' && text(follow(type, one).it) !== 'ServicePrincipal')
        say('must have principalType: \'ServicePrincipal\', since it is the app\'s');
      const definition = at(resource.body, 'properties.roleDefinitionId');
      const id = definition?.kind === 'call' && definition.name === 'subscriptionResourceId' ? definition.args[1] : null;
      const loop = resource.loops[0];
      const each = loop ? elements(loop.over, one) : null;
      const ids = id && (each && id.kind === 'id' && id.name === loop.names[0] ? each.map(item => text(item.it)) : [text(follow(id, one).it)]);
      if (!ids || ids.includes(null))
        say('names its role in another way than subscriptionResourceId(\'Microsoft.Authorization/roleDefinitions\', id)');
      for (const role of ids ?? [])
        found.push({ who, on, role: roles.get(role) ?? role, file: file.file, line: resource.line });
    }
  }
  return found;
}

function principal(it, from) {
  const end = follow(it, from);
  if (end.it?.kind === 'id' && !end.from.parent && end.from.file.params.has(end.it.name))
    return 'deployer';
  const of = end.it?.kind === 'member' && end.it.name === 'principalId' && end.it.of.kind === 'member' && end.it.of.name === 'properties' ? end.it.of.of : null;
  return of?.kind === 'id' && end.from.file.resources.get(of.name)?.type === 'Microsoft.ManagedIdentity/userAssignedIdentities' ? 'app' : null;
}

export function checkRoles(project, main, code) {
  const wanted = needed(main, code);
  const all = given(project, main);
  const called = { app: 'the app', deployer: 'whoever deploys' };
  for (const { who, on, role, why } of wanted)
    if (!all.some(one => one.who === who && one.on === on && one.role === role))
      project.problem(main.file.file, 0, `${called[who]} is not given the role ${role} on ${on}, which it needs: ${why}`);
  for (const { who, on, role, file, line } of all)
    if (who && on && !wanted.some(one => one.who === who && one.on === on && one.role === role))
      project.problem(file, line, `${called[who]} is given the role ${role} on ${on}, which nothing needs in ${main.file.shown}; take it away`);
}

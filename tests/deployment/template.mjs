// The Bicep files by themselves: that they are Bicep, are described, fit together, make short enough names and leave nothing open.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { at, elements, everything, follow, inside, instances, longest, text } from './bicep.mjs';
import { lineWith, quoted, tableRows } from './files.mjs';

const builtIn = new Set(('any array bool cidrHost cidrSubnet coalesce concat contains dateTimeAdd deployer deployment empty endsWith environment fail filter first flatten '
  + 'format groupBy guid indexOf int intersection items join json last lastIndexOf length loadFileAsBase64 loadJsonContent loadTextContent loadYamlContent managementGroup map '
  + 'mapValues max min newGuid objectKeys padLeft parseCidr pickZones range reduce replace resourceGroup resourceId shallowMerge skip sort split startsWith string subscription '
  + 'subscriptionResourceId substring take tenant tenantResourceId toLogicalZone toLower toObject toPhysicalZone toUpper trim union uniqueString uri uriComponent utcNow').split(' '));

/** The longest name that Azure takes; of an app the host's own id, which is cut there and must not be shared. */
const longestNames = {
  'Microsoft.App/containerApps': 32, 'Microsoft.App/jobs': 32, 'Microsoft.App/managedEnvironments': 60, 'Microsoft.Consumption/budgets': 63,
  'Microsoft.ContainerRegistry/registries': 50, 'Microsoft.Insights/actionGroups': 260, 'Microsoft.Insights/components': 255, 'Microsoft.KeyVault/vaults': 24,
  'Microsoft.ManagedIdentity/userAssignedIdentities': 128, 'Microsoft.Monitor/accounts': 63, 'Microsoft.Insights/dataCollectionEndpoints': 44,
  'Microsoft.Insights/dataCollectionRules': 64, 'Microsoft.Network/virtualNetworks': 64, 'Microsoft.OperationalInsights/workspaces': 63,
  'Microsoft.Resources/resourceGroups': 90, 'Microsoft.Storage/storageAccounts': 24, 'Microsoft.Web/serverfarms': 60, 'Microsoft.Web/sites': 32,
};

/** What a resource has to say, so that nothing stands open, or Flex Consumption starts. */
const musts = {
  'Microsoft.ContainerRegistry/registries': { 'properties.adminUserEnabled': false },
  'Microsoft.Insights/components': { 'properties.DisableLocalAuth': true },
  'Microsoft.KeyVault/vaults': { 'properties.enableRbacAuthorization': true, 'properties.enableSoftDelete': true },
  'Microsoft.Storage/storageAccounts': {
    'properties.allowSharedKeyAccess': false, 'properties.allowBlobPublicAccess': false, 'properties.minimumTlsVersion': 'TLS1_2', 'properties.supportsHttpsTrafficOnly': true,
  },
  'Microsoft.Storage/storageAccounts/blobServices/containers': { 'properties.publicAccess': 'None' },
  'Microsoft.Web/serverfarms': { 'sku.name': 'FC1', 'sku.tier': 'FlexConsumption', 'properties.reserved': true },
  'Microsoft.Web/sites': {
    kind: 'functionapp,linux', 'identity.type': 'UserAssigned', 'properties.httpsOnly': true, 'properties.siteConfig.minTlsVersion': '1.2',
    'properties.functionAppConfig.runtime.name': 'custom', 'properties.functionAppConfig.runtime.version': '1.0',
    'properties.functionAppConfig.deployment.storage.authentication.type': 'UserAssignedIdentity',
  },
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': { 'properties.allow': false },
};

const ranges = ['minValue', 'maxValue', 'minLength', 'maxLength', 'allowed'];
const givenByAzd = new Set(['AZURE_ENV_NAME', 'AZURE_LOCATION', 'AZURE_PRINCIPAL_ID', 'AZURE_PRINCIPAL_TYPE']);

const plain = it => it?.kind === 'value' ? it.value : it?.kind === 'arr' ? it.items.map(plain) : it?.kind === 'obj' && it.props.size === 0 ? {} : text(it) ?? undefined;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const shown = value => typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
const secretName = /password|secret(?!User|Officer)|apikey|connectionstring/i;

export function checkFile(project, file) {
  const say = (line, what) => project.problem(file.file, line, what);
  for (const { line, text: wrong } of file.syntax)
    say(line, `${wrong}; the file must be whole Bicep`);

  for (const [kind, all] of [['param', file.params], ['output', file.outputs]]) {
    for (const [name, { line, decorators }] of all) {
      if (!text(decorators.get('description')))
        say(line, `${kind} ${name} has no description; write @description('...') above it`);
    }
  }
  for (const [name, { line, type, decorators, default: value }] of file.params) {
    if (type === 'int' && !decorators.has('minValue') && !decorators.has('allowed'))
      say(line, `param ${name} is a number without a range; give it @minValue or @allowed`);
    if (secretName.test(name) && !decorators.has('secure'))
      say(line, `param ${name} sounds secret and is shown in the deployment's history; give it @secure()`);
    const inRange = plain(value);
    if (typeof inRange === 'number' && (inRange < (decorators.get('minValue')?.value ?? -Infinity) || inRange > (decorators.get('maxValue')?.value ?? Infinity)))
      say(line, `param ${name} has the default ${inRange}, which its own range does not allow`);
    const allowed = plain(decorators.get('allowed'));
    if (inRange !== undefined && allowed && !allowed.includes(inRange))
      say(line, `param ${name} has the default ${shown(inRange)}, which is none of those allowed`);
  }
  names(file, say);
  for (const inner of file.modules.values()) {
    if (/^(br|ts)[:/]/.test(inner.path))
      say(inner.line, `module ${inner.symbol} comes from a registry; a checkout alone must build, so make it a file here`);
    else if (!existsSync(path.resolve(path.dirname(file.file), inner.path)))
      say(inner.line, `module ${inner.symbol} is ${inner.path}, which does not exist`);
  }
  outputsWithSecrets(file, say);
}

/** Every expression that a file has, resources and modules whole. */
function* expressions(file) {
  for (const { value } of [...file.vars.values(), ...file.outputs.values()])
    yield value;
  for (const { default: value } of file.params.values())
    if (value)
      yield value;
  for (const { whole } of [...file.resources.values(), ...file.modules.values()])
    yield whole;
}

/** Names that nothing declares, and declared ones that nothing uses. */
function names(file, say) {
  const declared = new Set([...file.params.keys(), ...file.vars.keys(), ...file.resources.keys(), ...file.modules.keys(), 'az', 'sys']);
  const used = new Set();
  const visit = (it, local) => {
    if (it.kind === 'id' && !local.has(it.name)) {
      used.add(it.name);
      if (!declared.has(it.name))
        say(it.line, `${it.name} is declared nowhere in this file`);
    }
    if (it.kind === 'call' && !it.of && !builtIn.has(it.name) && !file.functions.has(it.name))
      say(it.line, `${it.name}() is no function of Bicep`);
    const inner = it.names ? new Set([...local, ...it.names]) : local;
    for (const part of inside(it))
      visit(part, part === it.over ? local : inner);
  };
  for (const it of expressions(file))
    visit(it, new Set());
  for (const [kind, all] of [['param', file.params], ['var', file.vars]]) {
    for (const [name, { line }] of all)
      if (!used.has(name))
        say(line, `${kind} ${name} is used nowhere; take it out`);
  }
}

function outputsWithSecrets(file, say) {
  for (const it of expressions(file)) {
    for (const part of everything(it))
      if (part.kind === 'call' && /^list[A-Z]/.test(part.name))
        say(part.line, `${part.name}() reads keys; the app comes with its identity instead`);
  }
  for (const [name, { line, value }] of file.outputs) {
    for (const part of everything(value)) {
      const secure = part.kind === 'id' && file.params.get(part.name)?.decorators.has('secure');
      if (secure || (part.kind === 'member' && /connectionstring|instrumentationkey|sharedkey|primarykey|password/i.test(part.name)))
        say(line, `output ${name} holds a secret, and outputs stand in the deployment's history; take it out`);
    }
  }
}

/** A call of a module: its parameters, known and complete, with the ranges that main's own have, and outputs that exist. */
function checkCalls(project, one) {
  const { file } = one;
  const say = (line, what) => project.problem(file.file, line, what);
  for (const [symbol, call] of file.modules) {
    const inner = one.modules.get(symbol);
    if (!inner)
      continue;
    const { params } = inner.file;
    for (const name of inner.args.keys())
      if (!params.has(name))
        say(inner.args.get(name).line, `module ${symbol} is given ${name}, which ${inner.file.shown} has not; it has ${[...params.keys()].join(', ')}`);
    for (const [name, param] of params) {
      const given = inner.args.get(name);
      if (!given && param.default === null && !param.type.endsWith('?'))
        say(call.line, `module ${symbol} is not given ${name}, which ${inner.file.shown}:${param.line} requires`);
      const outer = given?.kind === 'id' ? file.params.get(given.name) : null;
      // Which regions there are is for main alone to say.
      if (outer && given.name !== 'location')
        compareRanges(outer, given.name, param, name, call, inner, say);
      const most = param.decorators.get('maxLength')?.value;
      if (given && most && !outer && longest(given, one) > most && longest(given, one) < Infinity)
        say(given.line, `${name} of module ${symbol} may become ${longest(given, one)} characters long; ${inner.file.shown}:${param.line} takes ${most}`);
    }
  }
  for (const it of expressions(file)) {
    for (const part of everything(it)) {
      if (part.kind !== 'member' || part.of.kind !== 'member' || part.of.name !== 'outputs')
        continue;
      const base = part.of.of.kind === 'index' ? part.of.of.of : part.of.of;
      const inner = base.kind === 'id' ? one.modules.get(base.name) : null;
      if (inner && !inner.file.outputs.has(part.name))
        say(part.line, `${base.name}.outputs.${part.name}: ${inner.file.shown} has no such output; it has ${[...inner.file.outputs.keys()].join(', ') || 'none'}`);
    }
  }
}

/** A module that is only called sometimes may want a narrower range then. */
function compareRanges(outer, outerName, param, name, call, inner, say) {
  for (const range of ranges) {
    const [wide, narrow] = [plain(outer.decorators.get(range)), plain(param.decorators.get(range))];
    if (wide !== undefined && !same(wide, narrow) && (narrow === undefined || call.tests.length === 0))
      say(outer.line, `param ${outerName} has @${range}(${shown(wide)}) and is ${name} of ${inner.file.shown}:${param.line}, which has ${narrow === undefined ? 'none' : `@${range}(${shown(narrow)})`}; say the same`);
  }
  const [there, here] = [plain(outer.default), plain(param.default)];
  if (there !== undefined && here !== undefined && !same(there, here))
    say(outer.line, `param ${outerName} is ${shown(there)} by default and is ${name} of ${inner.file.shown}:${param.line}, which is ${shown(here)}; say the same`);
}

function checkResources(project, one) {
  const { file } = one;
  const say = (line, what) => project.problem(file.file, line, what);
  for (const resource of file.resources.values()) {
    if (resource.existing)
      continue;
    const most = longestNames[resource.type];
    const name = at(resource.body, 'name');
    if (most && name && resource.loops.length === 0) {
      const length = longest(name, one);
      if (length > most)
        say(name.line, `the name of ${resource.type} may become ${length === Infinity ? 'longer than anything' : `${length} characters long`}; Azure takes ${most}`);
      const param = name.kind === 'id' ? file.params.get(name.name) : null;
      if (param && !((param.decorators.get('maxLength')?.value ?? Infinity) <= most))
        say(param.line, `param ${name.name} names a ${resource.type}; give it @maxLength(${most}) or less`);
    }
    if (resource.type === 'Microsoft.Storage/storageAccounts') {
      const followed = follow(name, one);
      if (followed.it.kind === 'str' && followed.it.parts.some(part => typeof part === 'string' && /[^a-z0-9]/.test(part)))
        project.problem(followed.from.file.file, followed.it.line, 'the name of a storage account has lower-case letters and digits only');
    }
    for (const [address, right] of Object.entries(musts[resource.type] ?? {})) {
      const value = at(resource.body, address);
      const is = plain(follow(value, one).it);
      if (is !== right)
        say(value?.line ?? resource.line, `${resource.type} ${resource.symbol} must have ${address}: ${shown(right)}${value ? `, not ${is === undefined ? 'something else' : shown(is)}` : ''}`);
    }
    if (resource.type === 'Microsoft.Web/sites') {
      for (const policy of ['ftp', 'scm'])
        if (![...file.resources.values()].some(r => r.type === `${resource.type}/basicPublishingCredentialsPolicies` && text(at(r.body, 'name')) === policy))
          say(resource.line, `publishing with a password (${policy}) is open; add a basicPublishingCredentialsPolicies '${policy}' with allow: false`);
      if (at(resource.body, 'properties.siteConfig.linuxFxVersion'))
        say(at(resource.body, 'properties.siteConfig.linuxFxVersion').line, 'Flex Consumption refuses linuxFxVersion; functionAppConfig.runtime says it');
    }
  }
}

/** The names of everything of a type that a main file makes. */
export function namesOf(main, type) {
  const found = [];
  for (const one of instances(main)) {
    for (const resource of one.file.resources.values()) {
      if (resource.type !== type || resource.existing)
        continue;
      const name = at(resource.body, 'name');
      const loop = resource.loops[0];
      const each = loop ? elements(loop.over, one)?.map(item => follow(name, one, new Map([[loop.names[0], item]]))) : [follow(name, one)];
      found.push(...(each ?? []).map(item => text(item.it)));
    }
  }
  return found;
}

function sameNames(project, file, what, bicep, code, where) {
  for (const name of code)
    if (!bicep.includes(name))
      project.problem(file, 0, `no ${what} '${name}' is made, which ${where} has; add it`);
  for (const name of bicep)
    if (!code.includes(name))
      project.problem(file, 0, `a ${what} '${name}' is made, which ${where} has not; take it out`);
}

function checkRegions(project, file) {
  const codes = file.vars.get('regionCodes');
  const allowed = plain(file.params.get('location')?.decorators.get('allowed')) ?? [];
  if (!codes)
    return;
  const seen = new Map();
  for (const [region, value] of codes.value.props) {
    const code = text(value);
    if (!allowed.includes(region))
      project.problem(file.file, value.line, `regionCodes has ${region}, which @allowed of location has not`);
    if (seen.has(code))
      project.problem(file.file, value.line, `${region} has the code '${code}', as ${seen.get(code)} has; give it one of its own`);
    if (!/^[a-z0-9]{1,4}$/.test(code ?? ''))
      project.problem(file.file, value.line, `${region} has the code '${code}'; a code has 1 to 4 lower-case letters and digits`);
    seen.set(code, region);
  }
  for (const region of allowed)
    if (!codes.value.props.has(region))
      project.problem(file.file, codes.line, `regionCodes has no code for ${region}, which @allowed of location has; add one`);
}

/** main.parameters.json beside main.bicep; of azd's, through which alone it gets its parameters, all of them and the table of the README there. */
function checkParameters(project, file) {
  const folder = path.dirname(file.file);
  const parametersFile = path.join(folder, 'main.parameters.json');
  if (!existsSync(parametersFile))
    return;
  const source = project.read(parametersFile);
  const given = project.json(parametersFile)?.parameters ?? {};
  for (const name of Object.keys(given))
    if (!file.params.has(name))
      project.problem(parametersFile, lineWith(source, `"${name}"`), `${name} is no param of ${file.shown}`);
  if (!Object.values(given).some(({ value }) => /\$\{AZURE_/.test(value)))
    return;
  for (const [name, { line }] of file.params)
    if (!(name in given))
      project.problem(parametersFile, 0, `${name} is missing, which ${file.shown}:${line} has; add "${name}": { "value": "\${AZURE_...}" }`);

  const readme = path.join(folder, 'README.md');
  if (!existsSync(readme))
    return project.problem(readme, 0, 'is missing: the parameters are described there');
  const rows = new Map();
  for (const { line, cells } of tableRows(project.read(readme), 'Parameters')) {
    const defaults = cells[1]?.split(',').map(one => one.trim().replaceAll('`', '')) ?? [];
    quoted(cells[0]).forEach((name, i) => {
      if (rows.has(name))
        project.problem(readme, line, `${name} stands in the table twice; line ${rows.get(name).line} has it already`);
      rows.set(name, { line, default: defaults[i] });
    });
  }
  const variables = new Map(Object.entries(given).flatMap(([name, { value }]) => [...String(value).matchAll(/\$\{(\w+)/g)].map(match => [match[1], name])));
  for (const [variable, name] of variables) {
    const row = rows.get(variable);
    const value = plain(file.params.get(name)?.default);
    if (!row && !givenByAzd.has(variable))
      project.problem(readme, 0, `${variable} (param ${name}) is not in the table of parameters; add it`);
    const right = value === '' ? 'none' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    // An empty cell leaves the default to the description.
    if (row && value !== undefined && row.default !== right)
      project.problem(readme, row.line, `${variable} is said to be ${row.default} by default; ${file.shown} says ${right}`);
  }
  for (const [variable, { line }] of rows)
    if (!variables.has(variable))
      project.problem(readme, line, `${variable} is in the table of parameters, but main.parameters.json reads no such variable`);
}

/** A main file with everything that it calls. */
export function checkMain(project, main, code) {
  for (const one of instances(main)) {
    checkCalls(project, one);
    checkResources(project, one);
  }
  const storage = [...instances(main)].find(one => [...one.file.resources.values()].some(r => r.type === 'Microsoft.Storage/storageAccounts' && !r.existing));
  if (storage) {
    sameNames(project, storage.file.file, 'queue', namesOf(main, 'Microsoft.Storage/storageAccounts/queueServices/queues'), code.queues, code.queuesFile);
    sameNames(project, storage.file.file, 'table', namesOf(main, 'Microsoft.Storage/storageAccounts/tableServices/tables'), code.tables, code.tablesFile);
  }
  checkRegions(project, main.file);
  checkParameters(project, main.file);
}

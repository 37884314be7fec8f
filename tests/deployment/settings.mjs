// Settings: what the code reads against what Bicep, settings.json and the samples set, and what is written about each.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { everything, instances, text } from './bicep.mjs';
import { lineWith, quoted, tableRows } from './files.mjs';

/** Read by the Functions host rather than by the app. */
const readByHost = new Set([
  'APPLICATIONINSIGHTS_CONNECTION_STRING', 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', 'AzureWebJobsStorage__blobServiceUri', 'AzureWebJobsStorage__credential',
]);
/** Set by the host or by Azure, never by people. */
const setByPlatform = new Set(['WEBSITE_HOSTNAME', 'FUNCTIONS_CUSTOMHANDLER_PORT']);
/** Read by OpenTelemetry's own library: the environment variables of its specification that concern OTLP, resources and sampling. */
const readByLibrary = /^OTEL_(EXPORTER_OTLP_((TRACES|METRICS|LOGS)_)?(PROTOCOL|HEADERS|TIMEOUT)|EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE|RESOURCE_ATTRIBUTES|SERVICE_NAME|TRACES_SAMPLER(_ARG)?|BSP_\w+|BLRP_\w+|METRIC_EXPORT_(INTERVAL|TIMEOUT)|\w+_LIMIT)$/;
/** Refused by Flex Consumption, or harmful there. */
const refused = new Set(['FUNCTIONS_WORKER_RUNTIME', 'FUNCTIONS_WORKER_RUNTIME_VERSION', 'FUNCTIONS_EXTENSION_VERSION', 'WEBSITE_RUN_FROM_PACKAGE', 'WEBSITE_CONTENTSHARE',
  'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING', 'SCM_DO_BUILD_DURING_DEPLOYMENT', 'ENABLE_ORYX_BUILD', 'WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT', 'WEBSITE_TIME_ZONE', 'TZ']);
const secret = /__(Secrets__#|VerifyToken|Token|ActionToken|Secret|Password)$/;
const ours = /^(Moderato|AzureWebJobsStorage|Logging)(__|$)|^(AZURE|OTEL|APPLICATIONINSIGHTS)_/;

const general = name => /^Logging__LogLevel__/.test(name) ? 'Logging__LogLevel__CATEGORY' : name.replace(/__(\d+|[A-Z])(?=__|$)/g, '__#');

function isKnown(code, name) {
  const one = general(name);
  return code.settings.has(one) || readByHost.has(one) || setByPlatform.has(one) || readByLibrary.test(one);
}

function unknown(project, code, file, line, name) {
  const near = [...code.settings.keys()].filter(one => one.split('__').at(-1).toLowerCase() === general(name).split('__').at(-1).toLowerCase() || one.startsWith(general(name).split('__').slice(0, -1).join('__') + '__'));
  project.problem(file, line, `nothing reads the setting ${name}${near.length > 0 ? `; there are ${near.slice(0, 12).join(', ')}` : ''}`);
}

/** What Bicep sets: objects of a name and a value, as settings of apps and variables of containers are. */
function* declared(main) {
  for (const one of instances(main)) {
    const { file } = one;
    const roots = [...file.vars.values(), ...file.params.values()].map(({ value, default: other }) => value ?? other).filter(Boolean).concat([...file.resources.values(), ...file.modules.values()].map(({ whole }) => whole));
    for (const it of roots.flatMap(root => [...everything(root)])) {
      const name = it.kind === 'obj' && (it.props.has('value') || it.props.has('secretRef')) ? text(it.props.get('name')) : null;
      if (name && (/^[A-Za-z]+_\w+$/.test(name) || name === 'AzureWebJobsStorage' || name === 'TZ'))
        yield { name, file: file.file, line: it.line };
    }
  }
}

export function checkBicepSettings(project, main, code) {
  const all = [...declared(main)];
  for (const { name, file, line } of all) {
    if (refused.has(name))
      project.problem(file, line, `Flex Consumption refuses or ignores ${name}; take it out`);
    else if (name === 'AzureWebJobsStorage')
      project.problem(file, line, 'a plain AzureWebJobsStorage wins over the identity\'s settings; set AzureWebJobsStorage__queueServiceUri and its like');
    else if (!isKnown(code, name))
      unknown(project, code, file, line, name);
  }
  const hosts = [...instances(main)].flatMap(({ file }) => [...file.resources.values()].filter(r => r.type === 'Microsoft.Web/sites' && !r.existing).map(resource => ({ file, resource })));
  for (const { file, resource } of hosts)
    for (const name of ['blobServiceUri', 'queueServiceUri', 'tableServiceUri', 'credential', 'clientId'].map(end => `AzureWebJobsStorage__${end}`).concat('AZURE_CLIENT_ID'))
      if (!all.some(one => one.name === name))
        project.problem(file.file, resource.line, `the app is not given ${name}, without which it finds neither storage nor its identity; add it to the settings`);
}

/** settings.json of a deployment: names, texts, and no secret in clear. */
export function checkSettingsJson(project, folder, code) {
  const file = path.join(folder, 'settings.json');
  if (!existsSync(file))
    return;
  const source = project.read(file);
  const readme = existsSync(path.join(folder, 'README.md')) ? project.read(path.join(folder, 'README.md')) : '';
  for (const [name, value] of Object.entries(project.json(file) ?? {})) {
    const line = lineWith(source, `"${name}"`);
    if (refused.has(name) || name === 'AzureWebJobsStorage')
      project.problem(file, line, `${name} must not be set here; take it out`);
    else if (!isKnown(code, name))
      unknown(project, code, file, line, name);
    if (typeof value !== 'string')
      project.problem(file, line, `${name} must be text: put it into quotes`);
    else if (value.startsWith('vault:') && !/^vault:[A-Za-z0-9-]{1,127}$/.test(value))
      project.problem(file, line, `${name} names a value of the vault in a way that no vault allows; write vault:NAME with letters, digits and hyphens`);
    else if (secret.test(general(name)) && !value.startsWith('vault:'))
      project.problem(file, line, `${name} is a secret in clear; put it into the vault and write vault:NAME`);
    else if (value.startsWith('vault:') && !readme.includes(`--name ${value.slice('vault:'.length)} `))
      project.problem(file, line, `the deployment's README puts nothing into the vault as ${value.slice('vault:'.length)}; say 'az keyvault secret set … --name ${value.slice('vault:'.length)}' there`);
  }
}

/** local.settings.sample.json, and samples of environment files for servers and containers. */
export function checkSamples(project, code) {
  const sample = project.in('local.settings.sample.json');
  const source = existsSync(sample) ? project.read(sample) : '';
  for (const name of Object.keys(project.json(sample)?.Values ?? {}))
    if (name !== 'FUNCTIONS_WORKER_RUNTIME' && !isKnown(code, name))
      unknown(project, code, sample, lineWith(source, `"${name}"`), name);
  for (const file of project.files('infra', '.env.sample')) {
    project.read(file).split('\n').forEach((line, i) => {
      const name = /^#?\s?(\w+)=/.exec(line)?.[1];
      if (name && ours.test(name) && !isKnown(code, name))
        unknown(project, code, file, i + 1, name);
    });
  }
}

/** Names of a table's first column: what is no whole name shares all but its last part with the one before. */
function documented(markdown, heading) {
  const found = [];
  for (const { line, cells } of tableRows(markdown, heading)) {
    let first = '';
    for (const name of quoted(cells[0])) {
      if (ours.test(name) || /^[A-Z]+_[A-Z_]+$/.test(name)) {
        first = name;
        found.push({ line, name: general(name) });
      } else if (name.startsWith('…')) {
        const ends = name.slice(1).split('_').filter(Boolean);
        found.push({ line, name: [...first.split('_').slice(0, -ends.length), ...ends].join('_') });
      } else if (first) {
        const parents = first.split('__');
        const own = /__[A-Z]$/.test(first) ? -2 : -1;
        found.push({ line, name: general([...parents.slice(0, own), name].join('__')) });
      }
    }
  }
  return found;
}

export function checkDocumentation(project, code) {
  const pages = [['README.md', 'Configuration', name => !name.startsWith('OTEL_')], ['functions/Hosting/TELEMETRY.md', 'Traces, metrics, logs', name => name.startsWith('OTEL_')]];
  for (const [page, heading, isHere] of pages) {
    if (!project.has(page)) {
      project.problem(page, 0, 'is missing: settings are described there');
      continue;
    }
    const rows = documented(project.read(page), heading).filter(({ name }) => ours.test(name) || isKnown(code, name));
    const seen = new Map();
    for (const { line, name } of rows) {
      if (seen.has(name))
        project.problem(page, line, `${name} is described twice; line ${seen.get(name)} has it already`);
      else if (!isHere(name))
        project.problem(page, line, `${name} belongs into ${pages.find(([, , isThere]) => isThere(name))[0]}`);
      else if (!isKnown(code, name) || setByPlatform.has(name))
        unknown(project, code, page, line, name);
      seen.set(name, line);
    }
    for (const [name, place] of code.settings)
      if (isHere(name) && !seen.has(name) && !setByPlatform.has(name) && name !== 'Moderato')
        project.problem(page, 0, `${name} is read (${place}) and not in the table under "${heading}"; describe it there, once`);
  }
}

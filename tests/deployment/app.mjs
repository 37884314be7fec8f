// The published folder: what the Functions host finds in it.
import { existsSync, openSync, readSync, readdirSync, statSync, closeSync } from 'node:fs';
import path from 'node:path';

/** Every figure that the code relies on; the host's own defaults differ from version to version. */
const figures = [
  ['version', '"2.0"'], ['functionTimeout', 'a time such as "00:05:00"'], ['telemetryMode', '"OpenTelemetry"'],
  ['extensionBundle.id', '"Microsoft.Azure.Functions.ExtensionBundle"'], ['extensionBundle.version', 'a range such as "[4.*, 5.0.0)"'],
  ['customHandler.enableForwardingHttpRequest', 'true'], ['customHandler.description.defaultExecutablePath', 'the executable\'s name'],
  ['extensions.http.routePrefix', '"api"'], ['extensions.http.maxOutstandingRequests', 'a number (-1: no limit)'],
  ['extensions.http.maxConcurrentRequests', 'a number (-1: no limit)'], ['extensions.http.dynamicThrottlesEnabled', 'false'],
  ['extensions.queues.batchSize', 'a number'], ['extensions.queues.newBatchThreshold', 'a number'], ['extensions.queues.maxPollingInterval', 'a time'],
  ['extensions.queues.visibilityTimeout', 'a time'], ['extensions.queues.maxDequeueCount', 'a number'], ['extensions.queues.messageEncoding', '"base64"'],
  ['concurrency.dynamicConcurrencyEnabled', 'false'],
];
const trainingData = /\.(tsv|csv|parquet|zip|7z)$|^(labels|rude-words)\b/;
const reserved = new Set(['runtimes', 'refs']);

export function checkHost(project, code) {
  const file = project.in('host.json');
  const host = project.json(file) ?? {};
  const value = address => address.split('.').reduce((from, name) => from?.[name], host);
  for (const [address, right] of figures)
    if (value(address) === undefined)
      project.problem(file, 0, `${address} is not set; say ${right}, so that no default of the host decides it`);
  if (value('extensions.queues.messageEncoding') !== undefined && value('extensions.queues.messageEncoding') !== code.messageEncoding)
    project.problem(file, 0, `extensions.queues.messageEncoding is ${value('extensions.queues.messageEncoding')}; the code sends ${code.messageEncoding}`);
  return host;
}

export function checkApp(project, host, code, queues) {
  const { app } = project;
  if (!existsSync(path.join(app, 'host.json')))
    return project.problem(path.join(app, 'host.json'), 0, 'is missing: publish first (dotnet publish functions -c Release -o functions/bin/app)');
  if (project.read(path.join(app, 'host.json')) !== project.read('host.json'))
    project.problem(path.join(app, 'host.json'), 0, 'is not the repository\'s host.json; publish again');
  checkExecutable(project, host);
  if (!existsSync(path.join(app, 'Moderato.xml')))
    project.problem(path.join(app, 'Moderato.xml'), 0, 'is missing, which GET /api/openapi.json takes its descriptions from; publish again');

  const published = new Set();
  for (const name of readdirSync(app)) {
    const whole = path.join(app, name);
    if (name === 'local.settings.json' || trainingData.test(name))
      project.problem(whole, 0, 'must not be published; take it out of the project\'s items');
    if (!statSync(whole).isDirectory())
      continue;
    if (existsSync(path.join(whole, 'function.json')))
      published.add(name);
    else if (!reserved.has(name) && !/^[a-z]{2}(-[A-Za-z]+)?$/.test(name))
      project.problem(whole, 0, 'is a folder without function.json; only functions have folders of their own');
  }
  for (const name of published)
    checkFunction(project, path.join(app, name, 'function.json'), queues);
  for (const name of code.functions)
    if (!published.has(name))
      project.problem(path.join(app, name), 0, 'is missing, though the code has such a function; publish again');
  for (const name of published)
    if (!code.functions.has(name))
      project.problem(path.join(app, name), 0, 'is no function of the code; delete the folder and publish again');
}

function checkExecutable(project, host) {
  const name = host.customHandler?.description?.defaultExecutablePath;
  const file = path.join(project.app, name ?? '');
  if (!name)
    return;
  if (!existsSync(file))
    return project.problem(file, 0, 'is missing, which host.json starts (customHandler.description.defaultExecutablePath)');
  if ((statSync(file).mode & 0o111) === 0)
    project.problem(file, 0, 'must be executable (chmod +x): the package keeps what the file says, and the host could not start it');
  const start = Buffer.alloc(20);
  const open = openSync(file, 'r');
  readSync(open, start, 0, start.length, 0);
  closeSync(open);
  if (start.toString('latin1', 1, 4) !== 'ELF' || start.readUInt16LE(18) !== 0x3e)
    project.problem(file, 0, 'is no program for Linux on x64, which Azure runs; publish for linux-x64');
}

function checkFunction(project, file, queues) {
  const bindings = project.json(file)?.bindings ?? [];
  const triggers = bindings.filter(({ type }) => /Trigger$/.test(type ?? ''));
  if (triggers.length !== 1)
    project.problem(file, 0, `has ${triggers.length} triggers; a function has exactly one`);
  for (const { type, queueName, authLevel } of triggers) {
    if (type === 'queueTrigger') {
      for (const name of [queueName, queueName.endsWith('-poison') ? queueName : `${queueName}-poison`])
        if (!queues.includes(name))
          project.problem(file, 0, `is triggered by the queue ${queueName}, but Bicep makes no queue '${name}'; add it to queueNames`);
    }
    if (type === 'httpTrigger' && authLevel !== 'anonymous')
      project.problem(file, 0, `has authLevel ${authLevel}; the app checks keys by itself, so say anonymous`);
  }
}

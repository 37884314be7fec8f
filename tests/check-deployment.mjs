#!/usr/bin/env node
// Holds together what is deployed: the published folder, host.json, the Bicep files, settings, roles, alerts and the pages about them.
// Prints every problem with its file, line and what would be right. Needs Node 20 and `./infra/local/install --tests`.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkAlerts } from './deployment/alerts.mjs';
import { checkApp, checkHost } from './deployment/app.mjs';
import { instance, instances, parse } from './deployment/bicep.mjs';
import { readCode } from './deployment/code.mjs';
import { checkAzureYaml, checkLinks } from './deployment/docs.mjs';
import { Project } from './deployment/files.mjs';
import { checkRoles } from './deployment/roles.mjs';
import { checkBicepSettings, checkDocumentation, checkSamples, checkSettingsJson } from './deployment/settings.mjs';
import { checkFile, checkMain, namesOf } from './deployment/template.mjs';

const usage = `Usage: node tests/check-deployment.mjs [--app functions/bin/app] [--root .]

--app   the published app (default: functions/bin/app of the root)
--root  the repository (default: the one that this script is in)`;

/** What is wrong, and what to say if nothing is. */
export function check(root, app) {
  const project = new Project(root, app);
  const files = new Map(project.files('infra/azure', '.bicep').map(file => [file, parse(file, project.shown(file))]));
  for (const file of files.values())
    checkFile(project, file);
  const mains = [...files.values()].filter(({ file }) => path.basename(file) === 'main.bicep').map(file => instance(files, file));
  const reached = new Set(mains.flatMap(main => [...instances(main)].map(({ file }) => file)));
  for (const file of files.values())
    if (!reached.has(file))
      project.problem(file.file, 0, 'is called by no main.bicep; take it out');
  if (mains.length === 0)
    project.problem('infra/azure/main.bicep', 0, 'is missing');

  const code = readCode(project);
  for (const main of mains) {
    checkMain(project, main, code);
    checkBicepSettings(project, main, code);
    checkSettingsJson(project, path.dirname(main.file.file), code);
    checkRoles(project, main, code);
    checkAlerts(project, main, code);
  }
  checkSamples(project, code);
  checkDocumentation(project, code);
  const host = checkHost(project, code);
  checkApp(project, host, code, mains.length > 0 ? namesOf(mains[0], 'Microsoft.Storage/storageAccounts/queueServices/queues') : []);
  checkAzureYaml(project, mains);
  checkLinks(project);
  return { problems: project.problems, summary: `${files.size} Bicep files, ${code.functions.size} functions, ${code.settings.size} settings, ${code.lines.length} log lines: no problem.` };
}

function run() {
  let folders;
  try {
    const { values } = parseArgs({ options: { app: { type: 'string' }, root: { type: 'string' } } });
    const root = path.resolve(values.root ?? fileURLToPath(new URL('..', import.meta.url)));
    if (!existsSync(path.join(root, 'infra/azure')))
      throw new Error(`${root} has no infra/azure: --root must name the repository.`);
    folders = [root, path.resolve(values.app ?? path.join(root, 'functions/bin/app'))];
  } catch (wrong) {
    console.error(`${wrong.message}\n\n${usage}`);
    return 2;
  }
  const { problems, summary } = check(...folders);
  console.log(problems.length > 0 ? `${problems.join('\n')}\n${problems.length} problem${problems.length === 1 ? '' : 's'}.` : summary);
  return problems.length > 0 ? 1 : 0;
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = run();

// Links between pages, and azure.yaml.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { at, follow, instances, text } from './bicep.mjs';
import { lineWith } from './files.mjs';

/** Lines with code taken out, so that what stands there is not taken for a link or a heading. */
function prose(markdown) {
  let fenced = false;
  return markdown.split('\n').map(line => {
    const fence = /^\s*```/.test(line);
    if (fence)
      fenced = !fenced;
    return fenced || fence ? '' : line;
  });
}

/** The names that a page's headings have in its address. */
function anchors(markdown) {
  const found = new Set();
  for (const line of prose(markdown)) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading !== undefined) {
      const slug = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
      let name = slug;
      for (let i = 1; found.has(name); i++)
        name = `${slug}-${i}`;
      found.add(name);
    }
    for (const match of line.matchAll(/<a\s+(?:id|name)="([^"]+)"/g))
      found.add(match[1]);
  }
  return found;
}

export function checkLinks(project) {
  const pages = ['README.md', ...['functions', 'infra'].flatMap(folder => project.files(folder, '.md'))].map(page => project.in(path.relative(project.root, path.resolve(project.root, page))));
  for (const page of pages.filter(existsSync)) {
    prose(project.read(page)).forEach((line, i) => {
      for (const match of line.replace(/`[^`]*`/g, code => 'x'.repeat(code.length)).matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g)) {
        if (/^[a-z][a-z0-9+.-]*:/i.test(match[1]))
          continue;
        const [address, anchor] = decodeURIComponent(match[1]).split('#');
        const target = address === '' ? page : path.resolve(path.dirname(page), address);
        if (!existsSync(target))
          project.problem(page, i + 1, `the link ${match[1]} leads nowhere: there is no ${project.shown(target)}`);
        else if (anchor && target.endsWith('.md') && !anchors(project.read(target)).has(anchor))
          project.problem(page, i + 1, `the link ${match[1]} leads nowhere: ${project.shown(target)} has no heading for #${anchor}`);
      }
    });
  }
}

/** As much YAML as azure.yaml is: names within names, and texts. */
function yaml(source) {
  const root = {};
  const open = [{ indent: -1, into: root }];
  for (const line of source.split('\n')) {
    const match = /^( *)([\w.-]+):(?:\s+(.*?))?\s*$/.exec(line);
    if (!match || line.trim().startsWith('#'))
      continue;
    const indent = match[1].length;
    while (open.at(-1).indent >= indent)
      open.pop();
    const value = match[3] === undefined ? {} : match[3].replace(/^(["'])(.*)\1$/, '$2');
    open.at(-1).into[match[2]] = value;
    if (typeof value === 'object')
      open.push({ indent, into: value });
  }
  return root;
}

/** azure.yaml leads to the project and to the template, whose site bears the service's name. */
export function checkAzureYaml(project, mains) {
  const file = project.in('azure.yaml');
  if (!existsSync(file))
    return project.problem(file, 0, 'is missing: azd deploys by it');
  const source = project.read(file);
  const said = yaml(source);
  const main = mains.find(one => path.relative(project.root, path.dirname(one.file.file)) === said.infra?.path);
  if (!main)
    return project.problem(file, lineWith(source, 'infra:'), `infra.path is ${said.infra?.path}, where no main.bicep is`);
  if (!existsSync(path.join(path.dirname(main.file.file), 'main.parameters.json')))
    project.problem(file, lineWith(source, 'infra:'), `${said.infra.path} has no main.parameters.json, through which azd gives the template its parameters`);
  const tagged = [...instances(main)].flatMap(one => [...one.file.resources.values()].flatMap(resource => {
    const tags = at(resource.body, 'tags');
    const own = tags?.kind === 'call' ? tags.args : [tags];
    return own.map(arg => at(arg, 'azd-service-name')).filter(Boolean).map(name => text(follow(name, one).it));
  }));
  for (const [name, service] of Object.entries(said.services ?? {})) {
    if (!existsSync(project.in(service.project ?? '')) || project.files(service.project ?? '', '.csproj').length !== 1)
      project.problem(file, lineWith(source, 'project:'), `the service ${name} has the project folder ${service.project}, where one .csproj must be`);
    if (!tagged.includes(name))
      project.problem(file, lineWith(source, `${name}:`), `no resource has the tag azd-service-name: ${name}, by which azd finds where to deploy; Bicep has ${tagged.join(', ') || 'none'}`);
  }
  for (const name of tagged)
    if (!(name in (said.services ?? {})))
      project.problem(file, lineWith(source, 'services:'), `Bicep tags a resource with azd-service-name: ${name}, and there is no such service`);
}

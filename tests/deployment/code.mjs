// What the C# sources say of themselves: queues, tables, settings that are read, operations on storage, lines for the log.
import { lineAt } from './files.mjs';

const queuesFile = 'functions/Comments/QueueNames.cs';
const tablesFile = 'functions/Storage/TableSet.cs';
const optionsFile = 'functions/Hosting/Settings/ModeratoOptions.cs';
const storageFile = 'functions/Storage/StorageConnection.cs';

export function readCode(project) {
  const sources = project.files('functions', '.cs').map(file => ({ file, text: project.read(file) }));
  const byFile = new Map(sources.map(({ file, text }) => [file, text]));
  const textOf = name => byFile.get(project.in(name)) ?? (project.problem(name, 0, 'is missing'), '');
  const queueNames = queues(project, textOf(queuesFile));
  return {
    queuesFile, tablesFile,
    queues: queueNames,
    tables: tables(project, textOf(tablesFile)),
    settings: settings(project, sources, textOf),
    functions: new Set(sources.flatMap(({ text }) => [...text.matchAll(/\[Function\("(\w+)"\)\]/g)].map(match => match[1]))),
    messageEncoding: /MessageEncoding = QueueMessageEncoding\.(\w+)/.exec(textOf(storageFile))?.[1].toLowerCase(),
    lines: sources.filter(({ text }) => text.includes('[LoggerMessage(')).flatMap(({ file, text }) => logLines(project, file, text, queueNames)),
    find: pattern => find(project, sources, pattern),
  };
}

/** The first place where a pattern stands; null if none. */
function find(project, sources, pattern) {
  for (const { file, text } of sources) {
    const match = pattern.exec(text);
    if (match)
      return `${project.shown(file)}:${lineAt(text, match.index)}`;
  }
  return null;
}

function queues(project, text) {
  const named = new Map();
  for (const [, name, value] of text.matchAll(/const string (\w+) = ([^;]+);/g))
    named.set(name, value.split('+').map(part => part.trim()).map(part => part.startsWith('"') ? part.slice(1, -1) : named.get(part) ?? '').join(''));
  return listed(project, text, queuesFile, named);
}

function tables(project, text) {
  const named = new Map([...text.matchAll(/TableClient (\w+) \{ get; \} = service\.GetTableClient\("(\w+)"\)/g)].map(match => [match[1], match[2]]));
  return listed(project, text, tablesFile, named);
}

function listed(project, text, file, named) {
  const all = /\bAll\b[^[]*\[([^\]]*)\]/.exec(text)?.[1].split(',').map(name => name.trim()).filter(Boolean) ?? [];
  for (const name of named.keys())
    if (!all.includes(name))
      project.problem(file, lineAt(text, text.search(new RegExp(`\\b${name} (=|\\{)`))), `${name} is not in All; add it, since All is what is created`);
  return all.map(name => named.get(name) ?? name);
}

/** Names with # for numbers, each with the place where it is read. */
function settings(project, sources, textOf) {
  const found = new Map();
  const options = textOf(optionsFile);
  const classes = new Map();
  for (const match of options.matchAll(/class (\w+)\s*\n\{([\s\S]*?)\n\}/g))
    classes.set(match[1], [...match[2].matchAll(/public (List<(\w+)>|\w+\??) (\w+) \{ get;/g)].map(([whole, type, item, name]) => ({ type: type.replace('?', ''), item, name, line: lineAt(options, match.index + match[0].indexOf(whole)) })));
  const walk = (prefix, type) => {
    for (const { type: own, item, name, line } of classes.get(type) ?? []) {
      const whole = item ? `${prefix}__${name}__#` : `${prefix}__${name}`;
      if (classes.has(item ?? own))
        walk(whole, item ?? own);
      else
        found.set(whole, `${optionsFile}:${line}`);
    }
  };
  walk('Moderato', 'ModeratoOptions');

  for (const { file, text } of sources.filter(source => /onfiguration\[|GetSection\(|"OTEL_/.test(source.text))) {
    const place = index => `${project.shown(file)}:${lineAt(text, index)}`;
    const signals = /Signals = \[([^\]]*)\]/.exec(text)?.[1].match(/\w+/g) ?? [];
    const constants = new Map([...text.matchAll(/const string (\w+) = "([^"]+)"/g)].map(match => [match[1], match[2]]));
    const add = (name, index) => (name.includes('{signal}') ? signals.map(signal => name.replace('{signal}', signal)) : [name]).forEach(one => found.has(one) || found.set(one, place(index)));
    for (const match of text.matchAll(/onfiguration\[(?:\$?"([^"]+)"|([A-Z]\w*))\]/g))
      add(match[1] ?? constants.get(match[2]) ?? match[2], match.index);
    for (const match of text.matchAll(/\$?"(OTEL_[A-Z_{}signal]+)"/g))
      add(match[1], match.index);
    for (const match of text.matchAll(/GetSection\("(\w+)"\)/g))
      add(match[1] === 'Logging' ? 'Logging__LogLevel__CATEGORY' : match[1], match.index);
  }

  const storage = textOf(storageFile);
  const prefix = /const string Setting = "(\w+)"/.exec(storage)?.[1] ?? '';
  found.set(prefix, `${storageFile}:${lineAt(storage, storage.indexOf('const string Setting'))}`);
  const services = [...new Set([...storage.matchAll(/AddressOf\(section, "(\w+)"\)/g)].map(match => match[1]))];
  for (const match of storage.matchAll(/section\[\$?"([^"]+)"\]/g))
    for (const service of services)
      found.set(`${prefix}__${match[1].replace('{service}', service)}`, `${storageFile}:${lineAt(storage, match.index)}`);
  return found;
}

const levels = { Critical: 'crit', Error: 'fail', Warning: 'warn', Information: 'info', Debug: 'dbug', Trace: 'trce' };
const numbers = /^(byte|short|int|long|float|double|decimal)$/;

/** Lines as the console writes them: what is logged in a class, holes filled with what their types can be. */
function logLines(project, file, text, queueNames) {
  const space = /^namespace ([\w.]+);/m.exec(text)?.[1];
  const texts = [...text.matchAll(/\$"((?:[^"\\]|\\.)*)"/g)].flatMap(match => filled(match[1], queueNames));
  const lines = [];
  let messages = 0;
  for (const match of text.matchAll(/\[LoggerMessage\((?:\d+, *)?LogLevel\.(\w+),\s*"((?:[^"\\]|\\.)*)"\)\]\s*\n\s*[\w ]*? void \w+\(([^)]*)\)/g)) {
    const [, level, template, parameters] = match;
    messages++;
    const types = new Map(parameters.split(',').map(one => one.trim().split(/\s+/)).map(([type, name]) => [name.toLowerCase(), type]));
    const logger = [...text.slice(0, match.index).matchAll(/ILogger<(\w+)>/g)].at(-1)?.[1];
    let rendered = [template.replaceAll('\\"', '"')];
    for (const hole of template.matchAll(/\{(\w+)(?::[^}]*)?\}/g)) {
      const type = types.get(hole[1].toLowerCase()) ?? '';
      const choices = numbers.test(type) ? ['7'] : type === 'string' ? ['some', ...texts] : ['some'];
      rendered = rendered.flatMap(line => choices.map(choice => line.replace(hole[0], () => choice)));
    }
    // The handler logs in the name of whichever function it runs.
    if (!logger && text.includes('.CreateLogger('))
      continue;
    if (!logger)
      project.problem(file, lineAt(text, match.index), 'cannot tell in whose name this is logged; have the class take an ILogger<itself>');
    lines.push(...rendered.map(line => `${levels[level]}: ${space}.${logger}[7] ${line}`));
  }
  if (messages !== text.split('[LoggerMessage(').length - 1)
    project.problem(file, lineAt(text, text.indexOf('[LoggerMessage(')), 'not every message for the log can be read by this check; write [LoggerMessage(LogLevel.X, "one text")]');
  return lines;
}

/** An interpolated text: a hole called Queue is the name of one, every other a number. */
function filled(template, queueNames) {
  let texts = [template];
  for (const hole of template.matchAll(/\{([^{}]+)\}/g))
    texts = texts.flatMap(text => (/\bQueue$/.test(hole[1]) ? queueNames : ['7']).map(choice => text.replace(hole[0], () => choice)));
  return texts;
}

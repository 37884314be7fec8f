// Alerts read lines of the log: each must look for one that the app can write.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { everything, follow, instances, text } from './bicep.mjs';
import { quoted, tableRows } from './files.mjs';

export function checkAlerts(project, main, code) {
  for (const one of instances(main)) {
    const { file } = one;
    if (![...file.resources.values()].some(({ type }) => type === 'Microsoft.Insights/scheduledQueryRules'))
      continue;
    for (const [name, { line, value }] of file.vars) {
      const query = text(value);
      if (query?.includes('Line'))
        checkQuery(project, file.file, line, name, query, code.lines);
    }
    checkPage(project, file, path.dirname(main.file.file));
  }
}

const escaped = literal => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Conditions of one step narrow the lines down; an extract must find something in those that are left. */
function checkQuery(project, file, line, name, query, lines) {
  let left = lines;
  let patterns = 0;
  const narrow = (tests, what) => {
    for (const [test, shown] of tests) {
      patterns++;
      if (!left.some(one => test.test(one)))
        project.problem(file, line, `alert ${name} looks for ${what} '${shown}', and no line that the app can write${left === lines ? '' : ' and that its other conditions let through'} has it; take the words from a LoggerMessage`);
    }
    return tests;
  };
  for (const step of query.split(/\n\s*\|/)) {
    const regexes = [...step.matchAll(/matches regex @"((?:[^"]|"")*)"/g)].map(match => [new RegExp(match[1]), match[1]]);
    const words = [...step.matchAll(/\b(has|contains|has_any|has_all)\s*(?:"([^"]*)"|\(([^)]*)\))/g)]
      .flatMap(match => (match[2] !== undefined ? [match[2]] : [...match[3].matchAll(/"([^"]*)"/g)].map(one => one[1])))
      .map(word => [new RegExp(`(?<![A-Za-z0-9])${escaped(word)}(?![A-Za-z0-9])`), word]);
    const conditions = [...narrow(regexes, 'what matches'), ...narrow(words, 'the text')];
    if (conditions.length > 0)
      left = left.filter(one => conditions.some(([test]) => test.test(one)));
    narrow([...step.matchAll(/extract\(@"((?:[^"]|"")*)"/g)].map(match => [new RegExp(match[1]), match[1]]), 'what matches');
  }
  if (patterns === 0)
    project.problem(file, line, `alert ${name} looks at lines and for nothing in them`);
}

/** ALERTS.md has a row for each rule. */
function checkPage(project, file, folder) {
  const page = path.join(folder, 'ALERTS.md');
  const rules = [...file.vars.values()].flatMap(({ value }) => [...everything(value)]).filter(it => it.kind === 'obj' && it.props.has('id') && it.props.has('query')).map(it => ({ id: text(it.props.get('id')), line: it.line }));
  if (!existsSync(page))
    return;
  const rows = tableRows(project.read(page), 'Alerts').slice(1).map(({ line, cells }) => ({ line, id: cells[0].split(' ')[0] }));
  for (const { id, line } of rules)
    if (!rows.some(row => row.id === id))
      project.problem(page, 0, `the alert ${id} (${file.shown}:${line}) has no row; add one`);
  for (const { id, line } of rows)
    if (!rules.some(rule => rule.id === id))
      project.problem(page, line, `there is no alert ${id} in ${file.shown}`);
}

// Files below a folder, what they say, and the problems that are found in them.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const skipped = new Set(['node_modules', 'bin', 'obj', '.git', '.moderato', 'TestResults']);

export class Project {
  problems = [];

  constructor(root, app) {
    this.root = path.resolve(root);
    this.app = app;
  }

  /** A path as people read it. */
  shown(file) {
    const inside = path.relative(this.root, file);
    return inside.startsWith('..') ? file : inside;
  }

  in(...parts) {
    return path.join(this.root, ...parts);
  }

  has(...parts) {
    return existsSync(this.in(...parts));
  }

  /** What is wrong, and what would be right. */
  problem(file, line, what) {
    const said = `${path.isAbsolute(file) ? this.shown(file) : file}${line ? `:${line}` : ''}: ${what}`;
    if (!this.problems.includes(said))
      this.problems.push(said);
  }

  /** Every file below a folder of the root whose name ends so. */
  files(folder, ending) {
    const found = [];
    const walk = at => {
      for (const name of readdirSync(at)) {
        const whole = path.join(at, name);
        if (skipped.has(name) || !existsSync(whole))
          continue;
        if (statSync(whole).isDirectory())
          walk(whole);
        else if (name.endsWith(ending))
          found.push(whole);
      }
    };
    if (this.has(folder))
      walk(this.in(folder));
    return found.sort();
  }

  read(...parts) {
    return readFileSync(path.isAbsolute(parts[0]) ? parts[0] : this.in(...parts), 'utf8');
  }

  /** Null, and a problem, if it is absent or no JSON. */
  json(file) {
    if (!existsSync(file)) {
      this.problem(file, 0, 'is missing');
      return null;
    }
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch (wrong) {
      this.problem(file, 0, `is no JSON: ${wrong.message}`);
      return null;
    }
  }
}

export const lineAt = (text, index) => text.slice(0, index).split('\n').length;

/** The line that a text stands on first; 0 if on none. */
export const lineWith = (text, part) => text.includes(part) ? lineAt(text, text.indexOf(part)) : 0;

/** Rows of Markdown tables below a heading (its text, without #), each with its line and its cells. */
export function tableRows(markdown, heading) {
  const rows = [];
  let inside = heading === null;
  let fenced = false;
  markdown.split('\n').forEach((line, i) => {
    if (line.startsWith('```'))
      fenced = !fenced;
    else if (!fenced && /^#+ /.test(line) && heading !== null)
      inside = line.replace(/^#+ /, '').trim() === heading;
    else if (!fenced && inside && /^\|/.test(line) && !/^\|[-|: ]+\|$/.test(line))
      rows.push({ line: i + 1, cells: line.split('|').slice(1, -1).map(cell => cell.trim()) });
  });
  return rows;
}

export const quoted = cell => [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1]);

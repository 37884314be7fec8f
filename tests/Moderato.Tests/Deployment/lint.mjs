// Looks at the workflow or Dockerfile named as argument; prints a JSON array of what is wrong: "line: what".
import { readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const resolve = createRequire(path.join(process.cwd(), 'package.json'));
const [file] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');

async function workflow() {
  // GitHub's package is written for bundlers: it imports JSON as if it were a module.
  register(`data:text/javascript,${encodeURIComponent(`
    import { readFile } from 'node:fs/promises';
    export const load = async (url, context, next) => url.endsWith('.json')
      ? { format: 'module', shortCircuit: true, source: 'export default ' + await readFile(new URL(url), 'utf8') }
      : next(url, context);`)}`);
  const { validate } = await import(pathToFileURL(path.join(process.cwd(), 'node_modules/@actions/languageservice/dist/index.js')));
  const { TextDocument } = resolve('vscode-languageserver-textdocument');
  return validate(TextDocument.create(pathToFileURL(file).href, 'yaml', 1, text));
}

const found = await (file.endsWith('.yml') ? workflow() : resolve('dockerfile-utils').validate(text));
console.log(JSON.stringify(found.map(({ range, message }) => `${range.start.line + 1}: ${message}`)));

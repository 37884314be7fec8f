// Validates values against the schemas of the OpenAPI document on its first line of input. Then a line each: {"schema", "value"}, where
// the schema may refer to the document's; the answer is what is wrong, or null. Answers are held strictly: a field that no schema names
// is wrong.
const { createRequire } = require('node:module');
const path = require('node:path');
const readline = require('node:readline');
const resolve = createRequire(path.join(process.cwd(), 'package.json'));
const Ajv = resolve('ajv/dist/2020').default;
const addFormats = resolve('ajv-formats').default;

const pointed = text => JSON.parse(text.replaceAll('"#/components/schemas/', '"schema:'));
const close = node => {
  if (node && typeof node === 'object') {
    Object.values(node).forEach(close);
    if (node.properties && node.type && !('additionalProperties' in node)) node.additionalProperties = false;
  }
  return node;
};

let ajv;
const known = new Map();
readline.createInterface({ input: process.stdin }).on('line', line => {
  if (!ajv) {
    ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
    addFormats(ajv);
    for (const [name, schema] of Object.entries(pointed(line).components.schemas)) ajv.addSchema(close({ ...schema, $id: `schema:${name}` }));
    return process.stdout.write('null\n');
  }
  const { schema, value } = JSON.parse(line);
  const key = JSON.stringify(schema);
  if (!known.has(key)) known.set(key, ajv.compile(close(pointed(key))));
  const validate = known.get(key);
  const wrong = validate(value) ? null : validate.errors.slice(0, 5).map(e => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`).join('; ');
  process.stdout.write(`${JSON.stringify(wrong)}\n`);
});

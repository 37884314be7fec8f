// Reads Bicep with tree-sitter's grammar into small trees, and follows names from there through variables, parameters and modules.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../infra/local/package.json', import.meta.url));
const { Parser, Language } = await import(pathToFileURL(require.resolve('web-tree-sitter').replace(/\.cjs$/, '.js')).href);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(readFileSync(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'))));

const lineOf = node => node.startPosition.row + 1;
const named = node => node.namedChildren.filter(child => child.type !== 'comment' && child.type !== 'decorators');

/** `a ? b : c.d` and `!a.b`: the grammar takes the dot to be of the whole, the language takes it to be of the last part. */
function postfix(of, make) {
  if (of.bracketed)
    return make(of);
  if (of.kind === 'cond')
    return { ...of, no: postfix(of.no, make) };
  if (of.kind === 'op')
    return { ...of, args: [...of.args.slice(0, -1), postfix(of.args.at(-1), make)] };
  return make(of);
}

const unescaped = text => text.replace(/\\u\{([0-9a-fA-F]+)\}|\\(.)/g, (_, code, one) =>
  code ? String.fromCodePoint(parseInt(code, 16)) : { n: '\n', r: '\r', t: '\t' }[one] ?? one);

function stringOf(node) {
  if (node.text.startsWith("'''"))
    return [node.text.slice(3, -3).replace(/^\r?\n/, '')];
  const parts = [''];
  for (const child of node.namedChildren) {
    if (child.type === 'interpolation')
      parts.push(expression(named(child)[0]), '');
    else
      parts.push(parts.pop() + unescaped(child.text));
  }
  return parts;
}

/** A call in a list: the grammar takes it for two items, a name and what stands in brackets right behind it. */
function itemsOf(nodes) {
  const items = [];
  nodes.forEach((node, i) => {
    if (node.type === 'parenthesized_expression' && nodes[i - 1]?.type === 'identifier' && nodes[i - 1].endIndex === node.startIndex)
      items.push({ kind: 'call', line: lineOf(node), name: items.pop().name, args: named(node).map(expression) });
    else
      items.push(expression(node));
  });
  return items;
}

function expression(node) {
  const line = lineOf(node);
  const children = named(node);
  switch (node.type) {
    case 'string':
      return { kind: 'str', line, parts: stringOf(node) };
    case 'number':
      return { kind: 'value', line, value: Number(node.text) };
    case 'boolean':
      return { kind: 'value', line, value: node.text === 'true' };
    case 'null':
      return { kind: 'value', line, value: null };
    case 'identifier':
      return { kind: 'id', line, name: node.text };
    case 'array':
      return { kind: 'arr', line, items: itemsOf(children) };
    case 'object': {
      const props = new Map();
      for (const property of children.filter(child => child.type === 'object_property')) {
        const [key, value] = named(property);
        props.set(key.type === 'string' ? text({ kind: 'str', parts: stringOf(key) }) ?? key.text : key.text, value ? expression(value) : { kind: 'value', line, value: null });
      }
      return { kind: 'obj', line, props };
    }
    case 'member_expression':
      return postfix(expression(children[0]), of => ({ kind: 'member', line, of, name: children.at(-1).text }));
    case 'subscript_expression':
      return postfix(expression(children[0]), of => ({ kind: 'index', line, of, by: expression(children[1]) }));
    case 'call_expression': {
      const args = named(children.at(-1)).map(expression);
      return postfix(expression(children[0]), of => of.kind === 'id' ? { kind: 'call', line, name: of.name, args } : { kind: 'call', line, of: of.of, name: of.name, args });
    }
    case 'parenthesized_expression':
      return { ...expression(children[0]), bracketed: true };
    case 'ternary_expression':
      return { kind: 'cond', line, test: expression(children[0]), yes: expression(children[1]), no: expression(children[2]) };
    case 'lambda_expression':
      return { kind: 'lambda', line, names: children.slice(0, -1).flatMap(child => child.type === 'identifier' ? [child.text] : named(child).map(one => one.text)), body: expression(children.at(-1)) };
    case 'for_statement': {
      const loop = children[0];
      return {
        kind: 'for', line, names: loop.type === 'for_loop_parameters' ? named(loop).map(one => one.text) : [loop.text],
        over: expression(children[1]), body: expression(children[2]),
      };
    }
    case 'if_statement':
      return { kind: 'if', line, test: expression(children[0]), body: expression(children[1]) };
    default:
      return { kind: 'op', line, sign: node.children.find(child => !child.isNamed)?.text, args: children.filter(child => !child.type.endsWith('type')).map(expression) };
  }
}

/** The text of a string without holes; else null. */
export const text = it => it?.kind === 'str' && it.parts.length === 1 ? it.parts[0] : null;

/** Everything directly inside an expression. */
export function inside(it) {
  switch (it.kind) {
    case 'str': return it.parts.filter(part => typeof part !== 'string');
    case 'arr': return it.items;
    case 'obj': return [...it.props.values()];
    case 'member': return [it.of];
    case 'index': return [it.of, it.by];
    case 'call': return it.of ? [it.of, ...it.args] : it.args;
    case 'cond': return [it.test, it.yes, it.no];
    case 'op': return it.args;
    case 'lambda': return [it.body];
    case 'for': return [it.over, it.body];
    case 'if': return [it.test, it.body];
    default: return [];
  }
}

export function* everything(it) {
  yield it;
  for (const part of inside(it))
    yield* everything(part);
}

function decoratorsOf(node) {
  const found = new Map();
  for (const decorator of node ? named(node) : []) {
    const call = expression(named(decorator)[0]);
    found.set(call.name, call.args?.[0]);
  }
  return found;
}

/** What a file declares, each by its name, with the line it stands on. */
export function parse(file, shown) {
  const root = parser.parse(readFileSync(file, 'utf8')).rootNode;
  const read = { file, shown, params: new Map(), vars: new Map(), outputs: new Map(), resources: new Map(), modules: new Map(), functions: new Set(), syntax: [] };
  const search = node => {
    if (node.isError || node.isMissing)
      read.syntax.push({ line: lineOf(node), text: node.isMissing ? `${node.type} is missing` : `'${node.text.trim().split('\n')[0].slice(0, 60)}' is no Bicep` });
    else if (node.hasError)
      node.children.forEach(search);
  };
  search(root);
  let decorators = null;
  for (const node of root.namedChildren) {
    const children = named(node);
    const name = children[0]?.text;
    const common = { line: lineOf(node), decorators: decoratorsOf(decorators) };
    const value = () => expression(children.at(-1));
    if (node.type === 'decorators') {
      decorators = node;
      continue;
    }
    if (node.type === 'parameter_declaration')
      read.params.set(name, { ...common, type: children[1].text, default: children.length > 2 ? value() : null });
    else if (node.type === 'variable_declaration')
      read.vars.set(name, { ...common, value: value() });
    else if (node.type === 'output_declaration')
      read.outputs.set(name, { ...common, value: value() });
    else if (node.type === 'user_defined_function')
      read.functions.add(name);
    else if (node.type === 'resource_declaration' || node.type === 'module_declaration') {
      const whole = value();
      let body = whole;
      const loops = [];
      const tests = [];
      for (; body.kind === 'for' || body.kind === 'if'; body = body.body) {
        if (body.kind === 'for')
          loops.push(body);
        if (body.kind === 'if')
          tests.push(body.test);
      }
      const source = text(expression(children[1])) ?? '';
      const declared = { ...common, symbol: name, whole, body, loops, tests, existing: node.children.some(child => child.type === 'existing') };
      if (node.type === 'module_declaration')
        read.modules.set(name, { ...declared, path: source });
      else
        read.resources.set(name, { ...declared, type: source.split('@')[0] });
    }
    decorators = null;
  }
  return read;
}

/** A value at a path of an object, such as properties.siteConfig. */
export const at = (it, address) => address.split('.').reduce((from, name) => from?.kind === 'obj' ? from.props.get(name) : undefined, it);

/** A file as a module call fills it: its parameters' values, and the files that it calls. */
export function instance(files, file, call = null, parent = null) {
  const made = { file, parent, args: at(call?.body, 'params')?.props ?? new Map(), modules: new Map() };
  for (const [name, inner] of file.modules) {
    const target = files.get(path.resolve(path.dirname(file.file), inner.path));
    if (target && target !== file)
      made.modules.set(name, instance(files, target, inner, made));
  }
  return made;
}

export function* instances(one) {
  yield one;
  for (const inner of one.modules.values())
    yield* instances(inner);
}

/** Follows an expression to where it is written out: through variables, parameters (their defaults, if nothing is passed), outputs. */
export function follow(it, from, bound = new Map()) {
  if (it?.kind === 'id') {
    if (bound.has(it.name))
      return bound.get(it.name);
    const { file } = from;
    if (file.vars.has(it.name))
      return follow(file.vars.get(it.name).value, from);
    if (file.params.has(it.name) && from.parent && from.args.has(it.name))
      return follow(from.args.get(it.name), from.parent);
    if (file.params.has(it.name) && from.parent && file.params.get(it.name).default)
      return follow(file.params.get(it.name).default, from);
  } else if (it?.kind === 'member') {
    if (it.of.kind === 'member' && it.of.name === 'outputs' && it.of.of.kind === 'id' && from.modules.has(it.of.of.name)) {
      const inner = from.modules.get(it.of.of.name);
      const output = inner.file.outputs.get(it.name);
      return output ? follow(output.value, inner) : { it, from, bound };
    }
    const of = follow(it.of, from, bound);
    if (of.it?.kind === 'obj' && of.it.props.has(it.name))
      return follow(of.it.props.get(it.name), of.from, of.bound);
    if (of.it?.kind === 'id' && it.name === 'name' && of.from.file.resources.has(of.it.name) && of.from.file.resources.get(of.it.name).loops.length === 0)
      return follow(at(of.from.file.resources.get(of.it.name).body, 'name'), of.from);
  }
  return { it, from, bound };
}

/** Whether a condition holds, as far as it is about what a call passes or leaves out; null if a deployment decides it. */
export function holds(it, from) {
  if (it.kind === 'op' && it.sign === '!') {
    const inner = holds(it.args[0], from);
    return inner === null ? null : !inner;
  }
  if (it.kind === 'call' && it.name === 'empty') {
    const of = follow(it.args[0], from).it;
    if (of.kind === 'arr')
      return of.items.length === 0;
    if (of.kind === 'str')
      return of.parts.length === 1 && of.parts[0] === '';
    // What is read of a resource is there.
    return of.kind === 'member' ? false : null;
  }
  return null;
}

/** The elements of a list, each followed; of a choice that a deployment decides both sides. Null if it cannot be told. */
export function elements(it, from, bound) {
  const list = follow(it, from, bound);
  switch (list.it?.kind) {
    case 'arr':
      return list.it.items.map(item => follow(item, list.from, list.bound));
    case 'cond': {
      const decided = holds(list.it.test, list.from);
      const sides = [list.it.yes, list.it.no].filter((_, i) => decided === null || decided === (i === 0)).map(side => elements(side, list.from, list.bound));
      return sides.includes(null) ? null : sides.flat();
    }
    case 'call': {
      const parts = ['concat', 'union'].includes(list.it.name) ? list.it.args.map(arg => elements(arg, list.from, list.bound)) : [null];
      return parts.includes(null) ? null : parts.flat();
    }
    default:
      return null;
  }
}

/** How long a text can become at most. Infinity: nothing bounds it. */
export function longest(it, from, bound) {
  const end = follow(it, from, bound);
  const inner = part => longest(part, end.from, end.bound);
  switch (end.it?.kind) {
    case 'str':
      return end.it.parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : inner(part)), 0);
    case 'cond':
      return Math.max(inner(end.it.yes), inner(end.it.no));
    case 'index': {
      const of = follow(end.it.of, end.from, end.bound);
      return of.it?.kind === 'obj' ? Math.max(...[...of.it.props.values()].map(value => longest(value, of.from))) : Infinity;
    }
    case 'id': {
      const param = end.from.file.params.get(end.it.name);
      const most = param?.decorators.get('maxLength')?.value;
      const allowed = param?.decorators.get('allowed')?.items.map(item => text(item)?.length ?? Infinity);
      return most ?? (allowed ? Math.max(...allowed) : Infinity);
    }
    case 'call':
      if (end.it.name === 'uniqueString')
        return 13;
      if (end.it.name === 'take')
        return Math.min(inner(end.it.args[0]), end.it.args[1].value ?? Infinity);
      return ['toLower', 'toUpper', 'trim'].includes(end.it.name) ? inner(end.it.args[0]) : Infinity;
    default:
      return Infinity;
  }
}

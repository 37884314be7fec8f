#!/usr/bin/env node
// Copies every table of a storage account into a folder, and back: BACKUP.md says when. Needs Node 20 and, unless
// AZURE_STORAGE_CONNECTION_STRING names the account with its key (the emulator's, say), the Azure CLI, signed in.
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';
import { promisify } from 'node:util';

const usage = `Usage: node infra/azure/tables.mjs backup ACCOUNT FOLDER
       node infra/azure/tables.mjs restore ACCOUNT FOLDER [TABLE...]

backup   writes TABLE.ndjson for every table into FOLDER, which it makes, and backup.json when all are whole
restore  writes the rows of a whole backup, of every table or of those named; a row that is there is replaced, none is deleted`;
const atOnce = 32;
const tries = 6;

const [command, account, folder, ...tables] = process.argv.slice(2);
if (!['backup', 'restore'].includes(command) || !account || !folder || (command === 'backup' && tables.length > 0)) {
  console.error(usage);
  process.exit(2);
}
const connection = Object.fromEntries((process.env.AZURE_STORAGE_CONNECTION_STRING ?? '').split(';').filter(Boolean).map(part => {
  const at = part.indexOf('=');
  return [part.slice(0, at), part.slice(at + 1)];
}));
const base = connection.TableEndpoint?.replace(/\/$/, '') ?? `https://${account}.table.core.windows.net`;

let token = { text: '', until: 0 };
async function authorization(date, url) {
  if (connection.AccountKey) {
    const signed = createHmac('sha256', Buffer.from(connection.AccountKey, 'base64')).update(`${date}\n/${account}${url.pathname}`).digest('base64');
    return `SharedKeyLite ${account}:${signed}`;
  }
  if (Date.now() > token.until) {
    const { stdout } = await promisify(execFile)('az', ['account', 'get-access-token', '--resource', 'https://storage.azure.com/', '--query', 'accessToken', '-o', 'tsv']);
    token = { text: stdout.trim(), until: Date.now() + 4 * 60_000 };
  }
  return `Bearer ${token.text}`;
}

/** Sends until it is answered; what storage or the way to it cannot do just now is tried again. */
async function send(method, address, body) {
  const url = new URL(address);
  for (let attempt = 1; ; attempt++) {
    const date = new Date().toUTCString();
    const headers = { 'x-ms-date': date, 'x-ms-version': '2020-12-06', accept: 'application/json;odata=minimalmetadata', dataserviceversion: '3.0;NetFx', authorization: await authorization(date, url) };
    if (body !== undefined)
      headers['content-type'] = 'application/json';
    let failure;
    try {
      const response = await fetch(url, { method, headers, body });
      const text = await response.text();
      if (response.ok)
        return { text, headers: response.headers };
      failure = `${response.status} ${/"value":"([^"]*)/.exec(text)?.[1] ?? response.statusText}`;
      if (response.status < 500 && response.status !== 408 && response.status !== 429)
        return { status: response.status, failure };
    } catch (unreachable) {
      failure = unreachable.cause?.message ?? unreachable.message;
    }
    if (attempt === tries)
      return { failure };
    await new Promise(resolve => setTimeout(resolve, 250 * 2 ** attempt));
  }
}

function must(answer, what) {
  if (answer.failure)
    throw new Error(`${what}: ${answer.failure}`);
  return answer;
}

/** Where the JSON value that begins at a place ends. */
function end(text, at) {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const c = text[i];
    if (c === '"')
      for (i++; text[i] !== '"'; i++)
        if (text[i] === '\\')
          i++;
    if (c === '{' || c === '[')
      depth++;
    else if (c === '}' || c === ']')
      depth--;
    if (depth < 0 || (depth === 0 && (text[i + 1] === ',' || text[i + 1] === '}' || text[i + 1] === ']' || i + 1 === text.length)))
      return depth < 0 ? i : i + 1;
  }
  return text.length;
}

/** The values of a list, or the members of an object, each as the text that it is: numbers parsed and written again would lose their type. */
function parts(text) {
  const found = [];
  for (let at = 1; at < text.length - 1;) {
    const till = end(text, at);
    found.push(text.slice(at, till));
    at = till + 1;
  }
  return found;
}

function members(text) {
  const found = [];
  for (let at = 1; at < text.length - 1;) {
    const colon = text.indexOf(':', text.indexOf('"', at + 1));
    const till = end(text, colon + 1);
    found.push([JSON.parse(text.slice(at, colon)), text.slice(at, till), text.slice(colon + 1, till)]);
    at = till + 1;
  }
  return found;
}

/** A row without what the service adds. A double says that it is one: 3.0 could else be taken for a whole number. */
function row(text) {
  const all = members(text).filter(([name]) => !name.startsWith('odata.') && !/^Timestamp(@|$)/.test(name));
  const typed = new Set(all.map(([name]) => name));
  return `{${all.map(([name, whole, value]) => /^-?\d+[.eE]/.test(value) && !typed.has(`${name}@odata.type`) ? `${JSON.stringify(`${name}@odata.type`)}:"Edm.Double",${whole}` : whole).join(',')}}`;
}

async function allTables() {
  const names = [];
  for (let next = ''; next !== null;) {
    const { text, headers } = must(await send('GET', `${base}/Tables${next && `?NextTableName=${encodeURIComponent(next)}`}`), 'The list of tables');
    names.push(...JSON.parse(text).value.map(table => table.TableName));
    next = headers.get('x-ms-continuation-nexttablename');
  }
  return names.sort();
}

async function backupTable(table) {
  const file = path.join(folder, `${table}.ndjson`);
  const out = createWriteStream(`${file}.part`);
  let rows = 0;
  for (let next = ''; next !== null;) {
    const { text, headers } = must(await send('GET', `${base}/${table}()?${next}`), table);
    const [, , list] = members(text.trim()).find(([name]) => name === 'value');
    const lines = parts(list).map(row);
    rows += lines.length;
    if (lines.length > 0 && !out.write(lines.join('\n') + '\n'))
      await once(out, 'drain');
    const partition = headers.get('x-ms-continuation-nextpartitionkey');
    const key = headers.get('x-ms-continuation-nextrowkey');
    next = partition === null ? null : `NextPartitionKey=${encodeURIComponent(partition)}${key === null ? '' : `&NextRowKey=${encodeURIComponent(key)}`}`;
  }
  out.end();
  await once(out, 'finish');
  await rename(`${file}.part`, file);
  return rows;
}

const escaped = key => encodeURIComponent(key.replaceAll("'", "''")).replaceAll("'", '%27');

async function restoreTable(table) {
  const made = await send('POST', `${base}/Tables`, JSON.stringify({ TableName: table }));
  if (made.failure && made.status !== 409)
    must(made, table);
  let rows = 0;
  const running = new Set();
  for await (const line of readline.createInterface({ input: createReadStream(path.join(folder, `${table}.ndjson`)), crlfDelay: Infinity })) {
    const { PartitionKey, RowKey } = JSON.parse(line);
    if (running.size >= atOnce)
      await Promise.race(running);
    const one = send('PUT', `${base}/${table}(PartitionKey='${escaped(PartitionKey)}',RowKey='${escaped(RowKey)}')`, line)
      .then(answer => must(answer, `${table}, row ${rows}`)).then(() => running.delete(one));
    running.add(one);
    rows++;
  }
  await Promise.all(running);
  return rows;
}

const started = new Date().toISOString();
try {
  const counts = {};
  if (command === 'backup') {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0)
      throw new Error(`${folder} is not empty; a backup wants a folder of its own.`);
    for (const table of await allTables())
      console.log(`${table}: ${counts[table] = await backupTable(table)} rows`);
    await writeFile(path.join(folder, 'backup.json'), JSON.stringify({ account, started, finished: new Date().toISOString(), rows: counts }, null, 2) + '\n');
  } else {
    const whole = JSON.parse(await readFile(path.join(folder, 'backup.json'), 'utf8').catch(() => { throw new Error(`${folder} has no backup.json: no backup was finished there.`); }));
    for (const table of tables.length > 0 ? tables : Object.keys(whole.rows)) {
      if (!(table in whole.rows))
        throw new Error(`The backup has no table ${table}; it has ${Object.keys(whole.rows).join(', ')}.`);
      const rows = await restoreTable(table);
      console.log(`${table}: ${rows} rows`);
      if (rows !== whole.rows[table])
        throw new Error(`${table} had ${whole.rows[table]} rows when it was backed up; the file is not whole.`);
    }
  }
} catch (problem) {
  console.error(problem.message);
  process.exit(1);
}

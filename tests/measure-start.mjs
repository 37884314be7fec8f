#!/usr/bin/env node
// Measures how long the published app takes from the start of its process to the first answered webhook: the time a platform waits
// after a cold start, less what the Functions host adds. Needs ./tests/run or ./infra/local/up to have built before.
// Usage: node tests/measure-start.mjs [RUNS]   (default 10, at most 50)
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const app = path.join(root, "functions/bin/app/Moderato");
const runs = Number(process.argv[2] ?? 10);
if (!Number.isInteger(runs) || runs < 1 || runs > 50 || !existsSync(app)) {
  console.error("Usage: node tests/measure-start.mjs [RUNS from 1 to 50]. The app must be published: run ./tests/run first.");
  process.exit(2);
}

const secret = "measure-start-measure-start";
const key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="; // the emulator's published one

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function startStorage() {
  const storage = spawn("node", ["azurite.js", "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry",
    "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"], { cwd: path.join(root, "infra/local"), stdio: ["pipe", "pipe", "inherit"] });
  const endpoints = {};
  for await (const line of createInterface({ input: storage.stdout })) {
    const said = /^Azurite (\w+) service is successfully listening at (\S+)/.exec(line);
    if (said) endpoints[said[1]] = said[2];
    if (Object.keys(endpoints).length === 3) break;
  }
  const connection = `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${key};` +
    Object.entries(endpoints).map(([service, address]) => `${service}Endpoint=${address}/devstoreaccount1;`).join("");
  return { storage, connection };
}

function delivery(run) {
  const value = { item: "comment", verb: "add", comment_id: `1_${run}`, post_id: "1_1", parent_id: "1_1", from: { id: "7", name: "Ann" }, created_time: 1773134990, message: "Love this!" };
  const body = JSON.stringify({ object: "page", entry: [{ id: "1", time: 1773135000, changes: [{ field: "feed", value }] }] });
  const signature = "sha256=" + createHmac("sha256", secret).update(body).digest("hex");
  return { method: "POST", body, headers: { "content-type": "application/json", "x-hub-signature-256": signature } };
}

async function measure(run, connection) {
  const port = await freePort();
  const request = delivery(run);
  const started = performance.now();
  const handler = spawn(app, [], {
    stdio: "ignore",
    env: {
      PATH: process.env.PATH, FUNCTIONS_CUSTOMHANDLER_PORT: String(port), AzureWebJobsStorage: connection,
      Moderato__Communities__0__Id: "demo", Moderato__Sources__0__Id: "page", Moderato__Sources__0__Platform: "facebook",
      Moderato__Sources__0__Community: "demo", Moderato__Sources__0__Secrets__0: secret, Moderato__Sources__0__VerifyToken: "verify-token",
    },
  });
  try {
    while (performance.now() - started < 30_000) {
      try {
        const answer = await fetch(`http://127.0.0.1:${port}/api/webhooks/facebook/page`, request);
        if (answer.status !== 200) throw new Error(`The webhook was answered with ${answer.status}.`);
        return performance.now() - started;
      } catch (error) {
        if (error.cause?.code !== "ECONNREFUSED") throw error;
        await new Promise((again) => setTimeout(again, 2));
      }
    }
    throw new Error("No answer within 30 s.");
  } finally {
    handler.kill("SIGKILL");
    await once(handler, "exit");
  }
}

const { storage, connection } = await startStorage();
try {
  const times = [];
  for (let run = 1; run <= runs; run++) {
    times.push(await measure(run, connection));
    console.log(`run ${run}: ${times.at(-1).toFixed(0)} ms`);
  }
  times.sort((a, b) => a - b);
  console.log(`median of ${runs}: ${times[Math.floor(runs / 2)].toFixed(0)} ms from process start to the first answered webhook`);
} finally {
  storage.stdin.end();
}

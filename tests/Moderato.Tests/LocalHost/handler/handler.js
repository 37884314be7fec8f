#!/usr/bin/env node
// A custom handler for the tests: writes down what reaches it, and answers as it is told.
//
// RECORD  the file that gets a line of JSON for everything that happens
// HOLD    while this file exists, a handler that starts does not listen
// START   "die": ends at once with code 3
// ANSWER  the status for functions whose message says nothing else (200)
// GATE    functions wait for this file
//
// A message that is a JSON object may hold "answer" (a status) and "gate" (a file to wait for).
"use strict";

const fs = require("node:fs");
const http = require("node:http");

const { RECORD, HOLD, START, ANSWER = "200", GATE, FUNCTIONS_CUSTOMHANDLER_PORT } = process.env;

function record(what) {
  fs.appendFileSync(RECORD, JSON.stringify(what) + "\n");
}

function when(isSo) {
  return new Promise((resolve) => {
    const look = () => (isSo() ? resolve() : setTimeout(look, 10));
    look();
  });
}

function toldBy(body) {
  try {
    const told = JSON.parse(JSON.parse(JSON.parse(body).Data.message));
    return typeof told === "object" && told !== null ? told : {};
  } catch {
    return {};
  }
}

async function runFunction(request, body, response) {
  const name = request.url.slice(1);
  const told = toldBy(body);
  record({ at: "begin", name, headers: request.headers, body: body.toString() });
  const gate = told.gate ?? GATE;
  if (gate) {
    await when(() => fs.existsSync(gate));
  }
  record({ at: "end", name, body: body.toString() });
  response.statusCode = told.answer ?? Number(ANSWER);
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ Outputs: {}, Logs: [`${name} was here`], ReturnValue: null }));
}

function answerRequest(request, body, response) {
  record({ at: "request", name: request.method, url: request.url, headers: request.headers, body: body.toString("base64") });
  response.statusCode = Number(new URL(request.url, "http://handler").searchParams.get("status") ?? 200);
  response.setHeader("X-Answer", "as it was");
  response.end(body);
}

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    if (request.url.startsWith("/api/")) {
      answerRequest(request, body, response);
    } else if (request.method === "POST") {
      runFunction(request, body, response);
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
});

process.on("SIGTERM", () => {
  record({ at: "sigterm" });
  process.exit(0);
});

(async () => {
  record({ at: "start", headers: process.env });
  if (START === "die") {
    console.error("cannot live like this");
    process.exit(3);
  }
  await when(() => !HOLD || !fs.existsSync(HOLD));
  server.listen(Number(FUNCTIONS_CUSTOMHANDLER_PORT), "127.0.0.1");
})();

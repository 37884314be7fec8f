// A mail server for tests. What it is told on standard input, one JSON object a line, it does from then on; what reaches it, it says on
// standard output, one JSON object a line. It ends with its standard input, so with the process of the tests.
"use strict";

const { readFileSync } = require("fs");
const { createInterface } = require("readline");
const local = (name) => require(require.resolve(name, { paths: [process.cwd()] }));
const { SMTPServer } = local("smtp-server");
const { simpleParser } = local("mailparser");

const options = JSON.parse(process.argv[2]);
const say = (event) => process.stdout.write(JSON.stringify(event) + "\n");

// What it does at each step: nothing, refuse with a code and a text, or never answer.
let steps = {};

function at(step, done) {
  const what = steps[step];
  if (!what) return done();
  if (what.hang) return;
  done(Object.assign(new Error(what.text ?? "refused by a test"), { responseCode: what.code }));
}

const server = new SMTPServer({
  disabledCommands: [...(options.starttls ? [] : ["STARTTLS"]), ...(options.user ? [] : ["AUTH"])],
  authOptional: !options.user,
  allowInsecureAuth: true,
  disableReverseLookup: true,
  closeTimeout: 1000,
  ...(options.cert ? { cert: readFileSync(options.cert), key: readFileSync(options.key) } : {}),
  onConnect: (session, done) => at("connect", done),
  onAuth: (auth, session, done) => {
    say({ event: "auth", secure: session.secure, user: auth.username });
    return auth.username === options.user && auth.password === options.password
      ? done(null, { user: auth.username })
      : done(Object.assign(new Error("no such user or password"), { responseCode: 535 }));
  },
  onMailFrom: (address, session, done) => {
    say({ event: "from", secure: session.secure, from: address.address });
    at("from", done);
  },
  onRcptTo: (address, session, done) => at("to", done),
  onData: (stream, session, done) => {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", async () => {
      const raw = Buffer.concat(chunks);
      const step = steps.data;
      if (step && !step.accept) return at("data", done);
      const parsed = await simpleParser(raw);
      const headers = {};
      for (const { key, line } of parsed.headerLines) headers[key] = line.slice(line.indexOf(":") + 1).replace(/\r?\n/g, "").trim();
      say({
        event: "mail", secure: session.secure, user: session.user || null, from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((r) => r.address),
        subject: parsed.subject, text: parsed.text, html: parsed.html || null, headers, raw: raw.toString("latin1"),
      });
      // Taken, and the answer never comes.
      if (!(step && step.hang)) done();
    });
  },
});
server.on("error", () => {}); // clients that go away
server.listen(0, "127.0.0.1", () => say({ event: "listening", port: server.server.address().port }));

createInterface({ input: process.stdin })
  .on("line", (line) => {
    steps = JSON.parse(line) ?? steps;
    say({ event: "told" });
  })
  .on("close", () => process.exit(0));

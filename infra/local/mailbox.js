// A mail server for this machine: takes every mail, keeps each as a file, and shows them on a page. Ends when standard input ends, so
// with whoever started it. Arguments: the folder, the port for mail and the port for the page (0 for any).
"use strict";

const { createHash } = require("crypto");
const { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("fs");
const { createServer } = require("http");
const { join } = require("path");
const { SMTPServer } = require("smtp-server");
const { simpleParser } = require("mailparser");

const [folder, mailPort, pagePort] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const host = "127.0.0.1";
const largest = 25 * 1024 * 1024;
const fileName = /^[0-9]{8}T[0-9]{9}-[0-9a-f]{16}\.eml$/;

mkdirSync(folder, { recursive: true });
process.stdin.on("end", () => process.exit(0)).resume();
process.on("SIGINT", () => {}); // Ctrl-C reaches everybody at once; this one waits for the others

// The same Message-ID again is the same mail, as it is for every mail program.
async function keep(raw) {
  const { messageId } = await simpleParser(raw);
  const hash = createHash("sha256").update(messageId ?? raw).digest("hex").slice(0, 16);
  const there = names().find((name) => name.endsWith(`-${hash}.eml`));
  const name = there ?? `${new Date().toISOString().replace(/[-:.Z]/g, "")}-${hash}.eml`;
  writeFileSync(join(folder, `${name}.part`), raw);
  renameSync(join(folder, `${name}.part`), join(folder, name));
}

const names = () => readdirSync(folder).filter((name) => fileName.test(name)).sort().reverse();

const mail = new SMTPServer({
  disabledCommands: ["STARTTLS", "AUTH"],
  disableReverseLookup: true,
  size: largest,
  onData(stream, session, done) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      if (stream.sizeExceeded) return done(Object.assign(new Error("too large"), { responseCode: 552 }));
      keep(Buffer.concat(chunks)).then(() => done(), done);
    });
  },
});

const text = (value) => String(value ?? "").replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (title, body, extra = "") => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${extra}
<title>${text(title)}</title><style>
:root { color-scheme: light dark; } body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { width: 100%; border-collapse: collapse; } td, th { text-align: left; padding: .4rem; border-bottom: 1px solid #888; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; } iframe { width: 100%; height: 45rem; border: 1px solid #888; background: #fff; }
</style></head><body>${body}</body></html>`;

async function list() {
  const rows = await Promise.all(names().slice(0, 200).map(async (name) => {
    const parsed = await simpleParser(readFileSync(join(folder, name)));
    return `<tr><td>${text(statSync(join(folder, name)).mtime.toLocaleString("en-GB"))}</td><td>${text(parsed.to?.text)}</td><td><a href="/${name}">${text(parsed.subject) || "(no subject)"}</a></td></tr>`;
  }));
  const body = rows.length ? `<table><tr><th>Arrived</th><th>To</th><th>Subject</th></tr>${rows.join("\n")}</table>` : "<p>No mail yet.</p>";
  return page("Mailbox", `<h1>Mailbox</h1>${body}`, '<meta http-equiv="refresh" content="5">');
}

async function show(name) {
  const parsed = await simpleParser(readFileSync(join(folder, name)));
  const headers = parsed.headerLines.map(({ line }) => line).join("\n");
  // Scripts do not run in it, and its links open beside it.
  const frame = parsed.html ? `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/${name}/html" title="The mail's HTML"></iframe>` : "";
  return page(parsed.subject ?? "", `<p><a href="/">Mailbox</a></p><h1>${text(parsed.subject)}</h1><p>${text(parsed.from?.text)} to ${text(parsed.to?.text)}, <a href="/${name}/raw">as it came</a></p>
${frame}<h2>Text</h2><pre>${text(parsed.text)}</pre><h2>Headers</h2><pre>${text(headers)}</pre>`);
}

async function html(name) {
  const parsed = await simpleParser(readFileSync(join(folder, name)));
  const base = '<base target="_blank" rel="noopener noreferrer">';
  const whole = parsed.html || "";
  return /<head[^>]*>/i.test(whole) ? whole.replace(/<head[^>]*>/i, (head) => head + base) : base + whole;
}

const outer = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const inner = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'";

async function answer(request) {
  // A name of somebody else's that leads here is not ours: no other site's page reads the mails.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) return [403, outer, "text/plain", "Not here."];
  const [name, part] = request.url.split("?")[0].slice(1).split("/");
  if (!name) return [200, outer, "text/html", await list()];
  if (!fileName.test(name) || !names().includes(name)) return [404, outer, "text/html", page("Not found", '<p>There is no such mail. <a href="/">Mailbox</a></p>')];
  if (part === "html") return [200, inner, "text/html", await html(name)];
  if (part === "raw") return [200, outer, "text/plain", readFileSync(join(folder, name))];
  return [200, outer, "text/html", await show(name)];
}

const web = createServer((request, response) => {
  answer(request).catch((problem) => [500, outer, "text/plain", String(problem.message)]).then(([status, policy, type, body]) => {
    response.writeHead(status, {
      "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
    });
    response.end(body);
  });
});

// A port that is taken is no reason to fail: any other does.
function listen(server, real, port, ready) {
  real.once("error", (problem) => {
    if (problem.code !== "EADDRINUSE" || port === 0) throw problem;
    listen(server, real, 0, ready);
  });
  real.listen(port, host, ready);
}

mail.on("error", () => {}); // clients that go away; what listening says is heard below
listen(mail, mail.server, mailPort, () =>
  listen(web, web, pagePort, () => console.log(`Mailbox takes mail at ${mail.server.address().port} and is read at http://${host}:${web.address().port}/`)));

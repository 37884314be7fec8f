// A receiver of OTLP over HTTP, for tests. What reaches it is decoded with the messages that OpenTelemetry generated from its own protocol
// files, and said on standard output, one JSON object an export. It ends with its standard input, so with the process of the tests.
"use strict";

const http = require("http");
const zlib = require("zlib");
const local = (name) => require(require.resolve(name, { paths: [process.cwd()] }));
const { collector } = local("otlp-decoder/build/src/generated/root").opentelemetry.proto;

const exports_ = {
  "/v1/traces": ["traces", collector.trace.v1.ExportTraceServiceRequest, collector.trace.v1.ExportTraceServiceResponse],
  "/v1/metrics": ["metrics", collector.metrics.v1.ExportMetricsServiceRequest, collector.metrics.v1.ExportMetricsServiceResponse],
  "/v1/logs": ["logs", collector.logs.v1.ExportLogsServiceRequest, collector.logs.v1.ExportLogsServiceResponse],
};

const say = (event) => process.stdout.write(JSON.stringify(event) + "\n");

// Ids are bytes: hexadecimal, as everybody else writes them.
const readable = (value) =>
  Buffer.isBuffer(value) || value instanceof Uint8Array ? Buffer.from(value).toString("hex")
  : Array.isArray(value) ? value.map(readable)
  : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, readable(v)]))
  : value;

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const kind = exports_[request.url];
    if (request.method !== "POST" || !kind || request.headers["content-type"] !== "application/x-protobuf") {
      say({ signal: "unknown", what: `${request.method} ${request.url} ${request.headers["content-type"]}` });
      response.writeHead(404).end();
      return;
    }
    const [signal, Request, Response] = kind;
    const body = Buffer.concat(chunks);
    const decoded = Request.decode(request.headers["content-encoding"] === "gzip" ? zlib.gunzipSync(body) : body);
    say({ signal, headers: request.headers, body: readable(Request.toObject(decoded, { longs: String, enums: String })) });
    response.writeHead(200, { "content-type": "application/x-protobuf" }).end(Response.encode({}).finish());
  });
});
server.listen(0, "127.0.0.1", () => say({ signal: "listening", port: server.address().port }));
process.stdin.resume().on("end", () => process.exit(0));

// Azurite that cannot outlive whoever started it: when standard input ends, for whatever reason, it closes as on SIGTERM,
// which saves its data. Takes Azurite's own arguments.
"use strict";

process.stdin.on("end", () => process.kill(process.pid, "SIGTERM")).resume();

// Whoever read its output may be gone by then; that must not cut the saving short.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", (error) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
  });
}

// Ctrl-C reaches every process of a terminal at once. This one must be there until the others have finished: only the end of
// standard input and SIGTERM close it.
process.on("SIGINT", () => {});
process.on("newListener", (event, listener) => {
  if (event === "SIGINT") {
    setImmediate(() => process.removeListener(event, listener));
  }
});

require("azurite/dist/src/azurite.js");

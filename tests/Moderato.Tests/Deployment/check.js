// Reads roots of repositories, one a line, and answers each with the problems that tests/check-deployment.mjs finds there, as JSON on a line.
const path = require('node:path');
const readline = require('node:readline');

(async () => {
  const { check } = await import(path.join(__dirname, '..', '..', 'check-deployment.mjs'));
  for await (const root of readline.createInterface({ input: process.stdin }))
    console.log(JSON.stringify(check(root, path.join(root, 'functions', 'bin', 'app')).problems));
})();

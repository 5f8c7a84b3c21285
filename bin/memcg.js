#!/usr/bin/env node
// CommonJS, as the folder's package.json says: Node's loader of ES modules takes a tenth of a start.

function fail(text) {
  process.stderr.write(`memcg: ${text}\n`);
  process.exitCode = 3;
}

async function start() {
  try {
    await require('../dist/memcg.cjs').ended;
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND' && error.requireStack?.[0] === __filename)
      fail('not built: run `npm run build` in the folder of the project');
    else if (error.code === 'EMFILE' || error.code === 'ENFILE')
      fail('too many files are open: raise the limit (ulimit -n)');
    else throw error;
  }
}

if (typeof WebAssembly === 'undefined')
  fail('Node.js has no WebAssembly here, which the machine is made of: start it without --jitless');
else void start();

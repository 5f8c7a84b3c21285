#!/usr/bin/env node
const fail = (text) => {
  process.stderr.write(`memcg: ${text}\n`);
  process.exitCode = 3;
};

if (typeof WebAssembly === 'undefined') {
  fail('Node.js has no WebAssembly here, which the machine is made of: start it without --jitless');
} else {
  try {
    await import('../dist/memcg.js');
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND' && error.url?.endsWith('/dist/memcg.js'))
      fail('not built: run `npm run build` in the folder of the project');
    else if (error.code === 'EMFILE' || error.code === 'ENFILE')
      fail('too many files are open: raise the limit (ulimit -n)');
    else throw error;
  }
}
